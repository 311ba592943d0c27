"""The small county, and a browser without JavaScript for each of its people."""

import pytest
from django.test import Client

from tests.factories import county as make

from .pages import Browser


@pytest.fixture
def c(db):
    return make.county()


@pytest.fixture
def browse():
    """`browse(user)`: the user's own browser, logged in."""
    return lambda user: Browser(Client(), user)

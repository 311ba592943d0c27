import pytest
from django.test import Client

from tests.factories import county as make
from tests.proposals.views.pages import Browser


@pytest.fixture
def c():
    """A small county with one person for every role."""
    return make.county()


@pytest.fixture
def browse():
    """`browse(user)`: the user's own browser, logged in."""
    return lambda user: Browser(Client(), user)

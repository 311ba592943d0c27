import pytest
from django.test import Client

from tests.factories import county as make


@pytest.fixture
def c(db):
    return make.county()


@pytest.fixture
def browse():
    """browse(user): a client that is logged in."""

    def logged_in(user) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return logged_in

import pytest
from django.test import Client

from portal import conversions
from tests.factories import county as make
from tests.factories import opinions


@pytest.fixture
def c(db):
    return make.county()


@pytest.fixture
def o(c):
    return opinions.office(c)


@pytest.fixture(autouse=True)
def _wired():
    """Other tests take the handlers out."""
    conversions.connect()


@pytest.fixture
def browse():
    """browse(user): a client that is logged in."""

    def logged_in(user) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return logged_in

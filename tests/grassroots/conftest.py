import pytest
from django.core.cache import cache
from django.test import Client

from tests.factories import county as make
from tests.factories import grassroots


@pytest.fixture
def c(db):
    cache.clear()
    return make.county()


@pytest.fixture
def r(c):
    return grassroots.rooms()


@pytest.fixture
def browse():
    """browse(user): a client that is logged in; browse(): somebody without an account."""

    def opened(user=None) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user)
        return client

    return opened

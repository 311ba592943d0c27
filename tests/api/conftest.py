"""A client for each person of the small county, logged in by a token as an app would be."""

import pytest
from django.core.cache import cache
from rest_framework.test import APIClient

from members import devices
from tests.factories import county as make

from .world import build, undoing


@pytest.fixture(autouse=True)
def _no_counts_from_other_tests():
    cache.clear()


@pytest.fixture
def c(db):
    return make.county()


@pytest.fixture
def client_of():
    """client_of(user) → a client whose every request carries that user's token."""

    def logged_in(user) -> APIClient:
        client = APIClient(raise_request_exception=False)
        _device, token = devices.log_in(user, "测试手机")
        client.credentials(HTTP_AUTHORIZATION=f"Token {token}")
        return client

    return logged_in


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """(county, cases, clients), built once for the module."""
    with django_db_blocker.unblock(), undoing():
        yield build()


@pytest.fixture
def undone(world, django_db_blocker):
    """For tests of the module's world: opens the database, and undoes what they did."""
    with django_db_blocker.unblock(), undoing():
        yield

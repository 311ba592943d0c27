"""One small county for the tests of a module, served for real, and a desk for everybody in it.

The county is committed once and taken out when the module is done, so a page costs its loading and no more.
Every test therefore works on a case of its own.
"""

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.db import connection
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from tests import migrated_rows
from tests.conftest import requests_end
from tests.factories import county as make

from .desk import PASSWORD, Desk

SIZE = {"width": 1366, "height": 768}


@pytest.fixture(scope="module")
def db(django_db_setup, django_db_blocker):
    """Stands in for pytest-django's: open for the whole module, what is written stays until its end."""
    with django_db_blocker.unblock():
        assert connection.settings_dict["NAME"].startswith("test_")
        yield
        migrated_rows.put_back()


@pytest.fixture(scope="module")
def c(db):
    """The county; everybody in it has the same password."""
    cache.clear()
    county, password = make.county(), make_password(PASSWORD)
    for user in county.roles().values():
        user.password = password
        user.save(update_fields=["password"])
    return county


@pytest.fixture(scope="module")
def address(c):
    """Where the portal is served."""
    server = LiveServer("localhost")
    yield server.url
    server.stop()


@pytest.fixture(scope="module")
def _entered():
    """Session keys by user: each logs in once a module."""
    return {}


@pytest.fixture
def desk_of(chromium, address, _entered):
    """desk_of(user, **context options) → a desk of its own with that user logged in."""
    contexts = []

    def sit_down(user=None, **options) -> Desk:
        contexts.append(open_context(chromium, address, user, _entered, options))
        return Desk(contexts[-1].new_page(), address, user)

    yield sit_down
    for context in contexts:
        context.close()
    requests_end()


@pytest.fixture(scope="module")
def kept_desk_of(chromium, address, _entered):
    """The same, but a person keeps the desk for the whole module: for tests that only look at a page."""
    desks = {}

    def sit_down(user=None) -> Desk:
        key = user and user.pk
        if key not in desks:
            context = open_context(chromium, address, user, _entered, {})
            desks[key] = Desk(context.new_page(), address, user)
        return desks[key]

    yield sit_down
    for desk in desks.values():
        desk.page.context.close()
    requests_end()


def open_context(chromium, address, user, entered: dict, options: dict):
    context = chromium.new_context(**{"locale": "zh-CN", "viewport": SIZE, **options})
    context.set_default_timeout(20_000)
    if user is not None:
        key = entered[user.pk] = entered.get(user.pk) or session_key(user)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": address}])
    return context


def session_key(user) -> str:
    client = Client()
    client.force_login(user, "members.backends.AppointmentBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value

"""A browser that is logged in."""

import pytest
from django.conf import settings
from django.test import Client


@pytest.fixture
def enter(page, live_server):
    """`enter(user)`: the page's browser is logged in as the user."""

    def log_in(user):
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        return page

    return log_in

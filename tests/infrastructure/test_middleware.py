import logging
import time
from datetime import timedelta

import pytest
from django.http import HttpResponse

from tests.factories import people
from xiping_cppcc.logs import JsonFormatter, PlainFormatter, RequestIdFilter, request_id
from xiping_cppcc.middleware import SEEN, STARTED, RealAddress, RequestId


def address_seen(rf, **headers) -> str:
    request = rf.get("/", **headers)
    return RealAddress(lambda asked: HttpResponse(asked.META["REMOTE_ADDR"]))(request).content.decode()


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "10.0.0.9", "127.0.0.1"),
        (1, "10.0.0.9", "10.0.0.9"),
        (1, "1.2.3.4, 10.0.0.9", "10.0.0.9"),
        (2, "1.2.3.4, 10.0.0.9, 172.16.0.1", "10.0.0.9"),
        (2, "10.0.0.9", "10.0.0.9"),
        (1, "", "127.0.0.1"),
    ],
)
def test_only_what_trusted_proxies_say_is_believed(rf, settings, proxies, forwarded, expected):
    settings.TRUSTED_PROXIES = proxies
    assert address_seen(rf, HTTP_X_FORWARDED_FOR=forwarded) == expected


def test_an_id_is_taken_over_or_made(rf):
    seen = []
    middleware = RequestId(lambda request: seen.append(request_id.get()) or HttpResponse())
    given = middleware(rf.get("/", HTTP_X_REQUEST_ID="abcdef0123456789"))
    made = middleware(rf.get("/", HTTP_X_REQUEST_ID="bad\nid"))
    assert given["X-Request-ID"] == seen[0] == "abcdef0123456789"
    assert made["X-Request-ID"] == seen[1] != "bad\nid"
    assert request_id.get() == "-"


@pytest.mark.parametrize("formatter", [PlainFormatter(), JsonFormatter()])
def test_log_lines_hold_no_values(formatter):
    phone = "13800000000"
    try:
        raise ValueError(f"Key (phone)=({phone}) already exists")
    except ValueError as error:
        record = logging.LogRecord(
            "portal", logging.ERROR, "x.py", 1, "failed", (), (type(error), error, error.__traceback__)
        )
    RequestIdFilter().filter(record)
    line = formatter.format(record)
    assert phone not in line
    assert "ValueError" in line
    assert "test_middleware.py" in line


@pytest.fixture
def logged_in(client, db):
    client.force_login(people.user())
    client.get("/inbox/")
    return client


def age(client, **seconds):
    session = client.session
    for key, ago in seconds.items():
        session[key] = time.time() - ago
    session.save()


def is_logged_in(client) -> bool:
    client.get("/inbox/")
    return "_auth_user_id" in client.session


def test_a_session_in_use_lives(logged_in, settings):
    age(logged_in, **{STARTED: 3000, SEEN: 3000})
    assert is_logged_in(logged_in)
    assert time.time() - logged_in.session[SEEN] < 60


def test_an_idle_session_ends(logged_in, settings):
    age(logged_in, **{STARTED: 4000, SEEN: settings.SESSION_IDLE.total_seconds() + 1})
    assert not is_logged_in(logged_in)


def test_an_old_session_ends_however_busy(logged_in, settings):
    settings.SESSION_LONGEST = timedelta(hours=1)
    age(logged_in, **{STARTED: 3601, SEEN: 0})
    assert not is_logged_in(logged_in)

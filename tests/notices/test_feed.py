"""The calendar of a person at a private address: who gets it, what it says, and that nothing secret is kept."""

import logging
import re
from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from members.models import User
from notices.feed import addresses, calendar, pace, sources
from notices.feed.sources import Entry
from notices.models import CalendarFeed
from proposals.models import Assignment
from tests.factories import county as make
from tests.factories.people import SHANGHAI
from xiping_cppcc.logs import SecretAddressFilter

pytestmark = pytest.mark.django_db
PAGE = "/inbox/calendar/"


@pytest.fixture
def c():
    cache.clear()
    return make.county()


def logged_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def new_address(user) -> str:
    """The path that the page shows after the press."""
    shown = logged_in(user).post(f"{PAGE}create/").content.decode()
    return re.search(r'value="http://testserver(/inbox/calendar/[\w-]+\.ics)"', shown).group(1)


def events(answer) -> list:
    return Calendar.from_ical(answer.content).walk("VEVENT")


def test_the_address_is_shown_once_and_the_newest_counts(c):
    first = new_address(c.operator)
    page = logged_in(c.operator).get(PAGE)
    assert "no-store" in page["Cache-Control"]
    assert first.split("/")[-1].removesuffix(".ics") not in page.content.decode()
    second, stranger = new_address(c.operator), Client()
    assert [stranger.get(path).status_code for path in (first, second)] == [404, 200]
    assert second not in str(CalendarFeed.objects.values().get())
    logged_in(c.operator).post(f"{PAGE}revoke/")
    wrong = [stranger.get(path) for path in (first, second, f"{PAGE}x.ics", f"{PAGE}{'长' * 300}.ics")]
    assert [(answer.status_code, answer.content) for answer in wrong] == [(404, b"")] * 4
    assert CalendarFeed.objects.count() == 0
    closed = new_address(c.operator)
    User.objects.filter(pk=c.operator.pk).update(is_active=False)
    assert stranger.get(closed).status_code == 404


def test_pages_want_a_log_in_and_a_press(c):
    for path, method in ((PAGE, "get"), (f"{PAGE}create/", "post"), (f"{PAGE}revoke/", "post")):
        assert getattr(Client(), method)(path)["Location"].startswith("/login/")
    assert [logged_in(c.author).get(f"{PAGE}{name}/").status_code for name in ("create", "revoke")] == [405, 405]
    assert Client().post(new_address(c.author)).status_code == 405


def test_what_a_unit_has_to_do_stands_in_its_calendar(c, settings):
    settings.PORTAL_URL = "https://cppcc.example"
    title = "关于城东小学门口交通的提案"
    share = make.share(make.assigned(c, title=title), c.unit)
    answer = Client().get(new_address(c.operator))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    [event] = events(answer)
    assert str(event["summary"]) == f"签收：{share.proposal.number}"
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (
        share.sign_due_on,
        share.sign_due_on + timedelta(days=1),
    )
    assert str(event["uid"]) == f"assignment-{share.pk}-sign_for@calendar.xiping-cppcc"
    assert str(event["url"]) == f"https://cppcc.example/proposals/assignments/{share.pk}/acts/sign_for/"
    words = answer.content.decode().replace("\r\n ", "")
    assert [title in words, "周明远" in words] == [False, False]
    assert max(len(line) for line in answer.content.split(b"\r\n")) <= 75
    # Nobody else's, and the moved date moves the same entry.
    assert events(Client().get(new_address(c.other_operator))) == []
    Assignment.objects.filter(pk=share.pk).update(sign_due_on=share.sign_due_on + timedelta(days=3))
    [moved] = events(Client().get(new_address(c.operator)))
    assert (moved["uid"], moved.decoded("dtstart")) == (event["uid"], share.sign_due_on + timedelta(days=3))


def test_unchanged_is_answered_without_content(c):
    make.assigned(c)
    path, client = new_address(c.operator), Client()
    first = client.get(path)
    second = client.get(path)
    assert (first["ETag"], first.content) == (second["ETag"], second.content)
    for header, name in (("if-none-match", "ETag"), ("if-modified-since", "Last-Modified")):
        again = client.get(path, headers={header: first[name]})
        assert (again.status_code, again.content) == (304, b"")
    assert CalendarFeed.objects.get().last_fetched_at is not None
    make.assigned(c)
    changed = client.get(path, headers={"if-none-match": first["ETag"]})
    assert (changed.status_code, len(events(changed))) == (200, 2)


def test_a_program_that_asks_without_end_is_told_to_wait(c, monkeypatch):
    monkeypatch.setattr(pace, "PER_HOUR", 2)
    path, other, client = new_address(c.operator), new_address(c.author), Client()
    assert [client.get(path).status_code for _ in range(3)] == [200, 200, 429]
    assert 0 < int(client.get(path)["Retry-After"]) <= 3600
    assert client.get(other).status_code == 200


def test_the_secret_is_in_no_log(c, caplog, monkeypatch):
    monkeypatch.setattr(pace, "PER_HOUR", 0)
    path = new_address(c.operator)
    secret = path.split("/")[-1].removesuffix(".ics")
    caplog.handler.addFilter(SecretAddressFilter())
    with caplog.at_level(logging.DEBUG, logger="django"):
        Client().get(path)
        Client().get(f"{PAGE}wrong-secret.ics")
        Client().get(f"{PAGE}{secret}")  # the end lost in copying
    said = [record.getMessage() for record in caplog.records if record.name.startswith("django.request")]
    assert said == [
        "Too Many Requests: /inbox/calendar/…",
        "Not Found: /inbox/calendar/…",
        "Not Found: /inbox/calendar/…",
    ]
    assert secret not in caplog.text


def test_meetings_and_the_standard():
    begins = datetime(2026, 12, 3, 9, 30, tzinfo=SHANGHAI)
    long = "会议：" + "很长的名称" * 20
    made = calendar.written([Entry("meeting-1", long, begins, begins + timedelta(hours=2))], begins)
    assert made == calendar.written([Entry("meeting-1", long, begins, begins + timedelta(hours=2))], begins)
    assert b"DTSTART;TZID=Asia/Shanghai:20261203T093000\r\n" in made
    assert [len(line) > 75 for line in made.split(b"\r\n")].count(True) == 0
    parsed = Calendar.from_ical(made)
    [event] = parsed.walk("VEVENT")
    assert (str(event["summary"]), event.decoded("dtstart"), len(parsed.walk("VTIMEZONE"))) == (long, begins, 1)


def test_of_two_entries_of_one_step_the_earlier_stands(monkeypatch):
    day = datetime(2026, 12, 3, tzinfo=SHANGHAI).date()
    two = [Entry("case-1", "晚", day + timedelta(days=1)), Entry("case-1", "早", day), Entry("case-2", "另一件", day)]
    monkeypatch.setattr(sources, "_sources", [lambda user: two])
    assert [entry.summary for entry in sources.entries_of(None)] == ["早", "另一件"]


def test_the_number_of_queries_does_not_grow(c):
    path, counts = new_address(c.operator), []
    for _ in range(2):
        make.assigned(c)
        with CaptureQueriesContext(connection) as captured:
            Client().get(path)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_two_presses_leave_one_address(c):
    tokens = [addresses.create(c.author) for _ in range(2)]
    assert [addresses.find(token) is not None for token in tokens] == [False, True]

"""The countdown to the closing hour: the server's words, kept alive by the page, and what they become after it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from members.models import Session
from proposals.windows import countdown

pytestmark = pytest.mark.browser


@pytest.fixture
def closing(c):
    """The session closes that long from now; put back afterwards."""
    kept = Session.objects.get()

    def closes_in(**span) -> Session:
        Session.objects.update(window_closes=timezone.now() + timedelta(**span))
        return Session.objects.get()

    yield closes_in
    kept.save()


def test_the_words_without_a_script(c, desk_of, closing):
    session = closing(days=2, hours=3, minutes=5)
    desk = desk_of(c.author, java_script_enabled=False)
    desk.go("/")
    told = desk.page.locator("[data-countdown]")
    assert countdown(session).until in told.inner_text()
    assert "还有 2 天 3 小时" in told.inner_text()
    assert told.get_attribute("aria-live") == "off"


def test_it_runs_out_while_one_writes(c, desk_of, closing):
    """The server's clock counts: a computer an hour slow says the same."""
    closing(seconds=4)
    desk = desk_of(c.author)
    desk.page.add_init_script("const now = Date.now; Date.now = () => now() - 3600000;")
    desk.go("/proposals/new/")
    told = desk.page.locator("[data-countdown]")
    assert "还有不到 1 分钟" in told.inner_text()
    desk.page.locator(".countdown--over").wait_for()
    assert "现在提交的是平时提案" in told.inner_text()

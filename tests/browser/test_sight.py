"""Every page, read and acted on: WCAG 2.2 AA by axe as standard, 长辈版, dark and on a phone; targets; no page too wide.

One county serves them all: making it costs as much as looking at twenty pages. With small counts each page is looked at as
standard, on a phone, and in one of dark, 长辈版 and 长辈版 on a phone by turns; in the campaign in all five.
"""

import pytest

from .places import ACTS, READING, SENT_EMPTY, WRITING, address
from .sight import faults
from .stages import deliver_everything, every_stage

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def stages(c):
    made = every_stage(c)
    deliver_everything()
    return made


@pytest.mark.parametrize("name", READING)
def test_nothing_is_wrong_with(c, stages, kept_desk_of, name):
    who, path = READING[name]
    desk = kept_desk_of(who and getattr(c, who))
    with desk.quiet(but_for="status of 40"):
        desk.go(address(path, stages))
        assert who is None or "/login/" not in desk.page.url
        assert faults(desk.page, name) == {}


@pytest.mark.parametrize("name", WRITING)
def test_nothing_is_wrong_when_writing(c, stages, kept_desk_of, name):
    who, path = WRITING[name]
    desk = kept_desk_of(getattr(c, who))
    with desk.quiet():
        assert desk.go(address(path, stages)).status == 200
        assert "/login/" not in desk.page.url
        assert faults(desk.page, name) == {}


@pytest.mark.parametrize("act", [act for act in ACTS if act not in SENT_EMPTY])
def test_nothing_is_wrong_with_the_page_of(c, stages, kept_desk_of, act):
    desk = opened(c, stages, kept_desk_of, act)
    assert faults(desk.page, act) == {}


@pytest.mark.parametrize("act", SENT_EMPTY)
def test_nothing_is_wrong_with_the_page_and_its_errors_of(c, stages, kept_desk_of, act):
    desk = opened(c, stages, kept_desk_of, act)
    empty(desk.page)
    desk.press(ACTS[act][2])
    assert desk.page.title().startswith("错误：")
    assert faults(desk.page, act) == {}


def opened(c, stages, desk_of, act: str):
    who, case, _label = ACTS[act]
    desk = desk_of(getattr(c, who))
    assert desk.go(address(f"/proposals/{case}/acts/{act}/", stages)).status == 200
    assert "/login/" not in desk.page.url
    return desk


def empty(page) -> None:
    """Take out what the page proposes."""
    page.evaluate(
        """() => document.querySelectorAll("main form input:not([type=hidden]), main form textarea, main form select")
          .forEach((one) => (one.value = ""))"""
    )

"""Every page on which something is written or done, also after it was sent empty: the same looks as for reading."""

import pytest

from .places import ACTS, SENT_EMPTY, WRITING, address
from .sight import faults
from .stages import every_stage

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def stages(c):
    return every_stage(c)


@pytest.mark.parametrize("name", WRITING)
def test_nothing_is_wrong_with(c, stages, kept_desk_of, name):
    who, path = WRITING[name]
    desk = kept_desk_of(getattr(c, who))
    with desk.quiet():
        assert desk.go(address(path, stages)).status == 200
        assert faults(desk.page) == {}


@pytest.mark.parametrize("act", [act for act in ACTS if act not in SENT_EMPTY])
def test_nothing_is_wrong_with_the_page_of(c, stages, kept_desk_of, act):
    desk = opened(c, stages, kept_desk_of, act)
    assert faults(desk.page) == {}


@pytest.mark.parametrize("act", SENT_EMPTY)
def test_nothing_is_wrong_with_the_page_and_its_errors_of(c, stages, kept_desk_of, act):
    desk = opened(c, stages, kept_desk_of, act)
    empty(desk.page)
    desk.press(ACTS[act][2])
    assert desk.page.title().startswith("错误：")
    assert faults(desk.page) == {}


def opened(c, stages, desk_of, act: str):
    who, case, _label = ACTS[act]
    desk = desk_of(getattr(c, who))
    assert desk.go(address(f"/proposals/{case}/acts/{act}/", stages)).status == 200
    return desk


def empty(page) -> None:
    """Take out what the page proposes."""
    page.evaluate(
        """() => document.querySelectorAll("main form input:not([type=hidden]), main form textarea, main form select")
          .forEach((one) => (one.value = ""))"""
    )

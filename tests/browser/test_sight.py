"""Every page, read and acted on: WCAG 2.2 AA by axe as standard, 长辈版, dark and on a phone; targets; no page too wide.

One county serves them all: making it costs as much as looking at twenty pages.
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
        assert faults(desk.page) == {}


@pytest.mark.parametrize("name", WRITING)
def test_nothing_is_wrong_when_writing(c, stages, kept_desk_of, name):
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


@pytest.mark.campaign
def test_nothing_is_wrong_when_nothing_is_passed_over(c, stages, kept_desk_of):
    """The same pages, every word and piece of the frame judged on each in every way."""
    everywhere = {f"act {act}": (who, f"/proposals/{case}/acts/{act}/") for act, (who, case, _label) in ACTS.items()}
    wrong = {}
    for name, (who, path) in {**READING, **WRITING, **everywhere}.items():
        desk = kept_desk_of(who and getattr(c, who))
        desk.go(address(path, stages))
        if found := faults(desk.page, thorough=True):
            wrong[name] = found
    print(f"{len(READING) + len(WRITING) + len(ACTS)} 个页面 × 5 种看法")
    assert wrong == {}


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

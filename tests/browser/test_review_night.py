"""The desk of the review by keyboard alone, on an office screen."""

import pytest

from proposals.models import Proposal
from tests.factories import county as make

pytestmark = pytest.mark.browser
FOCUS = "document.activeElement.textContent.trim()"


def at_the_next(desk, key: str) -> None:
    with desk.page.expect_navigation():
        desk.page.keyboard.press(key)


def test_a_night_by_keyboard(c, desk_of):
    cases = [make.submitted(c, title=f"关于第{n}条路的提案") for n in (1, 2, 3)]
    desk = desk_of(c.reviewer)
    page = desk.page
    desk.go("/proposals/review/")
    assert page.evaluate(FOCUS) == "关于第1条路的提案"
    page.wait_for_selector(".desk__figures table")
    for key, title in (("j", "2"), ("ArrowDown", "3"), ("k", "2"), ("ArrowUp", "1")):
        at_the_next(desk, key)
        assert page.evaluate(FOCUS) == f"关于第{title}条路的提案"
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("3")
    assert page.locator("[name=recommendation]:checked").get_attribute("value") == "return"
    page.fill("[name=reason]", "j1p?")  # typing is typing
    page.press("[name=reason]", "j")
    assert page.input_value("[name=reason]") == "j1p?j"
    page.reload()
    assert page.input_value("[name=reason]") == "j1p?j"  # nothing typed is lost
    at_the_next(desk, "p")
    page.fill("[name=title]", "关于修整第1条路的提案")
    page.wait_for_selector("#difference ins:has-text('修整')")
    page.check("[name=recommendation][value=file]")
    page.focus("[name=recommendation]:checked")
    at_the_next(desk, "Enter")
    assert "初审意见已提交。接着看下一件" in desk.told()
    assert page.evaluate(FOCUS) == "关于第2条路的提案"
    assert Proposal.objects.get(pk=cases[0].pk).title == "关于修整第1条路的提案"
    head = desk_of(c.head)
    head.go(f"/proposals/review/?queue=reviewed&case={cases[0].pk}")
    at_the_next(head, "4")
    assert head.page.locator("[name=rejection_reason]").count() == 1
    at_the_next(head, "1")
    with head.page.expect_navigation():
        head.page.click(".desk__act .button--primary")
    assert Proposal.objects.get(pk=cases[0].pk).state == "filed"
    assert desk.complaints + head.complaints == []
    for one in (page, head.page):
        one.goto("about:blank")  # no question is on its way when the portal is stopped

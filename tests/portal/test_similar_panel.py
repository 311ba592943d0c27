"""Similar cases while the title is typed: they come by themselves, are announced, and are reached with the keyboard."""

import pytest

from search.similar import refresh
from tests.factories import county as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "关于加强校园周边交通管理的提案"


@pytest.fixture
def c():
    return make.county()


def test_typing_a_title_shows_similar_cases_and_one_press_fills_in(page, live_server, c, enter):
    cases = [make.assigned(c), make.assigned(c)]
    refresh("proposal")
    enter(c.author)
    page.goto(f"{live_server.url}/proposals/new/")
    with page.expect_response(lambda r: "/proposals/similar/" in r.url) as answer:
        page.locator("#id_title").press_sequentially(TITLE)
    assert answer.value.request.url.endswith("/proposals/similar/"), "no address holds what was typed"
    page.wait_for_selector(".similar__case >> nth=1")
    told = page.locator("#similar-told")
    assert (told.get_attribute("role"), told.inner_text()) == ("status", "找到 2 件相似提案，供您参考。")
    assert page.evaluate("document.activeElement.id") == "id_title"
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.innerText || document.activeElement.id").strip())
        if reached[-1].startswith("填入"):
            break
    assert "相似提案" in reached
    assert any(TITLE in one for one in reached)
    page.keyboard.press("Enter")
    assert page.input_value("[name=business_category]") == str(c.business.pk)
    page.wait_for_selector("[data-autosave-status][data-state=saved]")
    page.select_option("[name=business_category]", "")
    page.click("[data-fill=units]")
    assert page.locator(f"[name=units][value='{c.unit.pk}']").is_checked()
    assert told.inner_text() == f"已加入建议承办单位：{c.unit}。"
    page.click("[data-similar-fold] > summary")
    with page.expect_response(lambda r: "/proposals/similar/" in r.url):
        page.locator("#id_title").press_sequentially("二")
    page.wait_for_selector("[data-similar-fold]:not([open])")
    page.wait_for_selector("[data-autosave-status][data-state=saved]")
    assert len(cases) == 2

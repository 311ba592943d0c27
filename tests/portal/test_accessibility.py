"""The components and the front door in Chromium: axe in every mode, targets, text size, reflow, keyboard."""

import pytest

from tests.browser.sight import faults

from .looks import TOO_WIDE, show

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = ["/styleguide/", "/login/", "/help/", "/display/"]


@pytest.fixture
def calls(page):
    """Addresses the page asked for, and what its console complained of."""
    heard = {"urls": [], "errors": []}
    page.on("request", lambda request: heard["urls"].append(request.url))
    page.on("console", lambda line: heard["errors"].append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: heard["errors"].append(str(error)))
    return heard


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_a_phone_shows_all_large_enough(page, live_server, path):
    """In every way of looking: what the design system shows stands on all pages."""
    page.goto(live_server.url + path)
    assert faults(page, path, every_way=True) == {}


@pytest.mark.parametrize("path", ["/login/", "/help/"])
def test_reflow_at_320_pixels(page, live_server, path):
    page.set_viewport_size({"width": 320, "height": 600})
    page.goto(live_server.url + path)
    assert page.evaluate(TOO_WIDE) == 0


def test_elder_text_is_18_points(page, live_server):
    show(page, live_server.url + "/help/", "elder")
    size = page.evaluate("getComputedStyle(document.querySelector('main p')).fontSize")
    leading = page.evaluate("parseFloat(getComputedStyle(document.querySelector('main p')).lineHeight)")
    assert size == "24px"
    assert leading >= 24 * 1.3


def test_only_our_own_origin_and_no_complaint_in_the_console(page, live_server, calls):
    page.goto(live_server.url + "/styleguide/")
    page.wait_for_load_state("networkidle")
    assert calls["errors"] == []
    assert [url for url in calls["urls"] if not url.startswith(live_server.url)] == []


def test_switches_work_without_javascript(chromium, live_server):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + "/login/?next=/inbox/")
    page.click("text=长辈版")
    assert page.get_attribute("html", "data-size") == "elder"
    assert page.url.endswith("/login/?next=/inbox/")
    page.click("text=标准版")
    assert page.get_attribute("html", "data-size") == "normal"
    context.close()


def test_switch_keeps_what_was_typed(page, live_server):
    page.goto(live_server.url + "/login/")
    page.fill("[name=username]", "zhoumy")
    page.click("button:has-text('深色'):visible")
    page.wait_for_selector("html[data-theme=dark]")
    assert page.input_value("[name=username]") == "zhoumy"
    page.reload()
    assert page.get_attribute("html", "data-theme") == "dark"


def test_first_tab_leads_past_the_menu(page, live_server):
    page.goto(live_server.url + "/help/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到主要内容"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_error_summary_takes_the_focus_and_leads_to_the_field(page, live_server):
    page.goto(live_server.url + "/login/")
    page.click("main button:has-text('登录')")
    page.wait_for_load_state()
    assert page.title() == "错误：登录 - 西平县智慧政协"
    assert page.evaluate("document.activeElement.matches('[data-error-summary]')") is True
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "username"


def test_dialog_holds_the_focus_and_gives_it_back(page, live_server):
    page.goto(live_server.url + "/styleguide/")
    page.focus("[data-opens=example]")
    page.keyboard.press("Enter")
    inside = "document.getElementById('example').contains(document.activeElement)"
    assert page.evaluate(inside) is True
    for _ in range(3):
        page.keyboard.press("Tab")
        assert page.evaluate(inside) is True
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.opens") == "example"
    assert page.is_hidden("#example")


def test_rows_are_moved_removed_and_brought_back_by_keyboard(page, live_server):
    page.goto(live_server.url + "/styleguide/")
    texts = "Array.from(document.querySelectorAll('.rows__row textarea')).map((one) => one.name + '=' + one.value)"
    first, second = "在校门口增设减速带和护学岗。", "错开上下学时间。"
    page.focus(".rows__row:nth-child(2) [data-move=up]")
    page.keyboard.press("Enter")
    assert page.evaluate(texts) == [f"items-0-text={second}", f"items-1-text={first}"]
    page.focus("[name=add_items]")
    page.keyboard.press("Space")
    page.keyboard.type("设立护学岗")
    assert page.evaluate(texts)[2] == "items-2-text=设立护学岗"
    page.focus(".rows__row:nth-child(1) [data-move=remove]")
    page.keyboard.press("Enter")
    assert page.evaluate(texts) == [f"items-0-text={first}", "items-1-text=设立护学岗"]
    assert page.input_value("[name=items-TOTAL_FORMS]") == "2"
    page.keyboard.press("Enter")  # the focus is on 撤销
    assert page.evaluate(texts)[0] == f"items-0-text={second}"
    assert page.input_value("[name=items-TOTAL_FORMS]") == "3"


def test_counter_counts_characters_as_the_server_does(page, live_server):
    page.goto(live_server.url + "/styleguide/")
    page.fill("#id_title", "提案😀" + "字" * 60)
    assert page.text_content("#id_title + .field__count") == "超出 3 字，请删减"
    assert page.input_value("#id_title") == "提案😀" + "字" * 60


def test_paper_shows_the_matter_and_nothing_to_click(page, live_server):
    page.goto(live_server.url + "/help/")
    page.emulate_media(media="print")
    assert page.is_hidden(".masthead")
    assert page.is_hidden(".footer")
    assert page.is_visible("main h1")


def test_dark_follows_the_device_until_chosen(page, live_server):
    page.emulate_media(color_scheme="dark")
    page.goto(live_server.url + "/login/")
    background = "getComputedStyle(document.documentElement).backgroundColor"
    assert page.evaluate(background) == "rgb(23, 21, 19)"
    page.click("button:has-text('浅色'):visible")
    page.wait_for_selector("html[data-theme=light]")
    assert page.evaluate(background) == "rgb(250, 248, 245)"

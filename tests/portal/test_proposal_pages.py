"""The pages of proposals in Chromium: what they do by themselves, keys, print. How they look: tests/browser."""

from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client

from proposals import drafting
from proposals.models import Proposal, Reply
from tests.factories import county as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def c():
    return make.county()


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


def test_a_first_save_comes_by_itself_and_the_address_follows(page, live_server, c, enter):
    enter(c.author)
    page.goto(f"{live_server.url}/proposals/new/")
    page.fill("[name=title]", "关于停车的提案")
    page.wait_for_selector("[data-autosave-status][data-state=saved]")
    proposal = Proposal.objects.get()
    assert (proposal.title, page.url) == ("关于停车的提案", f"{live_server.url}/proposals/{proposal.pk}/edit/")
    page.fill("[name=situation]", "一小门口拥堵")
    page.wait_for_selector(f"[name=version][value='{proposal.version + 1}']", state="attached")
    page.reload()
    assert page.input_value("[name=situation]") == "一小门口拥堵"


def test_two_windows_choose_between_their_texts(page, live_server, c, enter):
    proposal = make.draft(c)
    enter(c.author)
    page.goto(f"{live_server.url}/proposals/{proposal.pk}/edit/")
    drafting.save(proposal, c.author, {"title": "关于另一个窗口的提案"}, suggestions=["一", "二", "三"])
    page.fill("[name=title]", "关于这个窗口的提案")
    page.wait_for_selector(".compare")
    assert "关于另一个窗口的提案" in page.inner_text(".compare")
    page.click("text=改用服务器上的文字")
    page.wait_for_selector(".compare", state="detached")
    assert page.input_value("[name=title]") == "关于另一个窗口的提案"
    assert page.locator("textarea[name^=suggestions-]").count() == 3


def test_the_reply_is_saved_by_itself(page, live_server, c, enter):
    mine = make.signed(c)
    enter(c.operator)
    page.goto(f"{live_server.url}/proposals/assignments/{mine.pk}/reply/")
    page.fill("[name=body]", "您提出的提案收悉")
    page.click("text=添加一项")
    page.fill("[name=commitments-0-measure]", "年内改造")
    with page.expect_response(lambda r: "autosave" in r.url and "%E5%B9%B4" in quote(r.request.post_data or "")):
        page.click("h1")
    page.wait_for_selector("[data-autosave-status][data-state=saved]")
    reply = Reply.objects.get()
    assert (reply.body, [p.measure for p in reply.commitments.all()]) == ("您提出的提案收悉", ["年内改造"])


def test_units_are_found_by_initials_and_limited(page, live_server, c, enter):
    enter(c.author)
    page.goto(f"{live_server.url}/proposals/new/")
    page.click("text=挑选单位")
    page.fill("#find_units", "xczj")
    assert page.locator("label[data-keys]:visible").all_inner_texts() == ["县财政局"]
    page.click("label[data-keys]:visible")
    assert page.inner_text("[data-choose-chosen]") == "已选 1：县财政局"


def test_ticking_the_whole_page(page, live_server, c, enter):
    for _ in range(3):
        make.reviewed(c)
    enter(c.head)
    page.goto(f"{live_server.url}/proposals/?state=reviewed")
    page.click("text=全选本页")
    assert page.inner_text("[data-marked]") == "已勾选 3 件"
    with page.expect_navigation():
        page.click("button[value=file]")
    assert "立案：3 件提案" in page.inner_text("h1")


def test_submitting_with_the_keyboard_alone(page, live_server, c, enter):
    proposal = make.draft(c)
    enter(c.author)
    page.goto(f"{live_server.url}/proposals/{proposal.pk}/check/")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText") == "提交":
            break
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("/receipt/")


def test_errors_take_the_focus_and_lead_to_their_field(page, live_server, c, enter):
    enter(c.head)
    page.goto(f"{live_server.url}/proposals/{make.reviewed(c).pk}/acts/reject/")
    with page.expect_navigation():
        page.click("main button:has-text('不予立案')")
    assert page.evaluate("document.activeElement.hasAttribute('data-error-summary')")
    page.click("[data-error-summary] a >> nth=0")
    assert page.evaluate("document.activeElement.id") == "id_rejection_reason"


def test_printing_a_case_shows_the_matter_and_no_buttons(page, live_server, c, enter):
    proposal = make.reviewed(c)
    enter(c.head)
    page.goto(f"{live_server.url}/proposals/{proposal.pk}/")
    page.emulate_media(media="print")
    assert page.locator(".acts").is_hidden()
    assert page.locator("h1").is_visible()
    assert page.locator(".timeline").is_visible()

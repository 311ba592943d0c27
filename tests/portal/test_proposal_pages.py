"""The pages of proposals in Chromium: what they do by themselves, keys, print. How they look: tests/browser."""

from urllib.parse import quote

import pytest

from members.privacy import consent
from notices.models import Message
from proposals import drafting
from proposals.models import Proposal, Reply
from tests.factories import county as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def c():
    return make.county()


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


def test_the_length_is_counted_against_the_guidance_and_never_refused(page, live_server, c, enter):
    """1500 for situation and suggestions together."""
    enter(c.author)
    page.goto(f"{live_server.url}/proposals/new/")
    page.fill("[name=situation]", "水" * 1490)
    told = page.locator(".field[data-guide] .field__count")
    assert told.inner_text() == "全文 1490 字，一般不超过 1500 字"
    page.fill("[name=suggestions-0-text]", "建" * 30)
    assert told.inner_text() == "全文 1520 字，比一般要求的 1500 字多 20 字，请尽量精简"
    page.wait_for_selector("[data-autosave-status][data-state=saved]")
    page.fill("[name=situation]", "水" * 5001)
    assert told.inner_text() == "超出 1 字，请删减"


def boxes(page, selector: str) -> list[tuple[int, int]]:
    """Where each element begins: (left, top)."""
    return page.eval_on_selector_all(
        selector,
        "all => all.map((one) => [one, one.getBoundingClientRect()])"
        ".map(([, box]) => [Math.round(box.left), Math.round(box.top)])",
    )


@pytest.mark.parametrize(("width", "columns"), [(390, 2), (1366, 4)])
def test_the_four_counters_of_the_elder_home_stand_in_even_rows(page, live_server, c, enter, width, columns):
    make.draft(c)
    enter(c.author)
    page.set_viewport_size({"width": width, "height": 800})
    page.context.add_cookies([{"name": "portal_size", "value": "elder", "url": live_server.url}])
    page.goto(live_server.url)
    found = boxes(page, "nav .figure")
    assert (len(found), len({left for left, _top in found})) == (4, columns)


def test_a_message_on_a_phone_is_one_column(page, live_server, c, enter):
    Message.objects.create(recipient=c.author, subject="【提案】发出答复：第 001 号", body="县教育局“发出答复”。")
    enter(c.author)
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{live_server.url}/inbox/")
    (left, top), (below_left, below_top) = boxes(page, ".message > *")
    assert (left, below_top > top) == (below_left, True)


def test_the_first_rows_of_the_list_are_seen_at_once(page, live_server, c, enter):
    for n in range(6):
        make.submitted(c, title=f"关于第 {n} 件事的提案")
    consent.agree(c.staff.person, shows=False)  # the reminder of the notice stands above the list until then
    enter(c.staff)
    page.goto(f"{live_server.url}/proposals/")
    assert sum(top < 768 - 60 for _left, top in boxes(page, "tbody tr")) >= 5

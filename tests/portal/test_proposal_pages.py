"""The pages of proposals in Chromium: axe in every mode, targets, width, the console, keys, and no lost text."""

from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client

from proposals import drafting
from proposals.acts import AssignmentAct, ProposalAct
from proposals.models import Proposal, Reply
from tests.factories import county as make
from workflow.engine import perform

from .looks import MODES, TOO_WIDE, show, small_targets, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


# The elder version on a desk differs from that on a phone by its width alone.
LOOKED_AT = [mode for mode in MODES if mode != "elder"]


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


def cases(c) -> dict[str, list[str]]:
    """User → addresses, with a case at every stage."""
    draft = make.draft(c)
    replied = make.replied(c, make.signed(c), result_class="B")
    reviewed, filed, signed = make.reviewed(c), make.filed(c), make.signed(c)
    make.write_reply(signed, c.operator)
    assigned = make.share(make.assigned(c, division="separate"), c.unit)
    done = make.replied(c, make.signed(c))
    perform(AssignmentAct.RATE, done, c.author, make.rating(reason="很实在"))
    perform(ProposalAct.PUBLISH, done.proposal, c.staff)
    share = f"/proposals/assignments/{signed.pk}"
    return {
        "author": [
            "/", "/proposals/", "/proposals/new/", f"/proposals/{draft.pk}/edit/", f"/proposals/{draft.pk}/check/",
            f"/proposals/{draft.pk}/acts/invite/", f"/proposals/{replied.proposal_id}/",
            f"/proposals/assignments/{replied.pk}/acts/rate/", f"/proposals/{reviewed.pk}/receipt/",
        ],
        "operator": [
            "/", f"/proposals/{signed.proposal_id}/", f"{share}/reply/", f"{share}/reply/preview/",
            f"{share}/acts/log_contact/", f"{share}/acts/submit_reply/",
            f"/proposals/assignments/{assigned.pk}/acts/request_return/",
        ],
        "staff": ["/", "/proposals/", f"/proposals/{filed.pk}/acts/assign/", f"/proposals/{done.proposal_id}/"],
        "head": [f"/proposals/{reviewed.pk}/", f"/proposals/{reviewed.pk}/acts/reject/"],
        "nobody": ["/public/", f"/public/{done.proposal_id}/"],
    }  # fmt: skip


@pytest.mark.parametrize("mode", LOOKED_AT)
@pytest.mark.parametrize("who", ["author", "operator", "staff", "head", "nobody"])
def test_every_page_in_every_mode(page, live_server, c, enter, who, mode):
    urls = cases(c)[who]
    if who != "nobody":
        enter(getattr(c, who))
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda r: r.url.startswith(live_server.url) or complaints.append(r.url))
    least = {"phone": 44, "elder phone": 60}.get(mode)
    found = {}
    for url in urls:
        show(page, live_server.url + url, mode)
        wrong = [*violations(page), *(small_targets(page, least) if least else [])]
        wide = page.evaluate(TOO_WIDE)
        if wrong or wide:
            found[url] = (wrong, wide)
    assert (found, complaints) == ({}, [])


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

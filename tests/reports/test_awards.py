"""优秀提案 and 先进单位: from the nomination to the printed list; who may what; what is blind."""

import io

import pytest
from django.test import Client
from docx import Document

from members.models import Organization
from notices.models import Outbox
from proposals import awards
from proposals.acts import AssignmentAct, ProposalAct
from proposals.models import AwardNomination, AwardScore, AwardSelection, Proposal, Rating
from tests.documents.changed import OWN_LINE, change
from tests.factories import county as make
from tests.factories import people
from workflow.engine import available, perform
from workflow.errors import NotAllowed, Refused
from workflow.models import Event

from . import units as ledger

pytestmark = pytest.mark.django_db


@pytest.fixture
def c():
    return make.county()


def of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def closed(c, title: str = "关于加强校园周边交通管理的提案") -> Proposal:
    mine = make.replied(c, make.signed(c, title=title))
    perform(AssignmentAct.RATE, mine, c.author, make.rating())
    return Proposal.objects.get(pk=mine.proposal_id)


def acts_of(proposal: Proposal, user) -> set[str]:
    """Those that work now."""
    seen = Proposal.objects.for_acting().visible_to(user).with_roles_of(user).get(pk=proposal.pk)
    return {option.act for option in available(seen, user) if option.blocked is None}


def go(client: Client, selection: AwardSelection, name: str, **data) -> str:
    return client.post(f"/reports/awards/{selection.pk}/{name}/", data, follow=True).content.decode()


def begun(c) -> AwardSelection:
    of(c.staff).post("/reports/awards/", {"session": c.session.code})
    return AwardSelection.objects.get(session=c.session)


def test_a_nomination_stands_in_the_cases_log_for_the_committee_alone(c):
    good = closed(c)
    assert "nominate" not in acts_of(good, c.staff)
    selection = begun(c)
    assert ("nominate" in acts_of(good, c.staff), "nominate" in acts_of(good, c.author)) == (True, False)
    perform(ProposalAct.NOMINATE, good, c.staff, {"nominator": c.party.pk, "reason": "调研扎实"})
    with pytest.raises(Refused) as again:
        perform(ProposalAct.NOMINATE, good, c.head, {"reason": "再推荐"})
    assert again.value.sentence == "这件提案已经在推荐名单里。"
    perform(ProposalAct.WITHDRAW_NOMINATION, good, c.staff, {"reason": "推荐有误"})
    perform(ProposalAct.NOMINATE, good, c.head, {"reason": "办理效果好"})
    assert list(Event.objects.filter(case_id=good.pk, act__contains="nomin").values_list("act", flat=True)) == [
        "nominate", "withdraw_nomination", "nominate",
    ]  # fmt: skip
    pages = [of(user).get(good.get_absolute_url()).content.decode() for user in (c.staff, c.author)]
    assert ["推荐为优秀提案" in page for page in pages] == [True, False]
    assert [str(one) for one in awards.standing(selection)] == [str(good)]


def test_a_unit_is_put_forward_by_its_figures(c):
    closed(c)
    units, selection, staff = ledger.enter(c), begun(c), of(c.staff)
    page = staff.get(f"/reports/awards/?session={c.session.code}").content.decode()
    offered = [f'<option value="{units[name].pk}">{name}<' in page for name in ("县水利局", "县民政局")]
    assert offered == [True, False]  # judges, in a field of their own, may have the same number
    refused = go(staff, selection, "unit", unit=units["县民政局"].pk, reason="办得好")
    assert "推荐名单" in refused and AwardNomination.objects.count() == 0 and "错误" in refused
    given = {"unit": units["县水利局"].pk, "reason": "件件有回音"}
    assert "县水利局已列入推荐名单" in go(staff, selection, "unit", **given)
    assert "已经在推荐名单里" in go(staff, selection, "unit", **given)
    one = AwardNomination.objects.get()
    assert "已从推荐名单撤下" in go(staff, selection, "withdraw", nomination=one.pk)
    assert list(awards.standing(selection)) == [] and "推荐名单还是空的" in go(staff, selection, "begin")


@pytest.fixture
def scoring(c):
    """Two proposals and a unit, two judges; (selection, nominations by name)."""
    good, other = closed(c), closed(c, "关于修补乡道的提案")
    units, selection, staff = ledger.enter(c), begun(c), of(c.staff)
    for proposal in (good, other):
        perform(ProposalAct.NOMINATE, proposal, c.staff, {"reason": "建议具体"})
    go(staff, selection, "unit", unit=units["县水利局"].pk, reason="件件有回音")
    assert "还没有评委" in go(staff, selection, "begin")
    for user in (c.reviewer, c.dispatch, c.head, c.author):
        go(staff, selection, "judge", person=user.person_id)
    assert selection.judges.count() == 3
    go(staff, selection, "dismiss", judge=selection.judges.get(person=c.head.person).pk)
    assert "评分已开始" in go(staff, selection, "begin")
    return selection, {str(one): one.pk for one in awards.standing(selection)}


def marks(lines: dict, *points) -> dict:
    return {f"points_{pk}": one for pk, one in zip(lines.values(), points, strict=True)}


def test_judges_score_blind(c, scoring):
    selection, lines = scoring
    staff, reviewer, dispatch = of(c.staff), of(c.reviewer), of(c.dispatch)
    sheet, page = f"/reports/awards/{selection.pk}/sheet/", f"/reports/awards/?session={c.session.code}"
    assert "请您打分" in dispatch.get("/reports/units/").content.decode()
    assert "目前是“评分中”" in go(staff, selection, "judge", person=c.head.person_id)
    short = reviewer.post(sheet, marks(lines, 95, "101", 91))
    words = short.content.decode()
    assert (short.status_code, "还有 1 项没有打分：关于修补乡道的提案。" in words, 'value="95"' in words) == (
        400,
        True,
        True,
    )
    assert [reviewer.post(sheet, marks(lines, 95, 80, 91)).status_code for _ in range(2)] == [302, 400]
    # Neither the office nor the other judge sees a point while scoring goes on.
    assert ["平均分" in staff.get(page).content.decode(), 'value="95"' in dispatch.get(sheet).content.decode()] == [
        False,
        False,
    ]
    assert awards.averages(AwardSelection.objects.get()) == {}
    dispatch.post(sheet, marks(lines, 90, 81, 94))
    go(staff, selection, "end")
    found = awards.averages(AwardSelection.objects.get())
    assert [(str(found[pk][0]), found[pk][1]) for pk in lines.values()] == [("92.50", 2), ("80.50", 2), ("92.50", 2)]
    assert "92.50" in staff.get(page).content.decode()


def test_from_the_decision_to_the_printed_list(c, scoring):
    selection, lines = scoring
    staff, head, good = of(c.staff), of(c.head), Proposal.objects.get(title__contains="校园")
    for user in (c.reviewer, c.dispatch):
        of(user).post(f"/reports/awards/{selection.pk}/sheet/", marks(lines, 95, 80, 91))
    go(staff, selection, "end")
    decision = {"chosen": [lines[str(good)], lines["县水利局"]], "on": "2026-04-01", "document": "西协发〔2026〕12号"}
    assert "负责人办理" in go(staff, selection, "decide", **decision)
    assert "没有勾选" in go(head, selection, "decide", on="2026-04-01", document="x")
    assert "不能晚于今天" in go(head, selection, "decide", **decision | {"on": "2099-01-01"})
    go(head, selection, "decide", **decision)
    good.refresh_from_db()
    assert good.excellent_on is None and "优秀提案" not in of(c.author).get(good.get_absolute_url()).content.decode()
    paper = Document(io.BytesIO(head.get(f"/reports/awards/{selection.pk}/paper/").content))
    text = [line.text for line in paper.paragraphs]
    change("award_notice", c.head)
    own = Document(io.BytesIO(head.get(f"/reports/awards/{selection.pk}/paper/").content))
    assert [line.text for line in own.paragraphs if line.text] == [*filter(None, text), OWN_LINE]
    assert text[:3] == [
        "政协西平县委员会",
        "关于表彰第十一届委员会第四次会议优秀提案和提案承办先进单位的通报",
        "西协发〔2026〕12号",
    ]
    assert {
        "一、优秀提案（1件）",
        f"1．第001号《{good}》（提案人：周明远）",
        "二、提案承办先进单位（1个）",
        "1．县水利局",
    } <= set(text)
    share = good.assignments.get()
    perform(
        AssignmentAct.VOID_RATING,
        share,
        c.head,
        {"rating": Rating.objects.get(reply__assignment=share).pk, "reason": "填错"},
    )
    assert f"《{good}》决定以后又重新评价或办理" in go(head, selection, "publish")
    on_paper = {**make.rating(), "person": c.author.person_id, "scan": make.scan(c.staff).pk}
    perform(AssignmentAct.RATE_BY_PROXY, share, c.staff, on_paper)
    assert "2026年4月1日" in text and "1 件优秀提案" in go(head, selection, "publish")
    event = Event.objects.get(case_id=good.pk, act="award")
    assert event.data["award_document"] == "西协发〔2026〕12号" and Outbox.objects.filter(event=event).exists()
    assert "优秀提案（2026年4月1日主席会议决定）" in of(c.author).get(good.get_absolute_url()).content.decode()
    perform(ProposalAct.PUBLISH, good, c.head)
    assert "优秀提案" in Client().get(f"/public/{good.pk}/").content.decode()
    assert "目前是“已公布”" in go(head, selection, "publish")
    AwardNomination.objects.filter(unit__isnull=False).update(chosen=False)
    paper = Document(io.BytesIO(head.get(f"/reports/awards/{selection.pk}/paper/").content))
    text = [line.text.strip() for line in paper.paragraphs]  # without units nothing speaks of units
    assert {"关于表彰第十一届委员会第四次会议优秀提案的通报", "附件：优秀提案名单", "优秀提案名单"} <= set(text)
    assert "希望受到表彰的提案者珍惜荣誉、再接再厉，继续提高提案质量和办理质量。" in text
    perform(ProposalAct.REVOKE_AWARD, good, c.head, {"reason": "抄袭"})
    assert "评出的都已经撤销" in head.get(f"/reports/awards/{selection.pk}/paper/").content.decode()
    assert "优秀提案" not in Client().get(f"/public/{good.pk}/").content.decode()


def test_a_judge_does_not_score_their_own(c):
    good = closed(c)
    mine = people.holder(Organization.objects.get(code="proposals"), "staff", "许涛")
    Proposal.objects.filter(pk=good.pk).update(first_proposer=mine.person)
    selection = awards.open_selection(c.session)
    perform(ProposalAct.NOMINATE, good, c.staff, {"reason": "好"})
    awards.name_judge(selection, mine.person)
    awards.begin_scoring(selection)
    judge = awards.judge_of(selection, mine)
    assert awards.sheet(judge, mine) == []
    with pytest.raises(NotAllowed):
        awards.judge_of(selection, c.staff)
    assert AwardScore.objects.count() == 0


def test_who_may_open_which_page(c):
    closed(c)
    selection = awards.open_selection(c.session)
    addresses = [
        ("get", "/reports/awards/"), ("post", "/reports/awards/"), ("get", f"/reports/awards/{selection.pk}/sheet/"),
        ("get", f"/reports/awards/{selection.pk}/paper/"), ("post", f"/reports/awards/{selection.pk}/begin/"),
        ("post", f"/reports/awards/{selection.pk}/publish/"), ("post", f"/reports/awards/{selection.pk}/none/"),
        ("post", "/reports/awards/99999/begin/"),
    ]  # fmt: skip
    codes = {}
    for role, user in c.roles().items():
        client = of(user)
        codes[role] = [getattr(client, method)(url).status_code for method, url in addresses]
    assert of(c.staff).post("/reports/awards/", {"session": "99-9"}).status_code == 404
    closed_door = [403, 403, 404, 403, 403, 403, 403, 403]
    assert codes == dict.fromkeys(c.roles(), closed_door) | {
        "head": [200, 302, 404, 409, 302, 302, 404, 404], "staff": [200, 302, 404, 409, 302, 403, 404, 404],
        "reviewer": [200, 403, 404, 409, 403, 403, 404, 404],
    }  # fmt: skip

"""The first page of every role: what waits, how urgent it is, and the click that does it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal import todo
from portal.todo import Urgency
from proposals import drafting
from proposals.acts import AssignmentAct, ProposalAct
from proposals.models import Assignment, Proposal
from tests.factories import county as make
from workflow.engine import perform

pytestmark = pytest.mark.django_db


@pytest.fixture
def c():
    return make.county()


def what(user) -> list[tuple[str, str]]:
    """(deed, who waits) of everything on the user's list."""
    fresh = type(user).objects.get(pk=user.pk)
    return [(item.what, item.waiting) for item in todo.todo_for(fresh)]


def test_a_draft_waits_for_its_author_alone(c):
    make.draft(c)
    assert {who: what(user) for who, user in c.roles().items() if what(user)} == {"author": [("继续编写", "")]}


def test_each_step_waits_for_one_role(c):
    proposal = make.submitted(c)
    assert waiting(c) == {"reviewer": "初审", "staff": "初审"}
    perform(
        ProposalAct.PRE_REVIEW, proposal, c.reviewer, {"recommendation": "file", "business_category": c.business.pk}
    )
    assert waiting(c) == {"head": "审定"}
    perform(ProposalAct.FILE, proposal, c.head, {})
    assert waiting(c) == {"staff": "编号"}
    perform(ProposalAct.NUMBER, proposal, c.staff)
    assert waiting(c) == {"staff": "交办", "dispatch": "交办"}
    perform(ProposalAct.ASSIGN, proposal, c.staff, {"division": "sole", "unit": c.unit.pk})
    assert waiting(c) == {"operator": "签收"}
    mine = make.share(proposal, c.unit)
    perform(AssignmentAct.SIGN_FOR, mine, c.operator)
    assert waiting(c) == {"operator": "联系提案人"}
    make.contact(c, mine)
    assert waiting(c) == {"operator": "撰写答复"}
    make.write_reply(mine, c.operator)
    perform(AssignmentAct.SEND_DRAFT, mine, c.operator)
    assert waiting(c) == {"author": "对答复稿提意见", "operator": "等提案人意见"}
    perform(AssignmentAct.COMMENT_ON_DRAFT, mine, c.author, {"comment": "同意"})
    assert waiting(c) == {"operator": "报领导审签"}
    perform(AssignmentAct.SUBMIT_REPLY, mine, c.operator)
    assert waiting(c) == {"leader": "审签"}
    perform(AssignmentAct.SIGN_OFF, mine, c.leader, {})
    assert waiting(c) == {"dispatch": "复核答复"}
    perform(AssignmentAct.CHECK, mine, c.dispatch, {})
    assert waiting(c) == {"operator": "发出答复"}
    perform(AssignmentAct.SEND, mine, c.operator)
    assert waiting(c) == {"author": "评价答复", "operator": "评价提案质量", "staff": "预览并公开"}
    perform(AssignmentAct.RATE, mine, c.author, make.rating())
    assert waiting(c) == {"operator": "评价提案质量", "staff": "预览并公开"}
    perform(AssignmentAct.RATE_PROPOSAL, mine, c.operator, make.quality())
    perform(ProposalAct.PUBLISH, Proposal.objects.get(pk=proposal.pk), c.staff)
    assert waiting(c) == {}


def waiting(c) -> dict[str, str]:
    found = {who: what(user) for who, user in c.roles().items()}
    assert all(len(items) <= 1 for items in found.values())
    return {who: items[0][0] for who, items in found.items() if items}


def test_a_return_waits_for_the_dispatch_office(c):
    mine = make.share(make.assigned(c), c.unit)
    perform(AssignmentAct.REQUEST_RETURN, mine, c.operator, {"reason": "不属职责", "suggested_unit": c.third_unit.pk})
    assert what(c.dispatch) == [("决定退办申请", "县教育局")]
    assert what(c.operator) == []


def test_an_assisting_unit_owes_an_opinion(c):
    assist = make.share(make.assigned(c, division="lead"), c.other_unit)
    perform(AssignmentAct.SIGN_FOR, assist, c.other_operator)
    assert what(c.other_operator) == [("报会办意见", "提案人周明远")]


def test_co_signing(c):
    proposal = make.draft(c)
    soon = (timezone.localtime() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    perform(ProposalAct.INVITE, proposal, c.author, {"persons": [c.invitee.person_id], "closes_at": soon})
    assert (what(c.author), what(c.invitee)) == ([], [("答复联名邀请", "提案人周明远")])
    perform("agree", proposal.cosignatures.get(), c.invitee, {})
    assert (what(c.author), what(c.invitee)) == ([("提交提案", "")], [])


def test_a_co_signer_rates_too(c):
    proposal = make.draft(c)
    soon = (timezone.localtime() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    perform(ProposalAct.INVITE, proposal, c.author, {"persons": [c.cosigner.person_id], "closes_at": soon})
    perform("agree", proposal.cosignatures.get(), c.cosigner, {})
    perform(ProposalAct.SUBMIT, proposal, c.author)
    mine = _signed(c, proposal)
    make.replied(c, mine)
    assert (what(c.author), what(c.cosigner)) == ([("评价答复", "县教育局")],) * 2
    perform(AssignmentAct.RATE, mine, c.cosigner, make.rating())
    assert (what(c.author), what(c.cosigner)) == ([("评价答复", "县教育局")], [])


def _signed(c, proposal: Proposal) -> Assignment:
    perform(
        ProposalAct.PRE_REVIEW, proposal, c.reviewer, {"recommendation": "file", "business_category": c.business.pk}
    )
    perform(ProposalAct.FILE, proposal, c.head, {})
    perform(ProposalAct.NUMBER, proposal, c.staff)
    perform(ProposalAct.ASSIGN, proposal, c.staff, {"division": "sole", "unit": c.unit.pk})
    mine = make.share(proposal, c.unit)
    perform(AssignmentAct.SIGN_FOR, mine, c.operator)
    return mine


def test_a_contact_of_a_collective_has_its_drafts(c):
    body = c.contact.person.appointments.get().organization
    drafting.create(c.contact, body)
    assert what(c.contact) == [("继续编写", "")]
    assert what(c.author) == []


@pytest.mark.parametrize(
    ("due", "urgency"),
    [
        (None, Urgency.OTHER), (date(2026, 6, 2), Urgency.OVERDUE), (date(2026, 6, 3), Urgency.SOON),
        (date(2026, 6, 6), Urgency.SOON), (date(2026, 6, 7), Urgency.WEEK), (date(2026, 6, 8), Urgency.OTHER),
    ],
)  # fmt: skip
def test_urgency_on_a_wednesday(due, urgency):
    assert todo.urgency_of(due, date(2026, 6, 3)) == urgency


def test_what_is_due_first_stands_first(c):
    late, later = (make.share(make.assigned(c), c.unit) for _ in range(2))
    Assignment.objects.filter(pk=late.pk).update(sign_due_on=timezone.localdate() - timedelta(days=1))
    items = todo.todo_for(c.operator)
    assert [(item.object_id, item.word) for item in items] == [(late.pk, "逾期"), (later.pk, "正常")]
    assert [len(group.items) for group in todo.grouped(items)][0] == 1


def page(user, url: str = "/") -> str:
    client = Client()
    client.force_login(user)
    return client.get(url).content.decode()


def test_two_clicks_from_home_to_done(c):
    mine = make.share(make.assigned(c), c.unit)
    client = Client()
    client.force_login(c.operator)
    act = f"/proposals/assignments/{mine.pk}/acts/sign_for/"
    assert f'href="{act}"' in client.get("/").content.decode()
    client.post(act, {"version": mine.version})
    assert Assignment.objects.get(pk=mine.pk).state == "handling"


BLOCKS = {"我的提案": "own", "提案各环节": "queues", "本单位承办": "unit", ">系统管理<": "duties", "写提案": "new"}


def test_the_blocks_of_each_role(c):
    make.assigned(c)
    shown = {
        who: sorted(key for words, key in BLOCKS.items() if words in page(user)) for who, user in c.roles().items()
    }
    member, committee, unit = ["new", "own"], ["queues"], ["unit"]
    assert shown == {
        "author": member, "cosigner": member, "invitee": member, "other_member": member, "staff": committee,
        "head": committee, "reviewer": committee, "dispatch": committee, "operator": unit, "leader": unit,
        "other_operator": unit, "other_leader": unit, "third_operator": unit, "contact": member,
        "administrator": ["duties"],
    }  # fmt: skip


def test_a_member_sees_who_has_each_own_proposal(c):
    make.assigned(c)
    assert "现在由县教育局签收，应于" in page(c.author)


def test_a_long_group_is_cut_and_can_be_opened(c):
    for n in range(12):
        make.submitted(c, title=f"关于第 {n} 件事的提案")
    assert page(c.reviewer).count('class="tasks__item"') == 10
    assert "显示全部 12 件" in page(c.reviewer)
    assert page(c.reviewer, "/?all=other").count('class="tasks__item"') == 12


@pytest.mark.parametrize(("who", "queries"), [("author", 13), ("operator", 10), ("staff", 9), ("dispatch", 8)])
@pytest.mark.parametrize("rows", [1, 3])
def test_queries_are_the_same_for_one_row_and_three(c, who, queries, rows):
    for _ in range(rows):
        make.replied(c, make.signed(c))
        make.share(make.assigned(c), c.unit)
        make.submitted(c)
    client = Client()
    client.force_login(getattr(c, who))
    client.get("/")
    with CaptureQueriesContext(connection) as seen:
        client.get("/")
    assert len(seen) == queries

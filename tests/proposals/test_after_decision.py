"""After a decision: where what is not filed goes, the answer to a merge, a return whose time is over."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from proposals import dispositions, drafting
from proposals.acts import AssignmentAct
from proposals.acts import ProposalAct as Act
from proposals.audiences import notices_for
from proposals.kinds import Disposition
from proposals.models import Proposal, RejectionReason
from proposals.todo import todo_for
from tests.factories import county as make
from tests.factories import people
from workflow.engine import perform
from workflow.errors import Invalid, NotAllowed, Refused
from workflow.models import Event

from .opinions import Opinions

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_handlers(monkeypatch):
    monkeypatch.setattr(dispositions, "_handlers", {})


@pytest.fixture
def opinions():
    taker = Opinions()
    dispositions.register(Disposition.OPINION, taker)
    return taker


def fresh(case) -> Proposal:
    return Proposal.objects.get(pk=case.pk)


def refusal(act, case, actor, data=None) -> str:
    with pytest.raises(Refused) as refused:
        perform(act, case, actor, data or {"reason": "再议"})
    return refused.value.code


def rejected(c, way: str = "opinion", **more) -> Proposal:
    proposal = make.reviewed(c)
    reason = RejectionReason.objects.get(code="beyond").pk
    perform(
        Act.REJECT, proposal, c.head, {"rejection_reason": reason, "disposition": way, "reason": "超越事权", **more}
    )
    return proposal


def todo(user) -> list[str]:
    user.__dict__.pop("_posts", None)
    return [item.what for item in todo_for(user)]


def told(user) -> list[str]:
    """What the last act told this person; nothing when it told them nothing."""
    notices = notices_for(Event.objects.order_by("pk").last())
    return [notice.body for notice in notices if notice.user_id == user.pk]


# --- 转社情民意 ---
def test_the_handler_takes_it_once_the_decision_stands(c, opinions, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        proposal = rejected(c)
    handed, now = opinions.taken[proposal.pk], fresh(proposal)
    assert (handed.title, handed.person_ids, handed.suggestions) == (
        proposal.title, (c.author.person_id,), ("增设减速带", "错时上下学"),
    )  # fmt: skip
    assert (now.converted_as, now.converted_at is not None) == ("社情民意第 1 号", True)
    event = Event.objects.get(act=Act.CONVERT)
    assert (event.actor, event.from_state, event.to_state) == (None, "not_filed", "not_filed")


def test_what_waited_is_converted_when_the_handler_comes(c, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        waiting, letter = rejected(c), rejected(c, "letter")
    assert (fresh(waiting).converted_at, dispositions.convert_waiting()) == (None, 0)
    taker = Opinions()
    dispositions.register(Disposition.OPINION, taker)
    call_command("convert_waiting")
    assert (list(taker.taken), dispositions.convert_waiting()) == ([waiting.pk], 0)
    assert fresh(letter).converted_at is None


def test_a_handler_that_fails_leaves_it_waiting(c, opinions, django_capture_on_commit_callbacks):
    opinions.broken = True
    with django_capture_on_commit_callbacks(execute=True):
        proposal = rejected(c)
    assert (fresh(proposal).state, fresh(proposal).converted_at) == ("not_filed", None)
    opinions.broken = False
    assert dispositions.convert_waiting() == 1


def test_back_from_the_handler_as_long_as_it_agrees(c, opinions):
    proposal = rejected(c)
    dispositions.convert_waiting()
    opinions.used = True
    assert refusal(Act.UNDO_DECISION, proposal, c.head) == "converted"
    opinions.used = False
    perform(Act.UNDO_DECISION, proposal, c.head, {"reason": "应当立案"})
    now = fresh(proposal)
    assert (now.state, now.converted_at, now.converted_as, opinions.taken) == ("reviewed", None, "", {})


# --- 意见建议 ---
def test_the_unit_signs_for_a_suggestion_and_says_what_it_does(c):
    proposal = rejected(c, "suggestion", disposition_unit=c.unit.pk)
    assert (todo(c.operator), todo(c.leader), todo(c.other_operator)) == (["签收意见建议"], ["签收意见建议"], [])
    assert "请研究后签收并告知采用情况" in told(c.operator)[-1]
    assert Proposal.objects.visible_to(c.operator).count() == 1
    with pytest.raises(Invalid):
        perform(Act.ACKNOWLEDGE_SUGGESTION, proposal, c.operator, {"adopted": "adopted"})
    perform(Act.ACKNOWLEDGE_SUGGESTION, proposal, c.operator, {"adopted": "partly", "reason": "已列入明年计划"})
    assert (fresh(proposal).converted_at is not None, todo(c.operator)) == (True, [])
    assert told(c.author)[-1].startswith("县教育局已签收您的意见建议并告知采用情况")
    assert refusal(Act.ACKNOWLEDGE_SUGGESTION, proposal, c.leader) == "acknowledged"
    assert refusal(Act.UNDO_DECISION, proposal, c.head) == "converted"


def test_a_suggestion_not_signed_for_comes_back(c):
    proposal = rejected(c, "suggestion", disposition_unit=c.unit.pk)
    perform(Act.UNDO_DECISION, proposal, c.head, {"reason": "应当立案"})
    assert (fresh(proposal).state, Proposal.objects.visible_to(c.operator).count()) == ("reviewed", 0)


def test_the_unit_reads_text_not_what_the_committee_says_inside(c, client):
    proposal = rejected(c, "suggestion", disposition_unit=c.unit.pk)
    people.agree(c.operator)
    client.force_login(c.operator)
    page = client.get(f"/proposals/{proposal.pk}/").content.decode()
    assert ("上下学时段校门口拥堵" in page, "初审意见" in page, "签收并告知采用情况" in page) == (True, False, True)


# --- 并案 ---
def merged(c) -> tuple[Proposal, Proposal]:
    main, other = make.filed(c), make.reviewed(c)
    perform(Act.MERGE, other, c.head, {"into": main.pk, "reason": "内容相同"})
    return main, other


def test_who_is_merged_is_asked_and_heard(c):
    main, other = merged(c)
    assert todo(c.author).count("对并案表示意见") == 1
    with pytest.raises(Invalid) as refused:
        perform(Act.ANSWER_MERGE, other, c.author, {"answer": "object"})
    assert list(refused.value.errors) == ["reason"]
    perform(Act.ANSWER_MERGE, other, c.author, {"answer": "object", "reason": "一件讲停车，一件讲校车"})
    assert (fresh(other).merge_answer, todo(c.author)) == ("object", [])
    assert "对并案有不同意见" in told(c.staff)[-1]
    assert todo(c.head).count("研究并案异议") == 1
    assert refusal(Act.ANSWER_MERGE, other, c.author, {"answer": "agree"}) == "merge_answered"
    perform(Act.UNDO_DECISION, other, c.head, {"reason": "提案人有异议"})
    assert (fresh(other).state, fresh(other).merge_answer, fresh(other).merge_words) == ("reviewed", "", "")


def test_consent_is_no_message_to_anybody(c):
    _main, other = merged(c)
    perform(Act.ANSWER_MERGE, other, c.author, {"answer": "agree"})
    assert (told(c.staff), told(c.head), todo(c.head)) == ([], [], [])


def test_a_merge_is_undone_until_the_main_case_is_assigned(c):
    main, other = merged(c)
    perform(Act.ASSIGN, main, c.staff, {"division": "sole", "unit": c.unit.pk})
    assert refusal(Act.UNDO_DECISION, other, c.head) == "main_assigned"
    perform(AssignmentAct.SIGN_FOR, make.share(main, c.unit), c.operator)
    assert fresh(other).merged_into == main


# --- 退回修改逾期 ---
def overdue(c) -> Proposal:
    proposal = make.reviewed(c)
    perform(Act.RETURN, proposal, c.head, {"reason": "补充", "change_due_on": timezone.localdate().isoformat()})
    Proposal.objects.filter(pk=proposal.pk).update(change_due_on="2026-01-05")
    return proposal


def test_an_overdue_change_is_on_the_lists_of_both(c):
    overdue(c)
    assert (todo(c.staff), todo(c.head), todo(c.author)) == (
        ["退回修改逾期，收回审定"], ["退回修改逾期，收回审定"], ["修改后重新提交"],
    )  # fmt: skip


def test_it_is_taken_back_with_the_text_that_was_sent_back(c):
    proposal = overdue(c)
    drafting.save(proposal, c.author, {"situation": "改了一半"}, suggestions=["只剩一条"])
    perform(Act.TAKE_BACK, proposal, c.staff, {"reason": "到期未改"})
    now = fresh(proposal)
    assert (now.state, now.change_due_on, now.situation) == ("reviewed", None, "上下学时段校门口拥堵，存在安全隐患。")
    assert list(now.suggestions.values_list("text", flat=True)) == ["增设减速带", "错时上下学"]
    kept = now.snapshots.get(occasion="收回前未提交的修改")
    assert (kept.situation, kept.suggestions) == ("改了一半", ["只剩一条"])
    perform(Act.FILE, proposal, c.head, {})


def test_nobody_takes_it_back_in_time_or_without_the_post(c):
    proposal = make.reviewed(c)
    perform(Act.RETURN, proposal, c.head, {"reason": "补充", "change_due_on": timezone.localdate().isoformat()})
    assert refusal(Act.TAKE_BACK, proposal, c.head) == "not_overdue"
    late = overdue(c)
    with pytest.raises(NotAllowed):
        perform(Act.TAKE_BACK, late, c.author, {"reason": "再议"})

"""The log of what was done: complete, chained, append-only in the database, and checkable."""

from io import StringIO

import pgtrigger
import pytest
from django.core.management import CommandError, call_command
from django.db import InternalError, connection, transaction

from notices.models import Outbox
from proposals.acts import AssignmentAct, ProposalAct
from proposals.models import Proposal
from tests.factories import county as make
from workflow import door
from workflow.chain import digest, link
from workflow.engine import perform
from workflow.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(c):
    return make.filed(c)


def events_of(proposal) -> list[Event]:
    return list(Event.objects.filter(case_process="proposal", case_id=proposal.pk).order_by("sequence"))


def tamper(sql: str, *params) -> None:
    """Change the log as somebody with the database's own rights could."""
    Outbox.objects.all().delete()
    with pgtrigger.ignore("workflow.Event:append_only"), connection.cursor() as cursor:
        cursor.execute(sql, params)


def verified() -> str:
    """What verify_events says; its complaint when it fails."""
    out = StringIO()
    try:
        call_command("verify_events", stdout=out)
    except CommandError as error:
        out.write(str(error))
    return out.getvalue()


def test_an_event_says_who_did_what_as_whom_and_through_which_door(c):
    proposal = make.reviewed(c)
    with door.through(door.API, "10.1.2.3"):
        event = perform(ProposalAct.RETURN, proposal, c.head, {"reason": "请补充数据"})
    kept = Event.objects.get(pk=event.pk)
    said = (
        kept.process, kept.object_id, kept.act, kept.label, kept.from_state, kept.to_state, kept.actor,
        kept.actor_name, kept.capacity, kept.reason, kept.origin, kept.door, kept.ip,
    )  # fmt: skip
    assert said == (
        "proposal", proposal.pk, "return", "退回修改", "reviewed", "returned", c.head,
        "孙立群", "提案委负责人", "请补充数据", "portal", "api", "10.1.2.3",
    )  # fmt: skip


def test_a_child_s_events_stand_in_its_parent_s_chain(c):
    mine = make.signed(c)
    last = events_of(mine.proposal)[-1]
    assert (last.process, last.object_id, last.act) == ("assignment", mine.pk, AssignmentAct.SIGN_FOR)


def test_each_event_carries_the_hash_of_the_one_before(proposal):
    events = events_of(proposal)
    assert [e.sequence for e in events] == [1, 2, 3, 4, 5]
    assert [e.previous_hash for e in events] == ["", *(e.hash for e in events[:-1])]
    assert [e.hash for e in events] == [digest(e) for e in events]
    fresh = Proposal.objects.get(pk=proposal.pk)
    assert (fresh.events_count, fresh.events_head) == (5, events[-1].hash)


@pytest.mark.parametrize("address", ["2001:DB8:0:0::0001", "::ffff:10.1.2.3", "fe80::1%eth0", "unix:", "", "x; drop"])
def test_the_chain_holds_however_the_address_was_spelled(c, rf, address):
    proposal = make.draft(c)
    middleware = door.DoorMiddleware(lambda request: perform(ProposalAct.SUBMIT, proposal, c.author))
    event = middleware(rf.get("/", REMOTE_ADDR=address))
    kept = {"2": "2001:db8::1", ":": "10.1.2.3", "f": "fe80::1"}.get(address[:1])
    assert (Event.objects.get(pk=event.pk).ip, event.door) == (kept, "portal")
    assert verified() == "办理记录完好，共 2 条。\n"


@pytest.mark.parametrize("change", ["UPDATE workflow_event SET label = '改'", "DELETE FROM workflow_event"])
def test_the_database_refuses_to_change_or_remove_an_event(proposal, change):
    with (
        pytest.raises(InternalError, match="Cannot update or delete"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)
    assert len(events_of(proposal)) == 5


def test_a_whole_log(proposal):
    assert verified() == "办理记录完好，共 5 条。\n"


def test_a_changed_event_is_found(proposal):
    tamper("UPDATE workflow_event SET reason = '别的理由' WHERE case_id = %s AND sequence = 3", proposal.pk)
    assert verified() == f"提案 {proposal.pk}：第 3 条内容被改动\n办理记录有 1 处异常，请立即报告审计管理员。"


def test_a_missing_event_is_found(proposal):
    tamper("DELETE FROM workflow_event WHERE case_id = %s AND sequence = 3", proposal.pk)
    assert verified() == (
        f"提案 {proposal.pk}：第 3 条记录缺失\n提案 {proposal.pk}：第 4 条与上一条不衔接\n"
        "办理记录有 2 处异常，请立即报告审计管理员。"
    )


def test_a_cut_off_tail_is_found(proposal):
    tamper("DELETE FROM workflow_event WHERE case_id = %s AND sequence = 5", proposal.pk)
    assert verified() == (
        f"提案 {proposal.pk}：事项登记 5 条记录，实有至第 4 条，末尾不一致\n办理记录有 1 处异常，请立即报告审计管理员。"
    )


def test_a_log_that_is_gone_altogether_is_found(proposal):
    tamper("DELETE FROM workflow_event WHERE case_id = %s", proposal.pk)
    assert verified() == (f"提案 {proposal.pk}：登记 5 条记录，实有 0 条\n办理记录有 1 处异常，请立即报告审计管理员。")


def test_an_inserted_event_is_found(proposal):
    """Even one that is well linked: the case remembers how many there were."""
    last = events_of(proposal)[-1]
    forged = Event.objects.get(pk=last.pk)
    forged.pk, forged.label = None, "伪造"
    link(forged, 6, last.hash).save(force_insert=True)
    assert verified() == (
        f"提案 {proposal.pk}：事项登记 5 条记录，实有至第 6 条，末尾不一致\n办理记录有 1 处异常，请立即报告审计管理员。"
    )


def test_an_event_of_no_case_is_found(proposal):
    stray = events_of(proposal)[0]
    stray.pk, stray.case_process, stray.case_id = None, "nothing", 1
    link(stray, 1, "").save(force_insert=True)
    assert verified() == "有 1 条记录不属于任何事项（nothing）\n办理记录有 1 处异常，请立即报告审计管理员。"


def test_two_rows_exchanged_are_found(proposal):
    swap = "UPDATE workflow_event SET sequence = %s WHERE case_id = %s AND sequence = %s"
    for new, old in ((99, 2), (2, 3), (3, 99)):
        tamper(swap, new, proposal.pk, old)
    assert verified().endswith("办理记录有 5 处异常，请立即报告审计管理员。")

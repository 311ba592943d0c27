"""Many cases with a past, recorded at once: only by opening rows of SYSTEM, each whole in its chain."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command

from proposals.acts import CosignatureAct, ProposalAct
from proposals.models import Cosignature, Proposal
from tests.factories import people
from workflow import listeners
from workflow.models import Event
from workflow.recording import Record, record_many, record_parts

pytestmark = pytest.mark.django_db
THEN = datetime(2020, 4, 20, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
ACT = ProposalAct.RECORD_FROM_LEDGER


def records(count: int, state: str = "filed") -> list[Record]:
    session, person = people.session(), people.person()
    return [
        Record(Proposal(session=session, title=f"第{n}件", first_proposer=person), {"state": state}, {"line": n}, THEN)
        for n in range(count)
    ]


def test_each_case_has_its_state_and_its_one_event():
    made = records(3)
    assert record_many(ACT, made, origin="ledger", on_behalf_of="何静") == 3
    cases = Proposal.objects.order_by("pk")
    assert [(c.state, c.version, c.events_count) for c in cases] == [("filed", 1, 1)] * 3
    events = Event.objects.order_by("pk")
    assert [(e.case_id, e.happened_at, e.origin, e.on_behalf_of, e.data) for e in events] == [
        (case.pk, THEN, "ledger", "何静", {"line": n}) for n, case in enumerate(cases)
    ]
    assert [e.hash for e in events] == [c.events_head for c in cases] == [r.case.events_head for r in made]
    call_command("verify_events")


@pytest.mark.parametrize(("act", "state"), [
    (ProposalAct.CREATE, "draft"), (ProposalAct.FILE, "filed"), ("nonsense", "filed"),
    (ACT, "draft"), (ACT, "tripartite"), (ACT, "nonsense"),
])  # fmt: skip
def test_no_other_row_and_no_other_state(act, state):
    with pytest.raises(ValueError, match="cannot lead|does not record"):
        record_many(act, records(1, state), origin="ledger")
    assert (Proposal.objects.count(), Event.objects.count()) == (0, 0)


def test_children_take_their_state_and_leave_no_event_of_their_own():
    [record] = records(1)
    record_many(ACT, [record], origin="ledger")
    signature = Cosignature(proposal=record.case, person=people.person(), invited_at=THEN)
    assert record_parts(CosignatureAct.RECORD_FROM_LEDGER, [Record(signature, {"state": "agreed"})]) == 1
    assert (Cosignature.objects.get().state, Event.objects.count()) == ("agreed", 1)


def test_listeners_hear_of_each_case(monkeypatch):
    heard = []
    monkeypatch.setattr(listeners, "_listeners", [lambda event, row, case: heard.append((event.act, case.title))])
    record_many(ACT, records(2), origin="ledger")
    assert heard == [("record_from_ledger", "第0件"), ("record_from_ledger", "第1件")]


def test_nothing_to_record():
    assert record_many(ACT, [], origin="ledger") == record_parts(ACT, []) == 0


@pytest.mark.parametrize("count", [2, 200])
def test_the_statements_do_not_grow_with_the_cases(count, django_assert_num_queries):
    made = records(count)
    with django_assert_num_queries(5):
        record_many(ACT, made, origin="ledger")

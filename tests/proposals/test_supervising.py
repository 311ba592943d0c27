"""督: a 重点提案 from candidate to the yearly summary, supervision with demands, 批示, voiding; who may see what."""

from datetime import timedelta

import pytest
from django.core import mail  # noqa: F401
from django.utils import timezone

from proposals.acts import AssignmentAct as A
from proposals.acts import ProposalAct as P
from proposals.models import Demand, KeyProposal, Supervision
from tests.factories import county as make
from tests.factories import people
from workflow.engine import perform

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(c):
    """The county's leaders and the committee's."""
    government = people.organization("leadership", "县政府")
    leader = people.user("林志远")
    people.appoint(leader, government, "leader", title="县长")
    return {"leader": leader, "supervisor": people.member("沈国华", seat_kind="vice_chair"),
            "other": people.holder(government, "leader", "顾长河")}  # fmt: skip


def in_days(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def decided(c, lead, proposal):
    perform(P.NOMINATE_KEY, proposal, c.staff, {"reason": "群众关注"})
    asked = {"asked": "民盟西平支部", "on": in_days(0), "supports": "yes", "opinion": ""}
    perform(P.CONSULT_KEY, proposal, c.staff, asked)
    perform(P.DECIDE_KEY, proposal, c.head, {"on": in_days(0), "document_number": "西协〔2026〕3号"})
    names = {"leader": lead["leader"].person_id, "supervisor": lead["supervisor"].person_id, "plan": "六月视察"}
    perform(P.NAME_LEADERS, proposal, c.staff, names)
    return KeyProposal.objects.get(proposal=proposal)


def record(proposal, *rows, **more) -> dict:
    data = {
        "form": "inspection",
        "on": in_days(0),
        "participants": "提案人、县教育局",
        "findings": "进度偏慢。",
        **more,
    }
    for n, (share, text, days) in enumerate(rows, start=1):
        data |= {f"unit_{n}": share.pk, f"demand_{n}": text, f"due_{n}": in_days(days)}
    return data


def test_from_candidate_to_report(c, lead):
    proposal = make.assigned(c, division="separate")
    entry = decided(c, lead, proposal)
    assert (entry.status, entry.leader_name, entry.supervisor_name) == ("decided", "县长林志远", "县政协副主席沈国华")
    mine, other = make.share(proposal, c.unit), make.share(proposal, c.other_unit)
    perform(P.SUPERVISE, proposal, c.staff, record(proposal, (mine, "增设减速带", 3), (other, "落实经费", 1)))
    perform(A.ANSWER_DEMAND, mine, c.operator, {"demand": mine.demands.get().pk, "answer": "已增设。"})
    assert Demand.objects.open().count() == 1
    perform(P.INSTRUCT, proposal, lead["leader"], {"text": "请抓紧。"})
    assert Supervision.objects.instructions().get().leader_name == "县长林志远"

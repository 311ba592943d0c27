"""What comes last in the round of every act: 撤并, 评优 and 归档."""

from django.utils import timezone

from members import succession
from proposals.acts import AssignmentAct as A
from proposals.acts import ProposalAct as P
from proposals.models import AwardNomination, AwardSelection, Proposal
from tests.factories import county as make
from tests.factories import people


def closed(c):
    mine = make.replied(c, make.signed(c))
    make.perform(A.RATE, mine, c.author, make.rating())
    return Proposal.objects.get(pk=mine.proposal_id)


def merge_units(c):
    """撤并: one share goes over, and of two in one case one falls away, which leaves the other alone."""
    old, new = people.organization("unit"), people.organization("unit")
    for division in ({"division": "sole", "unit": old.pk}, {"division": "separate", "others": [old.pk, new.pk]}):
        make.perform(P.ASSIGN, make.filed(c), c.staff, division)
    succession.succeed(succession.prepare(old, new, timezone.localdate(), "西办〔2026〕1号", c.administrator), set())


def honour(do, c, proposal):
    AwardSelection.objects.update_or_create(session=c.session, defaults={"stage": "nominating", "decided_on": None})
    nomination = {"nominator": c.party.pk, "reason": "调研扎实"}
    do(P.NOMINATE, proposal, c.staff, nomination)
    do(P.WITHDRAW_NOMINATION, proposal, c.staff, {"reason": "推荐有误"})
    do(P.NOMINATE, proposal, c.staff, nomination)
    AwardNomination.objects.filter(proposal=proposal, withdrawn_at=None).update(chosen=True)
    AwardSelection.objects.update(stage="decided", decided_on=timezone.localdate(), document="西协发〔2026〕1号")
    do(P.AWARD, proposal, c.head)
    do(P.REVOKE_AWARD, proposal, c.head, {"reason": "抄袭"})
    do(P.ARCHIVE, proposal, c.staff)

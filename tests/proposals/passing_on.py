"""Acts by which an office puts a case into other hands, for the tests that try every act."""

from django.utils import timezone

from members import succession
from proposals.acts import AssignmentAct as A
from proposals.acts import ProposalAct as P
from tests.factories import county as make
from tests.factories import people


def every_act(do, c):
    """改交 of a share nobody gave back, and 会办 units added of which one takes the lead afterwards."""
    mine = make.share(make.assigned(c), c.unit)
    do(A.REASSIGN, mine, c.dispatch, {"new_unit": c.third_unit.pk, "reason": "职责不符"})
    lead = make.share(mine.proposal, c.third_unit)
    do(A.ADD_ASSISTANTS, lead, c.staff, {"units": [c.unit.pk, c.other_unit.pk]})
    do(A.REASSIGN, lead, c.head, {"new_unit": c.unit.pk, "reason": "以教育为主"})
    merge_units(c)


def merge_units(c):
    """撤并: one share goes over, and of two in one case one falls away, which leaves the other alone."""
    old, new = people.organization("unit"), people.organization("unit")
    for division in ({"division": "sole", "unit": old.pk}, {"division": "separate", "others": [old.pk, new.pk]}):
        make.perform(P.ASSIGN, make.filed(c), c.staff, division)
    succession.succeed(succession.prepare(old, new, timezone.localdate(), "西办〔2026〕1号", c.administrator), set())

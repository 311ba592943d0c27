"""The due rules of reports that a committee starts with; staff change them in the admin.

Written after every `migrate` and every flush for the steps that have no rule yet, as the other rules are.
"""

from deadlines.defaults import VALID_FROM

from . import clocks
from .kinds import Urgency

# step, kind, amount, unit, reminded so many working days before, every so many while late, unit's leader told after
RULES = (
    (clocks.HANDLE, "", 10, "working_days", "2,0", 3, None),
    (clocks.HANDLE, Urgency.URGENT, 3, "working_days", "1,0", 1, None),
    (clocks.HANDLE, Urgency.PRESSING, 1, "days", "1,0", 1, None),
    (clocks.SIGN, "", 3, "working_days", "1,0", 2, 1),
    (clocks.SIGN, Urgency.PRESSING, 1, "working_days", "0", 1, 1),
    (clocks.REPLY, "", 30, "days", "5,1,0", 3, 1),
    (clocks.REPLY, Urgency.URGENT, 10, "working_days", "3,1,0", 2, 1),
    (clocks.REPLY, Urgency.PRESSING, 3, "working_days", "1,0", 1, 1),
)


def fill_empty_tables(*, apps=None, **kwargs) -> None:
    if apps is not None and "duerule" not in apps.all_models["deadlines"]:
        return
    from deadlines.models import DueRule

    known = set(DueRule.objects.filter(step__in=[step for step, *_ in RULES]).values_list("step", flat=True))
    DueRule.objects.bulk_create(_rule(DueRule, row) for row in RULES if row[0] not in known)


def _rule(model, row: tuple):
    step, kind, amount, unit, before, every, leader = row
    return model(
        step=step, kind=str(kind), amount=amount, unit=unit, counted_from=_counted_from(step), valid_from=VALID_FROM,
        reminder_days=before, remind_overdue_every=every, escalate_unit_leader_after=leader,
        basis="系统默认，可按本县办法修改",
    )  # fmt: skip


def _counted_from(step: str) -> str:
    return next(words for key, _label, words in clocks.STEPS if key == step)

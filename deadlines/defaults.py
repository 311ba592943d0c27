"""The due rules a new installation starts with; staff change them in the admin."""

import datetime

from deadlines import steps
from deadlines.models import DueRule, Unit

VALID_FROM = datetime.date(2000, 1, 1)

# step, amount, unit, yellow and orange in calendar days before the due date. None: yellow when
# half of the working days are gone, orange on the last one (the lights of the short steps).
RULES = (
    ("sign", 3, Unit.WORKING_DAYS, None, None),
    ("return_request", 5, Unit.WORKING_DAYS, None, None),
    ("decide_return", 3, Unit.WORKING_DAYS, None, None),
    ("first_contact", 15, Unit.WORKING_DAYS, None, None),
    ("opinion", 30, Unit.DAYS, 15, 5),
    ("reply", 3, Unit.MONTHS, 15, 5),
    ("draft_comment", 10, Unit.WORKING_DAYS, None, None),
    ("rating", 15, Unit.WORKING_DAYS, None, None),
    ("rehandle", 30, Unit.DAYS, 15, 5),
    ("publish", 20, Unit.WORKING_DAYS, None, None),
    # Dates that people set: the rule says who is reminded, and when.
    *((key, None, Unit.SET, None, None) for key in ("cosign", "proxy_confirm", "change", "decide_extension")),
    *((key, None, Unit.SET, None, None) for key in ("demand", "commitment")),
)

# step: reminded so many working days before, every so many working days while late, and after how many working days
# late the unit's leader, the dispatch office and the leading leader are told. Whoever is asked for an opinion or a
# rating is not pressed once the date is over: the procedure goes on without it.
REMINDERS = {
    "sign": ("1,0", 2, 1, 3, None),
    "return_request": ("", None, None, None, None),
    "decide_return": ("1,0", 2, None, None, None),
    "first_contact": ("5,1,0", 5, 3, 5, None),
    "opinion": ("5,1,0", 3, 1, 5, None),
    "reply": ("15,5,1,0", 5, 1, 5, 10),
    "draft_comment": ("5,1", None, None, None, None),
    "rating": ("5,0", None, None, None, None),
    "rehandle": ("10,5,1,0", 3, 1, 3, 5),
    "publish": ("5,1,0", None, None, None, None),
    "cosign": ("1,0", None, None, None, None),
    "proxy_confirm": ("5,1", None, None, None, None),
    "change": ("3,1,0", None, None, None, None),
    "decide_extension": ("3,1,0", 2, None, None, None),
    "demand": ("5,1,0", 3, 1, 5, 10),
    "commitment": ("20,5,0", 10, 5, 10, 20),
}
REMINDER_FIELDS = (
    "reminder_days",
    "remind_overdue_every",
    "escalate_unit_leader_after",
    "escalate_dispatch_after",
    "escalate_leading_after",
)


def reminders_of(step: str) -> dict:
    """The fields of a rule of this step that say who is reminded, and when."""
    return dict(zip(REMINDER_FIELDS, REMINDERS[step], strict=True))


def write_rules() -> None:
    DueRule.objects.bulk_create(
        DueRule(
            step=step,
            amount=amount,
            unit=unit,
            counted_from=steps.get(step).counted_from,
            yellow_before=yellow,
            orange_before=orange,
            valid_from=VALID_FROM,
            basis="系统默认，可按本县办法修改",
            **reminders_of(step),
        )
        for step, amount, unit, yellow, orange in RULES
    )

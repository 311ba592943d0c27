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
    ("first_contact", 15, Unit.WORKING_DAYS, None, None),
    ("opinion", 30, Unit.DAYS, 15, 5),
    ("reply", 3, Unit.MONTHS, 15, 5),
    ("draft_comment", 10, Unit.WORKING_DAYS, None, None),
    ("rating", 15, Unit.WORKING_DAYS, None, None),
    ("rehandle", 30, Unit.DAYS, 15, 5),
    ("publish", 20, Unit.WORKING_DAYS, None, None),
)


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
        )
        for step, amount, unit, yellow, orange in RULES
    )

"""The calendar and the due rules are never empty.

Called after every `migrate` and after every flush of a test database, as Django itself does
for permissions: without a calendar no due date can be given. Rows already there are left alone.
"""

from deadlines.defaults import write_rules
from deadlines.filling import default_years, fill
from deadlines.models import CalendarDay, DueRule


def fill_empty_tables(*, apps=None, **kwargs) -> None:
    if apps is not None and not _tables_exist(apps):
        return
    if not DueRule.objects.exists():
        write_rules()
    if not CalendarDay.objects.exists():
        fill(default_years())


def _tables_exist(apps) -> bool:
    """False after `migrate deadlines zero`, when the migration state has no such model."""
    return {"duerule", "calendarday", "holidaynotice", "stamp"} <= apps.all_models["deadlines"].keys()

"""Who changed a rule or a day, kept by triggers. What the package of holidays brings in is no decision of people."""

import pghistory
import pgtrigger


def tracked_rule():
    """Class decorator: every insert, update and delete is kept."""
    return pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())


def tracked_day():
    """The same without the coming and going of rows of `source` library."""
    return pghistory.track(
        pghistory.InsertEvent(condition=~pgtrigger.Q(new__source="library")),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(condition=~pgtrigger.Q(old__source="library")),
    )

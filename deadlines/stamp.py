"""One row that changes whenever the calendar or a due rule changes.

Every process keeps the calendar and the rules in memory and asks only for this stamp
(one query of one row) before using them. The row is written by a statement trigger, not
by `save()`, so bulk writes, the admin, SQL and other processes are all seen.
This is the vendor SQL of this app and the only place of it.

The stamp is random, not a counter: a rolled-back transaction would otherwise leave a
number behind that a later change uses again for other content.
"""

import uuid

import pgtrigger
from django.db import models

_RENEW = """
    INSERT INTO deadlines_stamp (id, value) VALUES (1, gen_random_uuid())
    ON CONFLICT (id) DO UPDATE SET value = excluded.value;
    RETURN NULL;
"""


class Stamp(models.Model):
    id = models.PositiveSmallIntegerField("编号", primary_key=True, default=1)
    value = models.UUIDField("版本标记")

    class Meta:
        app_label = "deadlines"
        verbose_name = "日历与规则的版本标记"
        verbose_name_plural = "日历与规则的版本标记"

    def __str__(self):
        return str(self.value)


def current() -> uuid.UUID | None:
    """The stamp of what this transaction sees; None before anything was written."""
    return Stamp.objects.values_list("value", flat=True).first()


def stamp_trigger() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="renew_stamp",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=_RENEW,
    )

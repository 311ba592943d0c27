"""Deciding a return gets a rule of its own; an empty table is filled after `migrate` with the same values."""

import datetime

from django.db import migrations

STEP = "decide_return"


def write_rule(apps, schema_editor):
    rules = apps.get_model("deadlines", "DueRule").objects
    if not rules.exists() or rules.filter(step=STEP).exists():
        return
    rules.create(
        step=STEP, amount=3, unit="working_days", counted_from="申请退办之日", valid_from=datetime.date(2000, 1, 1),
        basis="系统默认，可按本县办法修改", reminder_days="1,0", remind_overdue_every=2,
    )  # fmt: skip


def forget_rule(apps, schema_editor):
    apps.get_model("deadlines", "DueRule").objects.filter(step=STEP).delete()


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0003_reminders")]

    operations = [migrations.RunPython(write_rule, forget_rule)]

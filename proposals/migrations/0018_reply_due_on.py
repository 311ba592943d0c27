"""A reply keeps the due date that it was sent under. What was sent before gets the date of the round that still stands;
of earlier rounds nothing is on record."""

from django.db import migrations, models
from django.db.models import F, OuterRef, Subquery


def fill(apps, schema_editor):
    replies, shares = (apps.get_model("proposals", name) for name in ("Reply", "Assignment"))
    standing = replies.objects.filter(sent_at__isnull=False, round=F("assignment__round"))
    dates = shares.objects.filter(pk=OuterRef("assignment_id")).values("due_on")[:1]
    standing.update(due_on=Subquery(dates))


class Migration(migrations.Migration):
    dependencies = [("proposals", "0017_return_dates")]

    operations = [
        migrations.AddField(
            model_name="reply",
            name="due_on",
            field=models.DateField(
                blank=True,
                help_text="发出时的办理期限；再次办理另定期限，不改变这一天。",
                null=True,
                verbose_name="本轮办理期限",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]

from django.db import migrations, models
from django.db.models import Max, OuterRef, Subquery


def note_since_when_returns_wait(apps, schema_editor):
    """Those that wait now get their date from the log; of the others nobody asks."""
    events = apps.get_model("workflow", "Event").objects.filter(
        process="assignment", act="request_return", object_id=OuterRef("pk")
    )
    latest = events.order_by().values("object_id").annotate(at=Max("happened_at")).values("at")
    waiting = apps.get_model("proposals", "Assignment").objects.filter(state="return_requested")
    waiting.update(return_asked_at=Subquery(latest))


class Migration(migrations.Migration):

    dependencies = [
        ('proposals', '0016_letters_drafts_contacts'),
        ('workflow', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='assignment',
            name='return_asked_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='申请退办时间'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='sign_restarted_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='签收重新起算时间'),
        ),
        migrations.RunPython(note_since_when_returns_wait, migrations.RunPython.noop),
    ]

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('documents', '0002_scanned'),
    ]

    dependencies = [
        ('documents', '0001_squashed_0001_attachments'),
        ('members', '__first__'),
    ]

    operations = [
        migrations.AddField(
            model_name='attachment',
            name='uploaded_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='上传人'),
        ),
        migrations.AddIndex(
            model_name='attachment',
            index=models.Index(fields=['subject', 'subject_id'], name='attachment_subject'),
        ),
        migrations.AddIndex(
            model_name='attachment',
            index=models.Index(condition=models.Q(('subject', '')), fields=['uploaded_by', 'moved_at'], name='attachment_waiting'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('subject', ''), ('subject_id', None)), models.Q(models.Q(('subject', ''), _negated=True), ('subject_id__isnull', False)), _connector='OR'), name='attachment_subject_whole'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.CheckConstraint(condition=models.Q(('size__gt', 0)), name='attachment_size_positive'),
        ),
    ]


from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0001_inbox_and_outbox'),
    ]

    operations = [
        migrations.AddField(
            model_name='message',
            name='kind',
            field=models.CharField(default='act', editable=False, max_length=20, verbose_name='类别'),
        ),
        migrations.AddField(
            model_name='message',
            name='urgent',
            field=models.BooleanField(default=False, editable=False, verbose_name='紧急'),
        ),
    ]

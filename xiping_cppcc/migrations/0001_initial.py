from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                ("name", models.CharField(max_length=30, primary_key=True, serialize=False, verbose_name="名称")),
                ("beat_at", models.DateTimeField(verbose_name="最近一次")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
            ],
            options={
                "verbose_name": "运行心跳",
                "verbose_name_plural": "运行心跳",
                "db_table": "heartbeat",
            },
        ),
    ]

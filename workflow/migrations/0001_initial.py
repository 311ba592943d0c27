import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('members', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('process', models.CharField(max_length=32, verbose_name='流程')),
                ('object_id', models.BigIntegerField(verbose_name='对象编号')),
                ('case_process', models.CharField(max_length=32, verbose_name='所属事项')),
                ('case_id', models.BigIntegerField(verbose_name='事项编号')),
                ('sequence', models.PositiveIntegerField(verbose_name='序号')),
                ('act', models.CharField(max_length=40, verbose_name='动作')),
                ('label', models.CharField(max_length=40, verbose_name='动作名称')),
                ('from_state', models.CharField(blank=True, max_length=32, verbose_name='原状态')),
                ('to_state', models.CharField(blank=True, max_length=32, verbose_name='新状态')),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='操作人')),
                ('actor_name', models.CharField(max_length=80, verbose_name='操作人姓名')),
                ('capacity', models.CharField(blank=True, max_length=80, verbose_name='身份')),
                ('on_behalf_of', models.CharField(blank=True, max_length=120, verbose_name='代何人')),
                ('reason', models.TextField(blank=True, verbose_name='理由')),
                ('data', models.JSONField(default=dict, verbose_name='内容')),
                ('happened_at', models.DateTimeField(verbose_name='发生时间')),
                ('recorded_at', models.DateTimeField(verbose_name='记录时间')),
                ('origin', models.CharField(default='portal', max_length=16, verbose_name='来源')),
                ('door', models.CharField(max_length=16, verbose_name='入口')),
                ('ip', models.GenericIPAddressField(null=True, verbose_name='地址')),
                ('previous_hash', models.CharField(blank=True, max_length=64, verbose_name='上一条校验值')),
                ('hash', models.CharField(max_length=64, verbose_name='校验值')),
            ],
            options={
                'verbose_name': '办理记录',
                'verbose_name_plural': '办理记录',
                'ordering': ['case_process', 'case_id', 'sequence'],
                'indexes': [models.Index(fields=['process', 'object_id'], name='event_object'), models.Index(fields=['act', 'happened_at'], name='event_act_time')],
                'constraints': [models.UniqueConstraint(fields=('case_process', 'case_id', 'sequence'), name='event_sequence_unique')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='event',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='871ca2b21189b96d050afefeea4c18f0fb21c466', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5dbf6', table='workflow_event', when='BEFORE')),
        ),
    ]

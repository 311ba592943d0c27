"""催办, 督办通知书, 承诺事项 as a process of its own, B 类转 A 类."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


def begin_commitments(apps, schema_editor):
    """Promises of sent replies are open, those of a reply that a later round replaced are voided; drafts stay drafts."""
    commitment = apps.get_model("proposals", "Commitment")
    rows = commitment.objects.select_related("reply__assignment")
    for row in rows.iterator(chunk_size=2000):
        reply = row.reply
        row.proposal_id, row.state = reply.assignment.proposal_id, "draft"
        if reply.sent_at is not None:
            later = reply.assignment.replies.filter(round__gt=reply.round, sent_at__isnull=False).exists()
            row.state = "done" if row.done_on else "voided" if later else "open"
            row.promised_on = row.due_on
        row.save(update_fields=["proposal", "state", "promised_on"])
    schema_editor.connection.check_constraints()  # so that the table may be altered in the same transaction


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0008_windows_and_support'),
        ('pghistory', '0007_auto_20250421_0444'),
        ("proposals", "0011_key_proposals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CommitmentNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('progress', '进展'), ('postponed', '延期'), ('reported', '报办结'), ('returned', '退回继续落实'), ('urged', '催办')], max_length=10, verbose_name='类别')),
                ('on', models.DateField(verbose_name='日期')),
                ('text', models.CharField(blank=True, max_length=1000, verbose_name='内容')),
                ('old_due_on', models.DateField(blank=True, null=True, verbose_name='原期限')),
                ('new_due_on', models.DateField(blank=True, null=True, verbose_name='新期限')),
                ('at', models.DateTimeField(verbose_name='登记时间')),
            ],
            options={
                'verbose_name': '承诺落实记录',
                'verbose_name_plural': '承诺落实记录',
                'ordering': ['commitment', 'at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='NoticeCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(help_text='例如：西政协提督。印在发文字号最前面。', max_length=20, unique=True, verbose_name='发文代字')),
            ],
            options={
                'verbose_name': '督办通知书字号',
                'verbose_name_plural': '督办通知书字号',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='NoticeCodeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('code', models.CharField(help_text='例如：西政协提督。印在发文字号最前面。', max_length=20, verbose_name='发文代字')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Upgrade',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='落实情况说明')),
                ('asked_at', models.DateTimeField(verbose_name='提出时间')),
                ('answer', models.CharField(blank=True, choices=[('consented', '同意'), ('declined', '不同意')], max_length=10, verbose_name='提案人意见')),
                ('answer_reason', models.CharField(blank=True, max_length=500, verbose_name='提案人说明')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='提案人答复时间')),
                ('decision', models.CharField(blank=True, choices=[('granted', '已转为 A 类'), ('refused', '未予转类')], max_length=10, verbose_name='提案委决定')),
                ('decision_reason', models.CharField(blank=True, max_length=500, verbose_name='决定说明')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='决定时间')),
            ],
            options={
                'verbose_name': '转类申请',
                'verbose_name_plural': '转类申请',
                'ordering': ['reply', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Urge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('remind', '提醒'), ('urge', '催办'), ('notice', '督办通知书')], max_length=8, verbose_name='方式')),
                ('text', models.CharField(blank=True, max_length=200, verbose_name='催办内容')),
                ('step', models.CharField(blank=True, choices=[('sign', '签收'), ('first_contact', '首次联系'), ('opinion', '会办意见'), ('reply', '答复')], max_length=16, verbose_name='逾期环节')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='该环节期限')),
                ('on', models.DateField(verbose_name='日期')),
                ('at', models.DateTimeField(verbose_name='时间')),
            ],
            options={
                'verbose_name': '催办',
                'verbose_name_plural': '催办',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='UrgeNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, verbose_name='发文代字')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('serial', models.PositiveIntegerField(verbose_name='序号')),
                ('text', models.CharField(blank=True, max_length=500, verbose_name='督办要求')),
                ('required_on', models.DateField(verbose_name='要求办结日期')),
                ('issued_at', models.DateTimeField(verbose_name='出具时间')),
            ],
            options={
                'verbose_name': '督办通知书',
                'verbose_name_plural': '督办通知书',
                'ordering': ['-issued_at', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='commitment',
            name='promised_on',
            field=models.DateField(blank=True, null=True, verbose_name='原定期限'),
        ),
        migrations.AddField(
            model_name='commitment',
            name='proposal',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='commitments', to='proposals.proposal', verbose_name='提案'),
        ),
        migrations.AddField(
            model_name='commitment',
            name='result',
            field=models.CharField(blank=True, max_length=1000, verbose_name='办结情况'),
        ),
        migrations.AddField(
            model_name='commitment',
            name='state',
            field=models.CharField(default='draft', editable=False, max_length=32, verbose_name='状态'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='commitment',
            name='version',
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name='版本'),
        ),
        migrations.AddField(
            model_name='reply',
            name='upgraded_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='转类时间'),
        ),
        migrations.AddField(
            model_name='reply',
            name='upgraded_to',
            field=models.CharField(blank=True, choices=[('A', 'A 已解决或基本解决（采纳）'), ('B', 'B 正在解决或列入计划'), ('C', 'C 因条件限制暂难解决，已说明情况'), ('D', 'D 留作参考')], max_length=1, verbose_name='转为'),
        ),
        migrations.AddIndex(
            model_name='commitment',
            index=models.Index(fields=['state', 'due_on'], name='commitment_state_due'),
        ),
        migrations.AddField(
            model_name='commitmentnote',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人'),
        ),
        migrations.AddField(
            model_name='commitmentnote',
            name='commitment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='proposals.commitment', verbose_name='承诺事项'),
        ),
        migrations.AddField(
            model_name='noticecode',
            name='issuer',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='notice_code', to='members.organization', verbose_name='发文单位'),
        ),
        migrations.AddField(
            model_name='noticecodeevent',
            name='issuer',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organization', verbose_name='发文单位'),
        ),
        migrations.AddField(
            model_name='noticecodeevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='noticecodeevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='proposals.noticecode'),
        ),
        migrations.AddField(
            model_name='upgrade',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='提出人'),
        ),
        migrations.AddField(
            model_name='upgrade',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='决定人'),
        ),
        migrations.AddField(
            model_name='upgrade',
            name='reply',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='upgrades', to='proposals.reply', verbose_name='答复'),
        ),
        migrations.AddField(
            model_name='urge',
            name='assignment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='urges', to='proposals.assignment', verbose_name='交办'),
        ),
        migrations.AddField(
            model_name='urge',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='催办人'),
        ),
        migrations.AddField(
            model_name='urgenotice',
            name='issued_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='出具人'),
        ),
        migrations.AddField(
            model_name='urgenotice',
            name='issuer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organization', verbose_name='发文单位'),
        ),
        migrations.AddField(
            model_name='urgenotice',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='urge_notices', to='members.organization', verbose_name='致'),
        ),
        migrations.AddField(
            model_name='urge',
            name='notice',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='urges', to='proposals.urgenotice', verbose_name='督办通知书'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='noticecode',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "proposals_noticecodeevent" ("code", "id", "issuer_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."id", NEW."issuer_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='183b8bd49aed862bf260f8fc7b4bfc53ee9bb4f0', operation='INSERT', pgid='pgtrigger_insert_insert_99493', table='proposals_noticecode', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='noticecode',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "proposals_noticecodeevent" ("code", "id", "issuer_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."id", NEW."issuer_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='299e9054f97c6c61bf8d547fd4539118671e4285', operation='UPDATE', pgid='pgtrigger_update_update_88cf9', table='proposals_noticecode', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='noticecode',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "proposals_noticecodeevent" ("code", "id", "issuer_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."code", OLD."id", OLD."issuer_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='2a9023cdb0e14a60043df4076d2292644078fc44', operation='DELETE', pgid='pgtrigger_delete_delete_c83e8', table='proposals_noticecode', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='upgrade',
            constraint=models.UniqueConstraint(condition=models.Q(('decision', ''), models.Q(('answer', 'declined'), _negated=True)), fields=('reply',), name='upgrade_one_open'),
        ),
        migrations.AddConstraint(
            model_name='urgenotice',
            constraint=models.UniqueConstraint(fields=('code', 'year', 'serial'), name='urge_notice_number_unique'),
        ),
        migrations.AddConstraint(
            model_name='urge',
            constraint=models.UniqueConstraint(fields=('assignment', 'on'), name='urge_once_a_day'),
        ),
        migrations.RunPython(begin_commitments, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='commitment',
            name='proposal',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='commitments', to='proposals.proposal', verbose_name='提案'),
        ),
    ]

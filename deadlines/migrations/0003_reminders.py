import datetime

import django.core.validators
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


VALID_FROM = datetime.date(2000, 1, 1)
FIELDS = (
    "reminder_days", "remind_overdue_every", "escalate_unit_leader_after", "escalate_dispatch_after",
    "escalate_leading_after",
)
# The rules that exist, by step; the same as deadlines/defaults.py says for a new installation.
KNOWN = {
    "sign": ("1,0", 2, 1, 3, None),
    "first_contact": ("5,1,0", 5, 3, 5, None),
    "opinion": ("5,1,0", 3, 1, 5, None),
    "reply": ("15,5,1,0", 5, 1, 5, 10),
    "draft_comment": ("5,1", None, None, None, None),
    "rating": ("5,0", None, None, None, None),
    "rehandle": ("10,5,1,0", 3, 1, 3, 5),
    "publish": ("5,1,0", None, None, None, None),
}
# Steps whose dates people set had no rule until now.
SET = {
    "cosign": ("联名截止时间由提案人确定", ("1,0", None, None, None, None)),
    "proxy_confirm": ("代录之日起 15 个工作日", ("5,1", None, None, None, None)),
    "change": ("修改期限由提案委在退回时确定", ("3,1,0", None, None, None, None)),
    "decide_extension": ("应在原办理期限之前决定", ("3,1,0", 2, None, None, None)),
    "demand": ("反馈期限在登记督办或批示时确定", ("5,1,0", 3, 1, 5, 10)),
    "commitment": ("完成期限由答复写明，可经批准延期", ("20,5,0", 10, 5, 10, 20)),
}


def write_reminders(apps, schema_editor):
    """An empty table is filled after `migrate` (deadlines/seeding.py), with the same values."""
    rules = apps.get_model("deadlines", "DueRule").objects
    if not rules.exists():
        return
    for step, values in KNOWN.items():
        rules.filter(step=step).update(**dict(zip(FIELDS, values, strict=True)))
    rules.bulk_create(
        rules.model(
            step=step, unit="set", counted_from=counted_from, valid_from=VALID_FROM,
            basis="系统默认，可按本县办法修改", **dict(zip(FIELDS, values, strict=True)),
        )
        for step, (counted_from, values) in SET.items()
    )


def forget_set_steps(apps, schema_editor):
    """With their history: the column that the older version has does not take rows without an amount."""
    apps.get_model("deadlines", "DueRule").objects.filter(unit="set").delete()
    apps.get_model("deadlines", "DueRuleEvent").objects.filter(unit="set").delete()


class Migration(migrations.Migration):

    dependencies = [
        ('deadlines', '0002_history'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='duerule',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='duerule',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='duerule',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='duerule',
            name='escalate_dispatch_after',
            field=models.PositiveSmallIntegerField(blank=True, help_text='不填则不告知。', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(250)], verbose_name='逾期几个工作日后告知交办机构'),
        ),
        migrations.AddField(
            model_name='duerule',
            name='escalate_leading_after',
            field=models.PositiveSmallIntegerField(blank=True, help_text='只有重点提案有领办、督办领导。不填则不告知。', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(250)], verbose_name='逾期几个工作日后告知领办督办领导'),
        ),
        migrations.AddField(
            model_name='duerule',
            name='escalate_unit_leader_after',
            field=models.PositiveSmallIntegerField(blank=True, help_text='不填则不告知。', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(250)], verbose_name='逾期几个工作日后告知承办单位领导'),
        ),
        migrations.AddField(
            model_name='duerule',
            name='quiet_while_waiting',
            field=models.BooleanField(default=True, help_text='正在等提案人意见或等会办意见时，暂停提醒经办人，轮到他办时再提醒。期限照常计算，不因此停止。', verbose_name='等别人时暂停提醒'),
        ),
        migrations.AddField(
            model_name='duerule',
            name='remind_overdue_every',
            field=models.PositiveSmallIntegerField(blank=True, help_text='不填则逾期后不再提醒。', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(250)], verbose_name='逾期后每隔几个工作日再提醒'),
        ),
        migrations.AddField(
            model_name='duerule',
            name='reminder_days',
            field=models.CharField(blank=True, help_text='用逗号分开，如 5,1,0：到期前 5 天、前 1 天和当天各提醒一次。不填则到期前不提醒。', max_length=60, verbose_name='到期前几天提醒'),
        ),
        migrations.AddField(
            model_name='duerule',
            name='reminder_unit',
            field=models.CharField(blank=True, choices=[('working_days', '工作日'), ('days', '日历天数（遇休息日，下一个工作日提醒）')], default='working_days', max_length=15, verbose_name='提醒天数按'),
        ),
        migrations.AddField(
            model_name='dueruleevent',
            name='escalate_dispatch_after',
            field=models.PositiveSmallIntegerField(blank=True, help_text='不填则不告知。', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(250)], verbose_name='逾期几个工作日后告知交办机构'),
        ),
        migrations.AddField(
            model_name='dueruleevent',
            name='escalate_leading_after',
            field=models.PositiveSmallIntegerField(blank=True, help_text='只有重点提案有领办、督办领导。不填则不告知。', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(250)], verbose_name='逾期几个工作日后告知领办督办领导'),
        ),
        migrations.AddField(
            model_name='dueruleevent',
            name='escalate_unit_leader_after',
            field=models.PositiveSmallIntegerField(blank=True, help_text='不填则不告知。', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(250)], verbose_name='逾期几个工作日后告知承办单位领导'),
        ),
        migrations.AddField(
            model_name='dueruleevent',
            name='quiet_while_waiting',
            field=models.BooleanField(default=True, help_text='正在等提案人意见或等会办意见时，暂停提醒经办人，轮到他办时再提醒。期限照常计算，不因此停止。', verbose_name='等别人时暂停提醒'),
        ),
        migrations.AddField(
            model_name='dueruleevent',
            name='remind_overdue_every',
            field=models.PositiveSmallIntegerField(blank=True, help_text='不填则逾期后不再提醒。', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(250)], verbose_name='逾期后每隔几个工作日再提醒'),
        ),
        migrations.AddField(
            model_name='dueruleevent',
            name='reminder_days',
            field=models.CharField(blank=True, help_text='用逗号分开，如 5,1,0：到期前 5 天、前 1 天和当天各提醒一次。不填则到期前不提醒。', max_length=60, verbose_name='到期前几天提醒'),
        ),
        migrations.AddField(
            model_name='dueruleevent',
            name='reminder_unit',
            field=models.CharField(blank=True, choices=[('working_days', '工作日'), ('days', '日历天数（遇休息日，下一个工作日提醒）')], default='working_days', max_length=15, verbose_name='提醒天数按'),
        ),
        migrations.AlterField(
            model_name='duerule',
            name='amount',
            field=models.PositiveSmallIntegerField(blank=True, help_text='期限由人在办理时确定的环节（如承诺事项）不填，单位选“办理时确定”。', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(730)], verbose_name='期限'),
        ),
        migrations.AlterField(
            model_name='duerule',
            name='unit',
            field=models.CharField(choices=[('working_days', '个工作日'), ('days', '日'), ('months', '个月'), ('set', '办理时确定')], max_length=15, verbose_name='单位'),
        ),
        migrations.AlterField(
            model_name='dueruleevent',
            name='amount',
            field=models.PositiveSmallIntegerField(blank=True, help_text='期限由人在办理时确定的环节（如承诺事项）不填，单位选“办理时确定”。', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(730)], verbose_name='期限'),
        ),
        migrations.AlterField(
            model_name='dueruleevent',
            name='unit',
            field=models.CharField(choices=[('working_days', '个工作日'), ('days', '日'), ('months', '个月'), ('set', '办理时确定')], max_length=15, verbose_name='单位'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='duerule',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "deadlines_dueruleevent" ("amount", "basis", "counted_from", "escalate_dispatch_after", "escalate_leading_after", "escalate_unit_leader_after", "id", "kind", "orange_before", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quiet_while_waiting", "remind_overdue_every", "reminder_days", "reminder_unit", "step", "unit", "valid_from", "valid_to", "yellow_before") VALUES (NEW."amount", NEW."basis", NEW."counted_from", NEW."escalate_dispatch_after", NEW."escalate_leading_after", NEW."escalate_unit_leader_after", NEW."id", NEW."kind", NEW."orange_before", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."quiet_while_waiting", NEW."remind_overdue_every", NEW."reminder_days", NEW."reminder_unit", NEW."step", NEW."unit", NEW."valid_from", NEW."valid_to", NEW."yellow_before"); RETURN NULL;', hash='dd9d27aa3df8d5529fd7c6586333ad4eeeb03fba', operation='INSERT', pgid='pgtrigger_insert_insert_c677f', table='deadlines_duerule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='duerule',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "deadlines_dueruleevent" ("amount", "basis", "counted_from", "escalate_dispatch_after", "escalate_leading_after", "escalate_unit_leader_after", "id", "kind", "orange_before", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quiet_while_waiting", "remind_overdue_every", "reminder_days", "reminder_unit", "step", "unit", "valid_from", "valid_to", "yellow_before") VALUES (NEW."amount", NEW."basis", NEW."counted_from", NEW."escalate_dispatch_after", NEW."escalate_leading_after", NEW."escalate_unit_leader_after", NEW."id", NEW."kind", NEW."orange_before", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."quiet_while_waiting", NEW."remind_overdue_every", NEW."reminder_days", NEW."reminder_unit", NEW."step", NEW."unit", NEW."valid_from", NEW."valid_to", NEW."yellow_before"); RETURN NULL;', hash='bca0130bee1c0270d460d7b7b5c55d9e9a96375d', operation='UPDATE', pgid='pgtrigger_update_update_3dd68', table='deadlines_duerule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='duerule',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "deadlines_dueruleevent" ("amount", "basis", "counted_from", "escalate_dispatch_after", "escalate_leading_after", "escalate_unit_leader_after", "id", "kind", "orange_before", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quiet_while_waiting", "remind_overdue_every", "reminder_days", "reminder_unit", "step", "unit", "valid_from", "valid_to", "yellow_before") VALUES (OLD."amount", OLD."basis", OLD."counted_from", OLD."escalate_dispatch_after", OLD."escalate_leading_after", OLD."escalate_unit_leader_after", OLD."id", OLD."kind", OLD."orange_before", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."quiet_while_waiting", OLD."remind_overdue_every", OLD."reminder_days", OLD."reminder_unit", OLD."step", OLD."unit", OLD."valid_from", OLD."valid_to", OLD."yellow_before"); RETURN NULL;', hash='e70b8f8c31c6b9d52012b093e095e5d389aa3179', operation='DELETE', pgid='pgtrigger_delete_delete_d3df7', table='deadlines_duerule', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='duerule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount__isnull', True), ('unit', 'set')), models.Q(models.Q(('unit', 'set'), _negated=True), ('amount__isnull', False)), _connector='OR'), name='due_rule_amount_unless_set', violation_error_message='单位是“办理时确定”时期限不填，其他单位必须填写期限。'),
        ),
        migrations.RunPython(write_reminders, forget_set_steps),
    ]

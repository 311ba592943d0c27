import deadlines.steps
import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from xiping_cppcc.at_once import AtOnce


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('deadlines', '0001_calendar_and_rules'),
        ('deadlines', '0002_history'),
        ('deadlines', '0003_reminders'),
    ]

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [AtOnce([
        migrations.CreateModel(
            name='HolidayNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(unique=True, validators=[django.core.validators.MinValueValidator(2001), django.core.validators.MaxValueValidator(2099)], verbose_name='年度')),
                ('source', models.CharField(choices=[('library', '节假日数据包'), ('notice', '国务院通知（手工录入）')], default='notice', max_length=10, verbose_name='来源')),
                ('number', models.CharField(blank=True, help_text='如：国办发明电〔2025〕7号', max_length=60, verbose_name='文号')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='备注')),
            ],
            options={
                'verbose_name': '年度放假安排',
                'verbose_name_plural': '年度放假安排',
                'ordering': ['-year'],
            },
        ),
        migrations.CreateModel(
            name='DueRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(choices=deadlines.steps.step_choices, max_length=30, verbose_name='环节')),
                ('kind', models.CharField(blank=True, choices=deadlines.steps.kind_choices, help_text='不选则适用于各类提案；选了种类的规则优先于通用规则。', max_length=30, verbose_name='适用提案种类')),
                ('amount', models.PositiveSmallIntegerField(blank=True, help_text='期限由人在办理时确定的环节（如承诺事项）不填，单位选“办理时确定”。', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(730)], verbose_name='期限')),
                ('unit', models.CharField(choices=[('working_days', '个工作日'), ('days', '日'), ('months', '个月'), ('set', '办理时确定')], max_length=15, verbose_name='单位')),
                ('counted_from', models.CharField(help_text='如：交办之日。起算当日不计入。', max_length=60, verbose_name='从何时起算')),
                ('yellow_before', models.PositiveSmallIntegerField(blank=True, help_text='按日历天数；不填则期限过半时亮黄灯。', null=True, verbose_name='到期前几天亮黄灯')),
                ('orange_before', models.PositiveSmallIntegerField(blank=True, help_text='按日历天数；不填则最后一个工作日亮橙灯。', null=True, verbose_name='到期前几天亮橙灯')),
                ('reminder_days', models.CharField(blank=True, help_text='用逗号分开，如 5,1,0：到期前 5 天、前 1 天和当天各提醒一次。不填则到期前不提醒。', max_length=60, verbose_name='到期前几天提醒')),
                ('reminder_unit', models.CharField(blank=True, choices=[('working_days', '工作日'), ('days', '日历天数（遇休息日，下一个工作日提醒）')], default='working_days', max_length=15, verbose_name='提醒天数按')),
                ('quiet_while_waiting', models.BooleanField(default=True, help_text='正在等提案人意见或等会办意见时，暂停提醒经办人，轮到他办时再提醒。期限照常计算，不因此停止。', verbose_name='等别人时暂停提醒')),
                ('remind_overdue_every', models.PositiveSmallIntegerField(blank=True, help_text='不填则逾期后不再提醒。', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(250)], verbose_name='逾期后每隔几个工作日再提醒')),
                ('escalate_unit_leader_after', models.PositiveSmallIntegerField(blank=True, help_text='不填则不告知。', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(250)], verbose_name='逾期几个工作日后告知承办单位领导')),
                ('escalate_dispatch_after', models.PositiveSmallIntegerField(blank=True, help_text='不填则不告知。', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(250)], verbose_name='逾期几个工作日后告知交办机构')),
                ('escalate_leading_after', models.PositiveSmallIntegerField(blank=True, help_text='只有重点提案有领办、督办领导。不填则不告知。', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(250)], verbose_name='逾期几个工作日后告知领办督办领导')),
                ('valid_from', models.DateField(help_text='起算日在生效日期以后的事项适用本规则。', verbose_name='生效日期')),
                ('valid_to', models.DateField(blank=True, help_text='不填则一直有效。', null=True, verbose_name='失效日期')),
                ('basis', models.CharField(blank=True, help_text='哪个文件、哪次会议定的。', max_length=200, verbose_name='依据')),
            ],
            options={
                'verbose_name': '办理期限规则',
                'verbose_name_plural': '办理期限规则',
                'ordering': ['step', 'kind', '-valid_from'],
                'constraints': [models.UniqueConstraint(fields=('step', 'kind', 'valid_from'), name='due_rule_version', violation_error_message='这个环节在同一生效日期已有一条规则，请直接修改那一条。'), models.CheckConstraint(condition=models.Q(models.Q(('amount__isnull', True), ('unit', 'set')), models.Q(models.Q(('unit', 'set'), _negated=True), ('amount__isnull', False)), _connector='OR'), name='due_rule_amount_unless_set', violation_error_message='单位是“办理时确定”时期限不填，其他单位必须填写期限。'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='due_rule_ends_after_start', violation_error_message='失效日期不能早于生效日期。')],
            },
        ),
        migrations.CreateModel(
            name='Stamp',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False, verbose_name='编号')),
                ('value', models.UUIDField(verbose_name='版本标记')),
            ],
            options={
                'verbose_name': '日历与规则的版本标记',
                'verbose_name_plural': '日历与规则的版本标记',
            },
        ),
        migrations.CreateModel(
            name='CalendarDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField(unique=True, verbose_name='日期')),
                ('is_workday', models.BooleanField(default=False, help_text='调休上班的周末勾选；放假的日子不勾选。', verbose_name='是否上班')),
                ('name', models.CharField(help_text='如：国庆节、调休上班、全县统一活动放假一天。', max_length=60, verbose_name='名称')),
                ('source', models.CharField(choices=[('library', '节假日数据包'), ('notice', '国务院通知（手工录入）'), ('county', '县里安排')], default='county', max_length=10, verbose_name='来源')),
                ('notice', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, to='deadlines.holidaynotice', verbose_name='所属通知')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='备注')),
            ],
            options={
                'verbose_name': '节假日与调休',
                'verbose_name_plural': '节假日与调休',
                'ordering': ['-date'],
            },
        ),
        migrations.CreateModel(
            name='HolidayNoticeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='deadlines.holidaynotice')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2001), django.core.validators.MaxValueValidator(2099)], verbose_name='年度')),
                ('source', models.CharField(choices=[('library', '节假日数据包'), ('notice', '国务院通知（手工录入）')], default='notice', max_length=10, verbose_name='来源')),
                ('number', models.CharField(blank=True, help_text='如：国办发明电〔2025〕7号', max_length=60, verbose_name='文号')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='备注')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DueRuleEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='deadlines.duerule')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('step', models.CharField(choices=deadlines.steps.step_choices, max_length=30, verbose_name='环节')),
                ('kind', models.CharField(blank=True, choices=deadlines.steps.kind_choices, help_text='不选则适用于各类提案；选了种类的规则优先于通用规则。', max_length=30, verbose_name='适用提案种类')),
                ('amount', models.PositiveSmallIntegerField(blank=True, help_text='期限由人在办理时确定的环节（如承诺事项）不填，单位选“办理时确定”。', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(730)], verbose_name='期限')),
                ('unit', models.CharField(choices=[('working_days', '个工作日'), ('days', '日'), ('months', '个月'), ('set', '办理时确定')], max_length=15, verbose_name='单位')),
                ('counted_from', models.CharField(help_text='如：交办之日。起算当日不计入。', max_length=60, verbose_name='从何时起算')),
                ('yellow_before', models.PositiveSmallIntegerField(blank=True, help_text='按日历天数；不填则期限过半时亮黄灯。', null=True, verbose_name='到期前几天亮黄灯')),
                ('orange_before', models.PositiveSmallIntegerField(blank=True, help_text='按日历天数；不填则最后一个工作日亮橙灯。', null=True, verbose_name='到期前几天亮橙灯')),
                ('reminder_days', models.CharField(blank=True, help_text='用逗号分开，如 5,1,0：到期前 5 天、前 1 天和当天各提醒一次。不填则到期前不提醒。', max_length=60, verbose_name='到期前几天提醒')),
                ('reminder_unit', models.CharField(blank=True, choices=[('working_days', '工作日'), ('days', '日历天数（遇休息日，下一个工作日提醒）')], default='working_days', max_length=15, verbose_name='提醒天数按')),
                ('quiet_while_waiting', models.BooleanField(default=True, help_text='正在等提案人意见或等会办意见时，暂停提醒经办人，轮到他办时再提醒。期限照常计算，不因此停止。', verbose_name='等别人时暂停提醒')),
                ('remind_overdue_every', models.PositiveSmallIntegerField(blank=True, help_text='不填则逾期后不再提醒。', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(250)], verbose_name='逾期后每隔几个工作日再提醒')),
                ('escalate_unit_leader_after', models.PositiveSmallIntegerField(blank=True, help_text='不填则不告知。', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(250)], verbose_name='逾期几个工作日后告知承办单位领导')),
                ('escalate_dispatch_after', models.PositiveSmallIntegerField(blank=True, help_text='不填则不告知。', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(250)], verbose_name='逾期几个工作日后告知交办机构')),
                ('escalate_leading_after', models.PositiveSmallIntegerField(blank=True, help_text='只有重点提案有领办、督办领导。不填则不告知。', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(250)], verbose_name='逾期几个工作日后告知领办督办领导')),
                ('valid_from', models.DateField(help_text='起算日在生效日期以后的事项适用本规则。', verbose_name='生效日期')),
                ('valid_to', models.DateField(blank=True, help_text='不填则一直有效。', null=True, verbose_name='失效日期')),
                ('basis', models.CharField(blank=True, help_text='哪个文件、哪次会议定的。', max_length=200, verbose_name='依据')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CalendarDayEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='deadlines.calendarday')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('date', models.DateField(verbose_name='日期')),
                ('is_workday', models.BooleanField(default=False, help_text='调休上班的周末勾选；放假的日子不勾选。', verbose_name='是否上班')),
                ('name', models.CharField(help_text='如：国庆节、调休上班、全县统一活动放假一天。', max_length=60, verbose_name='名称')),
                ('source', models.CharField(choices=[('library', '节假日数据包'), ('notice', '国务院通知（手工录入）'), ('county', '县里安排')], default='county', max_length=10, verbose_name='来源')),
                ('notice', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='deadlines.holidaynotice', verbose_name='所属通知')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='备注')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='duerule',
            trigger=pgtrigger.compiler.Trigger(name='renew_stamp', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    INSERT INTO deadlines_stamp (id, value) VALUES (1, gen_random_uuid())\n    ON CONFLICT (id) DO UPDATE SET value = excluded.value;\n    RETURN NULL;\n', hash='bd3dbfa2cd5d265ce374e0305ed66f335eaf4347', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_renew_stamp_cfc83', table='deadlines_duerule', when='AFTER')),
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
        pgtrigger.migrations.AddTrigger(
            model_name='holidaynotice',
            trigger=pgtrigger.compiler.Trigger(name='renew_stamp', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    INSERT INTO deadlines_stamp (id, value) VALUES (1, gen_random_uuid())\n    ON CONFLICT (id) DO UPDATE SET value = excluded.value;\n    RETURN NULL;\n', hash='0b7f97eb5595b5171d57b06bfa027fafb38d7191', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_renew_stamp_7a30b', table='deadlines_holidaynotice', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='holidaynotice',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (NEW."source" = \'library\'))', func='INSERT INTO "deadlines_holidaynoticeevent" ("id", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "year") VALUES (NEW."id", NEW."note", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source", NEW."year"); RETURN NULL;', hash='c9a306036a05a7f3190844be7871d7d28b9ad18e', operation='INSERT', pgid='pgtrigger_insert_insert_021e8', table='deadlines_holidaynotice', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='holidaynotice',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "deadlines_holidaynoticeevent" ("id", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "year") VALUES (NEW."id", NEW."note", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source", NEW."year"); RETURN NULL;', hash='18bc8e515fefd4a300643036517309782d40da88', operation='UPDATE', pgid='pgtrigger_update_update_f434e', table='deadlines_holidaynotice', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='holidaynotice',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (OLD."source" = \'library\'))', func='INSERT INTO "deadlines_holidaynoticeevent" ("id", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "year") VALUES (OLD."id", OLD."note", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source", OLD."year"); RETURN NULL;', hash='5196a08487323a53c5fe0f62936f48e7598bd12e', operation='DELETE', pgid='pgtrigger_delete_delete_93590', table='deadlines_holidaynotice', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='calendarday',
            trigger=pgtrigger.compiler.Trigger(name='renew_stamp', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    INSERT INTO deadlines_stamp (id, value) VALUES (1, gen_random_uuid())\n    ON CONFLICT (id) DO UPDATE SET value = excluded.value;\n    RETURN NULL;\n', hash='2e711cb9e47647cba364d377ba7c75f8e55979f9', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_renew_stamp_d7eac', table='deadlines_calendarday', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='calendarday',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (NEW."source" = \'library\'))', func='INSERT INTO "deadlines_calendardayevent" ("date", "id", "is_workday", "name", "note", "notice_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") VALUES (NEW."date", NEW."id", NEW."is_workday", NEW."name", NEW."note", NEW."notice_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source"); RETURN NULL;', hash='5b2ab0e6a0f98c64567a4a047b67140af7faea55', operation='INSERT', pgid='pgtrigger_insert_insert_e3a19', table='deadlines_calendarday', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='calendarday',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "deadlines_calendardayevent" ("date", "id", "is_workday", "name", "note", "notice_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") VALUES (NEW."date", NEW."id", NEW."is_workday", NEW."name", NEW."note", NEW."notice_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source"); RETURN NULL;', hash='1614b8fee9921ae152d2a2f0d9e9e9eca91317be', operation='UPDATE', pgid='pgtrigger_update_update_a6b5c', table='deadlines_calendarday', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='calendarday',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (OLD."source" = \'library\'))', func='INSERT INTO "deadlines_calendardayevent" ("date", "id", "is_workday", "name", "note", "notice_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") VALUES (OLD."date", OLD."id", OLD."is_workday", OLD."name", OLD."note", OLD."notice_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source"); RETURN NULL;', hash='b2cb3a944987d74a2766112284f8889ab42c8eca', operation='DELETE', pgid='pgtrigger_delete_delete_1dcc5', table='deadlines_calendarday', when='AFTER')),
        ),
    ])]

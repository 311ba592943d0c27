import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from xiping_cppcc.at_once import AtOnce


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [AtOnce([
        migrations.CreateModel(
            name='AssessmentScheme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.PositiveSmallIntegerField(error_messages={'unique': '这一年已有一套权重，请直接修改那一套。'}, unique=True, validators=[django.core.validators.MinValueValidator(1990), django.core.validators.MaxValueValidator(2100)], verbose_name='从哪一年起')),
                ('basis', models.CharField(blank=True, help_text='例如：考核办法的文号，或会议名称和日期。', max_length=100, verbose_name='依据')),
            ],
            options={
                'verbose_name': '单位考核权重',
                'verbose_name_plural': '单位考核权重',
                'ordering': ['-valid_from'],
            },
        ),
        migrations.CreateModel(
            name='AssessmentSchemeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reports.assessmentscheme')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('valid_from', models.PositiveSmallIntegerField(error_messages={'unique': '这一年已有一套权重，请直接修改那一套。'}, validators=[django.core.validators.MinValueValidator(1990), django.core.validators.MaxValueValidator(2100)], verbose_name='从哪一年起')),
                ('basis', models.CharField(blank=True, help_text='例如：考核办法的文号，或会议名称和日期。', max_length=100, verbose_name='依据')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AssessmentWeight',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='weights', to='reports.assessmentscheme', verbose_name='单位考核权重')),
                ('measure', models.CharField(choices=[('sign', '签收及时率'), ('contact', '面商率'), ('on_time', '按期办复率'), ('adopted', '采纳率'), ('resolved', '解决率'), ('returned', '评价收回率'), ('attitude_satisfied', '办理态度满意率（满意）'), ('attitude', '办理态度满意率'), ('result_satisfied', '办理结果满意率（满意）'), ('result', '办理结果满意率')], max_length=20, verbose_name='指标')),
                ('weight', models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(100)], verbose_name='权重')),
            ],
            options={
                'verbose_name': '指标权重',
                'verbose_name_plural': '指标权重',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('scheme', 'measure'), name='assessment_weight_once', violation_error_message='这个指标已经有权重，请合成一行。'), models.CheckConstraint(condition=models.Q(('weight__lte', 100)), name='assessment_weight_most')],
            },
        ),
        migrations.CreateModel(
            name='AssessmentWeightEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reports.assessmentweight')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('scheme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='reports.assessmentscheme', verbose_name='单位考核权重')),
                ('measure', models.CharField(choices=[('sign', '签收及时率'), ('contact', '面商率'), ('on_time', '按期办复率'), ('adopted', '采纳率'), ('resolved', '解决率'), ('returned', '评价收回率'), ('attitude_satisfied', '办理态度满意率（满意）'), ('attitude', '办理态度满意率'), ('result_satisfied', '办理结果满意率（满意）'), ('result', '办理结果满意率')], max_length=20, verbose_name='指标')),
                ('weight', models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(100)], verbose_name='权重')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assessmentscheme',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_assessmentschemeevent" ("basis", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from") VALUES (NEW."basis", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."valid_from"); RETURN NULL;', hash='258f6e73215dbf1a8d9665d43a39143669d36146', operation='INSERT', pgid='pgtrigger_insert_insert_80434', table='reports_assessmentscheme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assessmentscheme',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "reports_assessmentschemeevent" ("basis", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from") VALUES (NEW."basis", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."valid_from"); RETURN NULL;', hash='65009171982a0c535463dd6e606ba4a1e528ce8d', operation='UPDATE', pgid='pgtrigger_update_update_2f907', table='reports_assessmentscheme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assessmentscheme',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_assessmentschemeevent" ("basis", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from") VALUES (OLD."basis", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."valid_from"); RETURN NULL;', hash='e94f0705d64df838727127a4ab5335e1c7a2dad6', operation='DELETE', pgid='pgtrigger_delete_delete_20c87', table='reports_assessmentscheme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assessmentweight',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_assessmentweightevent" ("id", "measure", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme_id", "weight") VALUES (NEW."id", NEW."measure", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."scheme_id", NEW."weight"); RETURN NULL;', hash='60407b78b81799d3bb2e45ea17bebe0961ef0ad0', operation='INSERT', pgid='pgtrigger_insert_insert_26ba5', table='reports_assessmentweight', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assessmentweight',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "reports_assessmentweightevent" ("id", "measure", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme_id", "weight") VALUES (NEW."id", NEW."measure", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."scheme_id", NEW."weight"); RETURN NULL;', hash='93d6d704c7d3fbe29ff929f3d523eccd7eeede7c', operation='UPDATE', pgid='pgtrigger_update_update_6a1f8', table='reports_assessmentweight', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assessmentweight',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_assessmentweightevent" ("id", "measure", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme_id", "weight") VALUES (OLD."id", OLD."measure", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."scheme_id", OLD."weight"); RETURN NULL;', hash='fb8597a1f2b926308c5598f0bd7e8e07d6861285', operation='DELETE', pgid='pgtrigger_delete_delete_a5ee0', table='reports_assessmentweight', when='AFTER')),
        ),
    ])]

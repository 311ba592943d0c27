import uuid

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models
from django.db.models import OuterRef, Subquery

import notices.models.text

KINDS = ("act", "info", "reminder", "escalation", "announcement", "personal")


def settle(schema_editor):
    """Check the foreign keys of what was just written: a table with checks outstanding cannot be altered."""
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")


def name_recipients(apps, schema_editor):
    """Until now a delivery knew its recipient by its message."""
    Delivery, Message = apps.get_model("notices", "Delivery"), apps.get_model("notices", "Message")
    message = Message.objects.filter(pk=OuterRef("message_id"))
    Delivery.objects.update(recipient=Subquery(message.values("recipient_id")))
    settle(schema_editor)


def spread_choices(apps, schema_editor):
    """Until now there was one choice: no e-mail at all. It becomes one for each kind, and for the daily mail."""
    Preference = apps.get_model("notices", "ChannelPreference")
    refused = list(Preference.objects.filter(channel="email", enabled=False).values_list("user_id", flat=True))
    Preference.objects.all().delete()
    Preference.objects.bulk_create(
        Preference(user_id=user, kind=kind, channel=channel, enabled=False)
        for user in refused for kind in KINDS for channel in ("email", "digest")
    )
    settle(schema_editor)


def forget_deliveries(apps, schema_editor):
    """Backwards: what only the new scheme knows goes."""
    apps.get_model("notices", "Delivery").objects.exclude(channel="email", message__isnull=False).delete()
    settle(schema_editor)


def forget_choices(apps, schema_editor):
    """Backwards: several choices do not make one."""
    apps.get_model("notices", "ChannelPreference").objects.all().delete()
    settle(schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0003_reminders'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameModel('EmailDelivery', 'Delivery'),
        migrations.AlterModelOptions(
            name='delivery',
            options={'ordering': ['-pk'], 'verbose_name': '发送记录', 'verbose_name_plural': '发送记录'},
        ),
        migrations.RemoveIndex(model_name='delivery', name='email_open'),
        migrations.AddField(
            model_name='delivery',
            name='channel',
            field=models.CharField(choices=[('email', '电子邮件'), ('digest', '每日汇总邮件'), ('sms', '短信'), ('wecom', '企业微信群'), ('dingtalk', '钉钉群')], default='email', max_length=12, verbose_name='渠道'),
        ),
        migrations.AlterField(
            model_name='delivery',
            name='address',
            field=models.CharField(blank=True, max_length=254, verbose_name='地址'),
        ),
        migrations.CreateModel(
            name='Digest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='日期')),
                ('run', models.UUIDField(default=uuid.uuid4, editable=False, verbose_name='批次')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='汇总时间')),
            ],
            options={
                'verbose_name': '每日汇总',
                'verbose_name_plural': '每日汇总',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='DigestLine',
            fields=[
                ('message', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='digest_line', serialize=False, to='notices.message', verbose_name='消息')),
            ],
            options={
                'verbose_name': '待汇总消息',
                'verbose_name_plural': '待汇总消息',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='NoticeText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=notices.models.text.kind_choices, editable=False, max_length=20, unique=True, verbose_name='消息种类')),
                ('subject', models.CharField(blank=True, max_length=120, verbose_name='邮件标题')),
                ('plain', models.TextField(blank=True, max_length=3000, verbose_name='邮件正文（纯文字）')),
                ('html', models.TextField(blank=True, help_text='不填则按上面的纯文字自动排版。可用 p、br、b、em、ul、ol、li 这几种标签。', max_length=6000, verbose_name='邮件正文（带格式）')),
                ('sms_fields', models.CharField(blank=True, help_text='按短信模板里变量的次序写字段名，用空格隔开，如：事项 编号。变量的名称见管理员手册。', max_length=60, verbose_name='短信参数')),
                ('aliyun_template', models.CharField(blank=True, help_text='不填则用系统配置里的。', max_length=30, verbose_name='阿里云模板编号')),
                ('tencent_template', models.CharField(blank=True, help_text='不填则用系统配置里的。', max_length=20, verbose_name='腾讯云模板编号')),
            ],
            options={
                'verbose_name': '消息文字模板',
                'verbose_name_plural': '消息文字模板',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='NoticeTextEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=notices.models.text.kind_choices, editable=False, max_length=20, verbose_name='消息种类')),
                ('subject', models.CharField(blank=True, max_length=120, verbose_name='邮件标题')),
                ('plain', models.TextField(blank=True, max_length=3000, verbose_name='邮件正文（纯文字）')),
                ('html', models.TextField(blank=True, help_text='不填则按上面的纯文字自动排版。可用 p、br、b、em、ul、ol、li 这几种标签。', max_length=6000, verbose_name='邮件正文（带格式）')),
                ('sms_fields', models.CharField(blank=True, help_text='按短信模板里变量的次序写字段名，用空格隔开，如：事项 编号。变量的名称见管理员手册。', max_length=60, verbose_name='短信参数')),
                ('aliyun_template', models.CharField(blank=True, help_text='不填则用系统配置里的。', max_length=30, verbose_name='阿里云模板编号')),
                ('tencent_template', models.CharField(blank=True, help_text='不填则用系统配置里的。', max_length=20, verbose_name='腾讯云模板编号')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Pace',
            fields=[
                ('provider', models.CharField(max_length=20, primary_key=True, serialize=False, verbose_name='服务商')),
                ('full_until', models.DateTimeField(default=django.utils.timezone.now, verbose_name='占用至')),
                ('rests_until', models.DateTimeField(blank=True, null=True, verbose_name='暂停至')),
            ],
            options={
                'verbose_name': '发送节奏',
                'verbose_name_plural': '发送节奏',
            },
        ),
        migrations.RemoveConstraint(
            model_name='channelpreference',
            name='preference_user_channel',
        ),
        migrations.AddField(
            model_name='channelpreference',
            name='kind',
            field=models.CharField(default='act', max_length=20, verbose_name='消息种类'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='message',
            name='facts',
            field=models.JSONField(blank=True, default=dict, editable=False, verbose_name='字段'),
        ),
        migrations.AlterField(
            model_name='channelpreference',
            name='channel',
            field=models.CharField(choices=[('email', '电子邮件'), ('digest', '每日汇总邮件'), ('sms', '短信'), ('wecom', '企业微信群'), ('dingtalk', '钉钉群')], max_length=12, verbose_name='渠道'),
        ),
        migrations.RunPython(spread_choices, forget_choices),
        migrations.AddConstraint(
            model_name='channelpreference',
            constraint=models.UniqueConstraint(fields=('user', 'kind', 'channel'), name='preference_user_kind_channel'),
        ),
        migrations.AlterField(
            model_name='delivery',
            name='message',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='notices.message', verbose_name='消息'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='recipient',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to=settings.AUTH_USER_MODEL, verbose_name='收件人'),
        ),
        migrations.RunPython(name_recipients, forget_deliveries),
        migrations.AlterField(
            model_name='delivery',
            name='recipient',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to=settings.AUTH_USER_MODEL, verbose_name='收件人'),
        ),
        migrations.AddField(
            model_name='digest',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='digests', to=settings.AUTH_USER_MODEL, verbose_name='收件人'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='digest',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='delivery', to='notices.digest', verbose_name='每日汇总'),
        ),
        migrations.AddField(
            model_name='digestline',
            name='digest',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='notices.digest', verbose_name='汇总'),
        ),
        migrations.AddField(
            model_name='digestline',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='收件人'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='noticetext',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "notices_noticetextevent" ("aliyun_template", "html", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plain", "sms_fields", "subject", "tencent_template") VALUES (NEW."aliyun_template", NEW."html", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plain", NEW."sms_fields", NEW."subject", NEW."tencent_template"); RETURN NULL;', hash='7ae82f1031db5ae057ddbdfab4ba53c15b47bc2e', operation='INSERT', pgid='pgtrigger_insert_insert_ef3c9', table='notices_noticetext', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='noticetext',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "notices_noticetextevent" ("aliyun_template", "html", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plain", "sms_fields", "subject", "tencent_template") VALUES (NEW."aliyun_template", NEW."html", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plain", NEW."sms_fields", NEW."subject", NEW."tencent_template"); RETURN NULL;', hash='05568fae4e6c22609442d6b88e723464d218606d', operation='UPDATE', pgid='pgtrigger_update_update_65b62', table='notices_noticetext', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='noticetext',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "notices_noticetextevent" ("aliyun_template", "html", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plain", "sms_fields", "subject", "tencent_template") VALUES (OLD."aliyun_template", OLD."html", OLD."id", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."plain", OLD."sms_fields", OLD."subject", OLD."tencent_template"); RETURN NULL;', hash='87b5bb4736c9e2306b6daa5cfb8b10ac22cd9970', operation='DELETE', pgid='pgtrigger_delete_delete_cd822', table='notices_noticetext', when='AFTER')),
        ),
        migrations.AddField(
            model_name='noticetextevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='noticetextevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='notices.noticetext'),
        ),
        migrations.AddIndex(
            model_name='digest',
            index=models.Index(fields=['run'], name='digest_run'),
        ),
        migrations.AddConstraint(
            model_name='digest',
            constraint=models.UniqueConstraint(fields=('user', 'day'), name='digest_user_day'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('state__in', ['pending', 'sending', 'failed'])), fields=['channel', 'next_try_at'], name='delivery_open'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(fields=['recipient', '-id'], name='delivery_log'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('channel', 'sms')), fields=['address', 'sent_at'], name='delivery_numbers'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(fields=('message', 'channel'), name='delivery_message_channel'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('digest__isnull', False), ('message', None)), models.Q(('digest', None), ('message__isnull', False)), _connector='OR'), name='delivery_of_one_thing'),
        ),
        migrations.AddIndex(
            model_name='digestline',
            index=models.Index(condition=models.Q(('digest', None)), fields=['user'], name='digest_waiting'),
        ),
    ]

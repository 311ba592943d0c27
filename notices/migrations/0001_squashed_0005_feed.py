import django.db.models.deletion
import django.utils.timezone
import notices.models.text
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models

from xiping_cppcc.at_once import AtOnce


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('notices', '0001_inbox_and_outbox'),
        ('notices', '0002_kinds_of_messages'),
        ('notices', '0003_reminders'),
        ('notices', '0004_channels'),
        ('notices', '0005_feed'),
    ]

    dependencies = [
        ('members', '__first__'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('workflow', '0001_initial'),
    ]

    operations = [AtOnce([
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to=settings.AUTH_USER_MODEL, verbose_name='收件人')),
                ('event', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workflow.event', verbose_name='办理记录')),
                ('subject', models.CharField(max_length=200, verbose_name='标题')),
                ('body', models.TextField(blank=True, verbose_name='内容')),
                ('url', models.CharField(blank=True, max_length=300, verbose_name='链接')),
                ('kind', models.CharField(default='act', editable=False, max_length=20, verbose_name='类别')),
                ('facts', models.JSONField(blank=True, default=dict, editable=False, verbose_name='字段')),
                ('urgent', models.BooleanField(default=False, editable=False, verbose_name='紧急')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='时间')),
                ('read_at', models.DateTimeField(blank=True, null=True, verbose_name='阅读时间')),
            ],
            options={
                'verbose_name': '消息',
                'verbose_name_plural': '消息',
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['recipient', '-id'], name='message_inbox'), models.Index(condition=models.Q(('read_at', None)), fields=['recipient'], name='message_unread')],
                'constraints': [models.UniqueConstraint(fields=('event', 'recipient'), name='message_event_recipient')],
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
            name='Outbox',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='outbox', to='workflow.event', verbose_name='办理记录')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='登记时间')),
                ('delivered_at', models.DateTimeField(blank=True, null=True, verbose_name='送出时间')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='已试次数')),
                ('next_try_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='下次尝试')),
                ('lease_until', models.DateTimeField(blank=True, null=True, verbose_name='处理中至')),
                ('last_error', models.TextField(blank=True, verbose_name='最近错误')),
            ],
            options={
                'verbose_name': '待发通知',
                'verbose_name_plural': '待发通知',
                'ordering': ['-pk'],
                'indexes': [models.Index(condition=models.Q(('delivered_at', None)), fields=['next_try_at'], name='outbox_open')],
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
        migrations.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_feed', to=settings.AUTH_USER_MODEL, verbose_name='账号')),
                ('token_hash', models.CharField(max_length=64, unique=True, verbose_name='地址校验值')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='生成时间')),
                ('last_fetched_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='最近读取')),
                ('content_hash', models.CharField(blank=True, editable=False, max_length=64, verbose_name='内容校验值')),
                ('changed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='内容变动')),
            ],
            options={
                'verbose_name': '日历订阅',
                'verbose_name_plural': '日历订阅',
            },
        ),
        migrations.CreateModel(
            name='ChannelPreference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='channel_preferences', to=settings.AUTH_USER_MODEL, verbose_name='账号')),
                ('kind', models.CharField(max_length=20, verbose_name='消息种类')),
                ('channel', models.CharField(choices=[('email', '电子邮件'), ('digest', '每日汇总邮件'), ('sms', '短信'), ('wecom', '企业微信群'), ('dingtalk', '钉钉群')], max_length=12, verbose_name='渠道')),
                ('enabled', models.BooleanField(default=True, verbose_name='接收')),
            ],
            options={
                'verbose_name': '接收设置',
                'verbose_name_plural': '接收设置',
                'constraints': [models.UniqueConstraint(fields=('user', 'kind', 'channel'), name='preference_user_kind_channel')],
            },
        ),
        migrations.CreateModel(
            name='Digest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='digests', to=settings.AUTH_USER_MODEL, verbose_name='收件人')),
                ('day', models.DateField(verbose_name='日期')),
                ('run', models.UUIDField(default=uuid.uuid4, editable=False, verbose_name='批次')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='汇总时间')),
            ],
            options={
                'verbose_name': '每日汇总',
                'verbose_name_plural': '每日汇总',
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['run'], name='digest_run')],
                'constraints': [models.UniqueConstraint(fields=('user', 'day'), name='digest_user_day')],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case_kind', models.CharField(max_length=20, verbose_name='事项')),
                ('case_id', models.BigIntegerField(verbose_name='事项编号')),
                ('step', models.CharField(max_length=30, verbose_name='环节')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='收件人')),
                ('due_on', models.DateField(verbose_name='期限')),
                ('offset', models.SmallIntegerField(help_text='负数是逾期后第几个工作日。', verbose_name='到期前几天')),
                ('audience', models.CharField(max_length=12, verbose_name='告知对象')),
                ('number', models.CharField(max_length=80, verbose_name='案号')),
                ('url', models.CharField(max_length=300, verbose_name='链接')),
                ('message', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reminders', to='notices.message', verbose_name='消息')),
                ('run', models.UUIDField(db_index=True, editable=False, verbose_name='由哪次查找写下')),
                ('told_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='告知时间')),
            ],
            options={
                'verbose_name': '到期提醒',
                'verbose_name_plural': '到期提醒',
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['due_on'], name='reminder_due')],
                'constraints': [models.UniqueConstraint(fields=('case_kind', 'case_id', 'step', 'recipient', 'due_on', 'offset'), name='reminder_once')],
            },
        ),
        migrations.CreateModel(
            name='NoticeTextEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='notices.noticetext')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
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
            name='DigestLine',
            fields=[
                ('message', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='digest_line', serialize=False, to='notices.message', verbose_name='消息')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='收件人')),
                ('digest', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='notices.digest', verbose_name='汇总')),
            ],
            options={
                'verbose_name': '待汇总消息',
                'verbose_name_plural': '待汇总消息',
                'ordering': ['pk'],
                'indexes': [models.Index(condition=models.Q(('digest', None)), fields=['user'], name='digest_waiting')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=[('email', '电子邮件'), ('digest', '每日汇总邮件'), ('sms', '短信'), ('wecom', '企业微信群'), ('dingtalk', '钉钉群')], default='email', max_length=12, verbose_name='渠道')),
                ('message', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='notices.message', verbose_name='消息')),
                ('digest', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='delivery', to='notices.digest', verbose_name='每日汇总')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to=settings.AUTH_USER_MODEL, verbose_name='收件人')),
                ('address', models.CharField(blank=True, max_length=254, verbose_name='地址')),
                ('state', models.CharField(choices=[('pending', '待发送'), ('sending', '发送中'), ('sent', '已发送'), ('failed', '失败待重试'), ('dead', '已放弃')], default='pending', max_length=10, verbose_name='状态')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='已试次数')),
                ('next_try_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='下次尝试')),
                ('lease_until', models.DateTimeField(blank=True, null=True, verbose_name='发送中至')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='发送时间')),
                ('error', models.TextField(blank=True, verbose_name='最近错误')),
            ],
            options={
                'verbose_name': '发送记录',
                'verbose_name_plural': '发送记录',
                'ordering': ['-pk'],
                'indexes': [models.Index(condition=models.Q(('state__in', ['pending', 'sending', 'failed'])), fields=['channel', 'next_try_at'], name='delivery_open'), models.Index(fields=['recipient', '-id'], name='delivery_log'), models.Index(condition=models.Q(('channel', 'sms')), fields=['address', 'sent_at'], name='delivery_numbers')],
                'constraints': [models.UniqueConstraint(fields=('message', 'channel'), name='delivery_message_channel'), models.CheckConstraint(condition=models.Q(models.Q(('digest__isnull', False), ('message', None)), models.Q(('digest', None), ('message__isnull', False)), _connector='OR'), name='delivery_of_one_thing')],
            },
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
    ])]

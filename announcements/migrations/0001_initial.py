import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from xiping_cppcc.at_once import AtOnce


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('members', '0001_squashed_0011_opinions_informant'),
        ('members', '__first__'),
    ]

    operations = [AtOnce([
        migrations.CreateModel(
            name='Announcement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(editable=False, max_length=32, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('events_count', models.PositiveIntegerField(default=0, editable=False, verbose_name='记录数')),
                ('events_head', models.CharField(default='', editable=False, max_length=64, verbose_name='链首校验值')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='最近变动')),
                ('issuer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organization', verbose_name='发布单位')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='起草人')),
                ('title', models.CharField(blank=True, max_length=80, verbose_name='标题')),
                ('body', models.TextField(blank=True, max_length=20000, verbose_name='正文')),
                ('priority', models.CharField(choices=[('normal', '普通'), ('important', '重要'), ('urgent', '紧急')], default='normal', max_length=10, verbose_name='重要程度')),
                ('receipt_required', models.BooleanField(default=False, verbose_name='需要签收')),
                ('expires_on', models.DateField(blank=True, null=True, verbose_name='有效期至')),
                ('for_everybody', models.BooleanField(default=False, verbose_name='发给所有人')),
                ('people', models.JSONField(blank=True, default=list, verbose_name='按身份')),
                ('saved_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='保存时间')),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='发布时间')),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='撤回时间')),
                ('withdrawn_because', models.CharField(blank=True, editable=False, max_length=500, verbose_name='撤回原因')),
                ('reminded_on', models.DateField(blank=True, editable=False, null=True, verbose_name='最近提醒')),
                ('organizations', models.ManyToManyField(blank=True, related_name='+', to='members.organization', verbose_name='按单位')),
                ('persons', models.ManyToManyField(blank=True, related_name='+', to='members.person', verbose_name='按姓名')),
            ],
            options={
                'verbose_name': '通知公告',
                'verbose_name_plural': '通知公告',
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['issuer', '-id'], name='announcement_issuer')],
            },
        ),
        migrations.CreateModel(
            name='Recipient',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('announcement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recipients', to='announcements.announcement', verbose_name='通知公告')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='announcements', to=settings.AUTH_USER_MODEL, verbose_name='收件人')),
                ('added_at', models.DateTimeField(verbose_name='送达时间')),
                ('read_at', models.DateTimeField(blank=True, null=True, verbose_name='阅读时间')),
                ('signed_at', models.DateTimeField(blank=True, null=True, verbose_name='签收时间')),
            ],
            options={
                'verbose_name': '收件情况',
                'verbose_name_plural': '收件情况',
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['user', '-id'], name='recipient_of')],
                'constraints': [models.UniqueConstraint(fields=('announcement', 'user'), name='recipient_once'), models.CheckConstraint(condition=models.Q(('signed_at__isnull', True), ('read_at__isnull', False), _connector='OR'), name='recipient_signs_what_was_read')],
            },
        ),
    ])]

import django.utils.timezone
import documents.models
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('documents', '0001_attachments'),
    ]

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name='编号')),
                ('name', models.CharField(max_length=255, verbose_name='文件名')),
                ('size', models.BigIntegerField(verbose_name='大小（字节）')),
                ('content_type', models.CharField(max_length=100, verbose_name='类型')),
                ('sha256', models.CharField(max_length=64, verbose_name='校验值')),
                ('purpose', models.CharField(blank=True, max_length=40, verbose_name='用途')),
                ('subject', models.CharField(blank=True, max_length=60, verbose_name='所属事项类型')),
                ('subject_id', models.BigIntegerField(blank=True, null=True, verbose_name='所属事项编号')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='上传时间')),
                ('moved_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='最近变动时间')),
                ('scan', models.CharField(blank=True, choices=[('', '没有检查'), ('done', '已检查文字'), ('picture', '是图片，文字无法检查'), ('failed', '打不开或内容太多，没有检查完')], default='', max_length=10, verbose_name='密级标志检查')),
                ('marks', models.JSONField(blank=True, default=list, verbose_name='疑似密级标志')),
                ('file', models.FileField(max_length=120, upload_to=documents.models.random_path, verbose_name='存放位置')),
            ],
            options={
                'verbose_name': '附件',
                'verbose_name_plural': '附件',
                'ordering': ['created_at', 'pk'],
            },
        ),
    ]

from django.core.exceptions import ValidationError
from django.db import models

from workflow.history import tracked


def kind_choices() -> list[tuple[str, str]]:
    """Read when wanted: the words know this table."""
    from notices import texts

    return [(key, texts.label(key)) for key in texts.KEYS]


@tracked()
class NoticeText(models.Model):
    """What staff made of the words of one kind of notices. An empty field means the default in notices.texts."""

    kind = models.CharField("消息种类", max_length=20, unique=True, editable=False, choices=kind_choices)
    subject = models.CharField("邮件标题", max_length=120, blank=True)
    plain = models.TextField("邮件正文（纯文字）", max_length=3000, blank=True)
    html = models.TextField(
        "邮件正文（带格式）", max_length=6000, blank=True,
        help_text="不填则按上面的纯文字自动排版。可用 p、br、b、em、ul、ol、li 这几种标签。",
    )  # fmt: skip
    sms_fields = models.CharField(
        "短信参数", max_length=60, blank=True,
        help_text="按短信模板里变量的次序写字段名，用空格隔开，如：事项 编号。变量的名称见管理员手册。",
    )  # fmt: skip
    aliyun_template = models.CharField("阿里云模板编号", max_length=30, blank=True, help_text="不填则用系统配置里的。")
    tencent_template = models.CharField("腾讯云模板编号", max_length=20, blank=True, help_text="不填则用系统配置里的。")

    class Meta:
        verbose_name = "消息文字模板"
        verbose_name_plural = "消息文字模板"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.get_kind_display()

    def clean(self) -> None:
        """Unknown words in braces and marks that do not belong in a mail are refused, each by its name."""
        from notices import texts

        if problems := texts.problems(self):
            raise ValidationError(problems)

"""What is kept about the handling of personal data itself. These rows are written once and never change."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone

from .person import Person


class Kept(models.Model):
    """When, through which door and from which address. The database refuses any change of such a row."""

    at = models.DateTimeField("时间", default=timezone.now)
    door = models.CharField("入口", max_length=16)
    ip = models.GenericIPAddressField("地址", null=True)

    class Meta:
        abstract = True
        ordering = ["-pk"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]


class ConsentKind(models.TextChoices):
    PRIVACY = "privacy", "个人信息保护说明"
    DIRECTORY = "directory", "通讯录中显示手机"


class Consent(Kept):
    """A person's yes or no. The newest row of a kind counts."""

    person = models.ForeignKey(Person, verbose_name="人员", on_delete=models.PROTECT, related_name="consents")
    kind = models.CharField("事项", max_length=12, choices=ConsentKind.choices)
    given = models.BooleanField("同意")
    version = models.CharField("说明版本", max_length=20)

    class Meta(Kept.Meta):
        verbose_name = "同意记录"
        verbose_name_plural = "同意记录"
        indexes = [models.Index(fields=["person", "kind", "-id"], name="consent_newest")]

    def __str__(self) -> str:
        return f"{self.person}：{self.get_kind_display()} {'同意' if self.given else '不同意'}"


class ContactReveal(Kept):
    """Somebody looked at a whole telephone number: who, whose, and on which page."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="查看人", on_delete=models.PROTECT, related_name="reveals"
    )
    person = models.ForeignKey(Person, verbose_name="被查看人", on_delete=models.PROTECT, related_name="reveals")
    page = models.CharField("所在页面", max_length=40)

    class Meta(Kept.Meta):
        verbose_name = "联系方式查看记录"
        verbose_name_plural = "联系方式查看记录"
        indexes = [
            models.Index(fields=["user", "-at"], name="reveal_by_user"),
            models.Index(fields=["person", "-id"], name="reveal_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.user}查看{self.person}"


class CitizenLook(models.Model):
    """Who looked at the whole name and contact of a citizen, and when; each app adds of which case (privacy.citizens)."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="查看人", on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("时间")
    door = models.CharField("入口", max_length=16)
    ip = models.GenericIPAddressField("地址", null=True)

    class Meta:
        abstract = True
        ordering = ["-pk"]


class DataExport(Kept):
    """A person took a copy of everything held about them."""

    person = models.ForeignKey(Person, verbose_name="人员", on_delete=models.PROTECT, related_name="data_exports")

    class Meta(Kept.Meta):
        verbose_name = "本人数据导出记录"
        verbose_name_plural = "本人数据导出记录"

    def __str__(self) -> str:
        return str(self.person)

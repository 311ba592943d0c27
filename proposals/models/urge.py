from django.conf import settings
from django.db import models

from members.models import Organization
from proposals.kinds import LateStep, UrgeKind
from workflow.history import tracked

from .assignment import Assignment


@tracked()
class NoticeCode(models.Model):
    """The letter code (发文代字) under which a body issues 督办通知书; without a row the usual one is taken."""

    issuer = models.OneToOneField(
        Organization, verbose_name="发文单位", on_delete=models.PROTECT, related_name="notice_code"
    )
    code = models.CharField("发文代字", max_length=20, unique=True, help_text="例如：西政协提督。印在发文字号最前面。")

    class Meta:
        verbose_name = "督办通知书字号"
        verbose_name_plural = "督办通知书字号"
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code}（{self.issuer}）"


class UrgeNotice(models.Model):
    """督办通知书: one letter of a body to one unit about its late cases. Its number is given once and never again."""

    issuer = models.ForeignKey(Organization, verbose_name="发文单位", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Organization, verbose_name="致", on_delete=models.PROTECT, related_name="urge_notices")
    code = models.CharField("发文代字", max_length=20)
    year = models.PositiveSmallIntegerField("年度")
    serial = models.PositiveIntegerField("序号")
    text = models.CharField("督办要求", max_length=500, blank=True)
    required_on = models.DateField("要求办结日期")
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="出具人", on_delete=models.PROTECT, related_name="+"
    )
    issued_at = models.DateTimeField("出具时间")

    class Meta:
        verbose_name = "督办通知书"
        verbose_name_plural = "督办通知书"
        ordering = ["-issued_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["code", "year", "serial"], name="urge_notice_number_unique")]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """In the form of GB/T 9704: 西政协提督〔2026〕3号."""
        return f"{self.code}〔{self.year}〕{self.serial}号"


class Urge(models.Model):
    """催办: somebody pressed a unit for one share. `step` and `due_on` are what it was late with on that day."""

    assignment = models.ForeignKey(Assignment, verbose_name="交办", on_delete=models.CASCADE, related_name="urges")
    kind = models.CharField("方式", max_length=8, choices=UrgeKind.choices)
    text = models.CharField("催办内容", max_length=200, blank=True)
    step = models.CharField("逾期环节", max_length=16, choices=LateStep.choices, blank=True)
    due_on = models.DateField("该环节期限", null=True, blank=True)
    notice = models.ForeignKey(
        UrgeNotice, verbose_name="督办通知书", null=True, blank=True, on_delete=models.PROTECT, related_name="urges"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="催办人", on_delete=models.PROTECT, related_name="+")
    on = models.DateField("日期")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "催办"
        verbose_name_plural = "催办"
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["assignment", "on"], name="urge_once_a_day")]

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d} {self.get_kind_display()}"

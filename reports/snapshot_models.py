"""What is kept of figures: a year's, signed; that they were released to the public; who gets the monthly ones."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from workflow.history import tracked

NEVER_CHANGED = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class FigureSnapshot(models.Model):
    """年度定稿. Rows are never changed or removed: the database refuses it."""

    year = models.PositiveSmallIntegerField("年度", unique=True)
    values = models.JSONField("指标")
    digest = models.CharField("校验值", max_length=64)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="签署账号", on_delete=models.PROTECT, related_name="+"
    )
    signed_name = models.CharField("签署人", max_length=80)
    signed_at = models.DateTimeField("签署时间")

    class Meta:
        verbose_name = "年度统计定稿"
        verbose_name_plural = "年度统计定稿"
        ordering = ["-year"]
        # Vendor SQL on purpose, as for the log of events.
        triggers = [NEVER_CHANGED]

    def __str__(self) -> str:
        return f"{self.year}年度统计"


class FigureRelease(models.Model):
    """The public figures of a snapshot stand on the public page from a moment on, until they are taken down."""

    snapshot = models.ForeignKey(
        FigureSnapshot, verbose_name="年度统计定稿", on_delete=models.PROTECT, related_name="releases"
    )
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="公布人", on_delete=models.PROTECT, related_name="+"
    )
    released_at = models.DateTimeField("公布时间", default=timezone.now)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="撤下人", null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    withdrawn_at = models.DateTimeField("撤下时间", null=True, blank=True)

    class Meta:
        verbose_name = "统计公布"
        verbose_name_plural = "统计公布"
        ordering = ["-released_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["snapshot"], condition=Q(withdrawn_at__isnull=True), name="figures_released_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.snapshot}的公布"


@tracked()
class MonthlyRecipient(models.Model):
    """Who gets the figures of each month by message and mail."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name="收件人", on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField("加入时间", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "每月统计收件人"
        verbose_name_plural = "每月统计收件人"
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.user)


class MonthlyNotice(models.Model):
    """That somebody was told of a month: the unique key makes it happen once."""

    month = models.DateField("月份")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="收件人", on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("时间", default=timezone.now)

    class Meta:
        verbose_name = "每月统计发送"
        verbose_name_plural = "每月统计发送"
        ordering = ["-month", "pk"]
        constraints = [models.UniqueConstraint(fields=["month", "user"], name="monthly_notice_once")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.user}"

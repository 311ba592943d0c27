import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from .message import Message


class Digest(models.Model):
    """One person's daily mail. The unique key allows one a day; what comes later waits for the next working day."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="收件人", on_delete=models.PROTECT, related_name="digests"
    )
    day = models.DateField("日期")
    run = models.UUIDField("批次", default=uuid.uuid4, editable=False)
    made_at = models.DateTimeField("汇总时间", default=timezone.now)

    class Meta:
        verbose_name = "每日汇总"
        verbose_name_plural = "每日汇总"
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="digest_user_day")]
        indexes = [models.Index(fields=["run"], name="digest_run")]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} 的消息汇总"


class DigestLine(models.Model):
    """A message that its recipient wants in the daily mail; `digest` says in which one it went, empty: not yet.

    One row a message, and one column for its digest: a message cannot be in two.
    """

    message = models.OneToOneField(
        Message, verbose_name="消息", on_delete=models.PROTECT, related_name="digest_line", primary_key=True
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="收件人", on_delete=models.PROTECT, related_name="+"
    )
    digest = models.ForeignKey(
        Digest, verbose_name="汇总", null=True, blank=True, on_delete=models.PROTECT, related_name="lines"
    )

    class Meta:
        verbose_name = "待汇总消息"
        verbose_name_plural = "待汇总消息"
        ordering = ["pk"]
        indexes = [models.Index(fields=["user"], condition=models.Q(digest=None), name="digest_waiting")]

    def __str__(self) -> str:
        return str(self.message)

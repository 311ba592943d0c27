from django.db import models
from django.db.models.functions import Now
from django.utils import timezone

from notices.patience import MAX_TRIES


class OutboxQuerySet(models.QuerySet):
    def open(self):
        return self.filter(delivered_at=None)

    def due(self):
        """Not delivered, not being worked on, its next try come; by the database's clock."""
        free = models.Q(lease_until=None) | models.Q(lease_until__lt=Now())
        return self.open().filter(free, next_try_at__lte=Now(), attempts__lt=MAX_TRIES)

    def dead(self):
        """Given up after the last try; only the admin's resend wakes them."""
        free = models.Q(lease_until=None) | models.Q(lease_until__lt=Now())
        return self.open().filter(free, attempts__gte=MAX_TRIES)


class Outbox(models.Model):
    """An event whose notices must go out. Written in the event's own transaction."""

    event = models.OneToOneField(
        "workflow.Event", verbose_name="办理记录", on_delete=models.PROTECT, related_name="outbox"
    )
    created_at = models.DateTimeField("登记时间", default=timezone.now, editable=False)
    delivered_at = models.DateTimeField("送出时间", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("已试次数", default=0)
    next_try_at = models.DateTimeField("下次尝试", default=timezone.now)
    lease_until = models.DateTimeField("处理中至", null=True, blank=True)
    last_error = models.TextField("最近错误", blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = "待发通知"
        verbose_name_plural = "待发通知"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["next_try_at"], condition=models.Q(delivered_at=None), name="outbox_open")]

    def __str__(self) -> str:
        return str(self.event)

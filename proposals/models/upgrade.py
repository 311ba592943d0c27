from django.conf import settings
from django.db import models
from django.db.models import Q

from .reply import Reply


class UpgradeQuerySet(models.QuerySet):
    def open(self):
        """Those that wait for the proposer's answer or the committee's decision."""
        return self.filter(decision="").exclude(answer="declined")


class Upgrade(models.Model):
    """B 类转 A 类: asked for when every commitment of a reply is done, agreed to by the proposer, decided by 提案委.

    One row for each time it was asked for. The reply keeps the class in which it was sent (domain §4.3).
    """

    class Answer(models.TextChoices):
        CONSENTED = "consented", "同意"
        DECLINED = "declined", "不同意"

    class Decision(models.TextChoices):
        GRANTED = "granted", "已转为 A 类"
        REFUSED = "refused", "未予转类"

    reply = models.ForeignKey(Reply, verbose_name="答复", on_delete=models.CASCADE, related_name="upgrades")
    reason = models.CharField("落实情况说明", max_length=500, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="提出人", on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField("提出时间")
    answer = models.CharField("提案人意见", max_length=10, choices=Answer.choices, blank=True)
    answer_reason = models.CharField("提案人说明", max_length=500, blank=True)
    answered_at = models.DateTimeField("提案人答复时间", null=True, blank=True)
    decision = models.CharField("提案委决定", max_length=10, choices=Decision.choices, blank=True)
    decision_reason = models.CharField("决定说明", max_length=500, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="决定人", null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    decided_at = models.DateTimeField("决定时间", null=True, blank=True)

    objects = UpgradeQuerySet.as_manager()

    class Meta:
        verbose_name = "转类申请"
        verbose_name_plural = "转类申请"
        ordering = ["reply", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reply"], condition=Q(decision="") & ~Q(answer="declined"), name="upgrade_one_open"
            )
        ]

    def __str__(self) -> str:
        return self.get_decision_display() or self.get_answer_display() or "等提案人答复"

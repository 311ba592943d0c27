from django.conf import settings
from django.db import models

from .proposal import Proposal


class TripartiteMeeting(models.Model):
    """三方会商: the proposer, the unit and the committee at one table after two rounds."""

    class Outcome(models.TextChoices):
        AGREED = "agreed", "达成一致，办结"
        AGAIN = "again", "由承办单位再次办理"

    proposal = models.ForeignKey(Proposal, verbose_name="提案", on_delete=models.PROTECT, related_name="meetings")
    on = models.DateField("会商日期")
    place = models.CharField("地点", max_length=100)
    participants = models.CharField("参加人员", max_length=300)
    findings = models.TextField("会商情况", max_length=2000)
    outcome = models.CharField("会商结果", max_length=8, choices=Outcome.choices)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="登记人", on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "三方会商"
        verbose_name_plural = "三方会商"
        ordering = ["proposal", "on"]

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d} {self.get_outcome_display()}"

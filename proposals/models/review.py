from django.conf import settings
from django.db import models

from members.models import Organization
from proposals.kinds import Recommendation

from .category import Category
from .proposal import Proposal


class Review(models.Model):
    """初审: a reviewer's recommendation. Inside only; the proposer sees the decision."""

    proposal = models.ForeignKey(Proposal, verbose_name="提案", on_delete=models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="审查员", on_delete=models.PROTECT, related_name="+"
    )
    recommendation = models.CharField("建议", max_length=12, choices=Recommendation.choices)
    business_category = models.ForeignKey(
        Category, verbose_name="类别", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    units = models.ManyToManyField(Organization, verbose_name="建议承办单位", blank=True, related_name="+")
    note = models.CharField("初审意见", max_length=500, blank=True)
    outside_group = models.BooleanField("组外意见", default=False)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "初审意见"
        verbose_name_plural = "初审意见"
        ordering = ["proposal", "-at"]

    def __str__(self) -> str:
        return self.get_recommendation_display()

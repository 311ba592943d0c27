from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from members.models import Session
from proposals.lead_roles import LeadRole, lead_clauses
from proposals.lead_states import LeadState
from proposals.querysets import LeadQuerySet
from workflow.history import tracked
from workflow.models import RootCase

from .category import Category
from .proposal import Proposal


class LeadSource(models.TextChoices):
    PUBLIC = "public", "公众"
    INSIDE = "inside", "委员、单位和工作人员"


class DeclineReason(models.TextChoices):
    EXCLUDED = "excluded", "不属于征集范围"
    KNOWN = "known", "已有同类提案或正在办理"
    UNCLEAR = "unclear", "内容不具体，无法核实"
    REPEATED = "repeated", "与其他线索重复"
    OTHER = "other", "其他原因"


@tracked()
class LeadCollection(models.Model):
    """征集: when leads are taken for a session; outside these days the page says when."""

    session = models.OneToOneField(Session, verbose_name="届次", on_delete=models.PROTECT, related_name="collection")
    opens = models.DateTimeField("征集开始")
    closes = models.DateTimeField("征集截止")
    active = models.BooleanField("开放征集", default=True)

    class Meta:
        verbose_name = "线索征集"
        verbose_name_plural = "线索征集"
        ordering = ["-opens"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes__gt=models.F("opens")), name="collection_opens_before_it_closes",
                violation_error_message="征集截止须晚于征集开始，请改填。",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.session}提案线索征集"

    def is_open(self, at=None) -> bool:
        return self.active and self.opens <= (at or timezone.now()) <= self.closes


class Lead(RootCase):
    """提案线索: one matter somebody brings to the members' notice. What was written is never changed."""

    process_name = "lead"

    collection = models.ForeignKey(LeadCollection, verbose_name="征集", on_delete=models.PROTECT, related_name="leads")
    receipt = models.CharField("编号", max_length=20, unique=True)
    code_hash = models.CharField("查询码校验值", max_length=64)
    form_key = models.CharField("表单标识", max_length=64, unique=True)
    source = models.CharField("来源", max_length=8, choices=LeadSource.choices)
    contributor = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="提供人", null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    title = models.CharField("标题", max_length=50)
    description = models.CharField("情况说明", max_length=500)
    place = models.CharField("地点", max_length=50, blank=True)
    contact = models.CharField("联系方式", max_length=60, blank=True)
    received_at = models.DateTimeField("收到时间")
    shown_title = models.CharField("给委员看的标题", max_length=50, blank=True)
    shown_description = models.CharField("给委员看的说明", max_length=500, blank=True)
    category = models.ForeignKey(
        Category, verbose_name="类别", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decline_reason = models.CharField("不采用的原因", max_length=10, choices=DeclineReason.choices, blank=True)
    answer = models.CharField("答复提供人", max_length=300, blank=True)
    channel = models.CharField("转往", max_length=60, blank=True)

    objects = LeadQuerySet.as_manager()

    class Meta:
        verbose_name = "提案线索"
        verbose_name_plural = "提案线索"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["state", "-id"], name="lead_state"),
            models.Index(fields=["source", "received_at"], name="lead_received"),
        ]

    def __str__(self) -> str:
        return self.shown_title or self.title

    def get_absolute_url(self) -> str:
        return reverse("proposals:lead", args=[self.pk])

    @classmethod
    def role_clauses(cls, user):
        return lead_clauses(user, cls)

    @classmethod
    def role_names(cls):
        return LeadRole.values

    def get_state_display(self) -> str:
        return LeadState(self.state).label


class LeadUse(models.Model):
    """Which draft was begun from a lead; several members may use one."""

    lead = models.ForeignKey(Lead, verbose_name="线索", on_delete=models.PROTECT, related_name="uses")
    proposal = models.OneToOneField(Proposal, verbose_name="提案", on_delete=models.CASCADE, related_name="lead_use")

    class Meta:
        verbose_name = "线索采用"
        verbose_name_plural = "线索采用"
        ordering = ["lead", "pk"]

    def __str__(self) -> str:
        return f"{self.lead}"

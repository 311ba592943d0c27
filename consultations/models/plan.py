from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from consultations.kinds import StepKind
from consultations.querysets import PlanQuerySet
from consultations.roles import Role, plan_clauses
from consultations.states import PlanState
from workflow.models import RootCase

ISSUERS = "中共西平县委办公室、西平县人民政府办公室、政协西平县委员会办公室"
AIM_MAX, DUTIES_MAX = 3000, 5000


class Plan(RootCase):
    """年度协商计划: one for each year, made with the party committee and the government (domain §9)."""

    process_name = "consult_plan"

    year = models.PositiveSmallIntegerField("年度")
    aim = models.TextField("总体要求", max_length=AIM_MAX, blank=True)
    duties = models.TextField("组织实施", max_length=DUTIES_MAX, blank=True)
    called_at = models.DateTimeField("征集开始", null=True, blank=True, editable=False)
    call_until = models.DateField("征集截止", null=True, blank=True, editable=False)
    issued_on = models.DateField("印发日期", null=True, blank=True, editable=False)
    document_number = models.CharField("文号", max_length=60, blank=True, editable=False)
    issuers = models.CharField("联合印发单位", max_length=200, default=ISSUERS)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = "年度协商计划"
        verbose_name_plural = "年度协商计划"
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["year"], condition=~Q(state=PlanState.DROPPED), name="plan_of_a_year"),
        ]

    def __str__(self) -> str:
        return f"西平县政协{self.year}年度协商计划"

    def get_absolute_url(self) -> str:
        return reverse("consultations:plan", args=[self.pk])

    @classmethod
    def role_clauses(cls, user):
        return plan_clauses(user, cls)

    @classmethod
    def role_names(cls):
        return Role.values

    def get_state_display(self) -> str:
        return PlanState(self.state).label

    @property
    def number(self) -> str:
        return f"{self.year}年度协商计划"


class PlanStep(models.Model):
    """One dated step: its document, and the topics as they stood then, so that the next step can show what changed."""

    plan = models.ForeignKey(Plan, verbose_name="协商计划", on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField("步骤", max_length=12, choices=StepKind.choices)
    on = models.DateField("日期")
    document_number = models.CharField("文号", max_length=60, blank=True)
    note = models.TextField("说明", max_length=2000, blank=True)
    rows = models.JSONField("当时的议题", default=list)
    texts = models.JSONField("当时的文字", default=dict)
    at = models.DateTimeField("登记时间")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="登记人", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "计划步骤"
        verbose_name_plural = "计划步骤"
        ordering = ["plan", "at", "pk"]

    def __str__(self) -> str:
        return f"{self.plan} {self.get_kind_display()}"

from django.conf import settings
from django.db import models

from members.models import Person
from proposals.key_querysets import DemandQuerySet, SupervisionQuerySet
from proposals.kinds import SupervisionForm

from .assignment import Assignment
from .proposal import Proposal
from .reply import Reply


class Supervision(models.Model):
    """督办记录, or a leader's 批示: never edited, only voided with a reason (domain §4.1)."""

    proposal = models.ForeignKey(Proposal, verbose_name="提案", on_delete=models.PROTECT, related_name="supervisions")
    form = models.CharField("方式", max_length=12, choices=SupervisionForm.choices)
    on = models.DateField("日期")
    leader = models.ForeignKey(
        Person, verbose_name="领导", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    leader_title = models.CharField("领导职务", max_length=60, blank=True)
    participants = models.CharField("参加人员", max_length=300, blank=True)
    findings = models.TextField("情况或批示内容", max_length=2000)
    next_check_on = models.DateField("下次检查", null=True, blank=True)
    reply = models.ForeignKey(
        Reply, verbose_name="所批的答复", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    tells_proposer = models.BooleanField("可告知提案人", default=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="登记人", on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField("登记时间")
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="作废人", null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    voided_at = models.DateTimeField("作废时间", null=True, blank=True)
    void_reason = models.CharField("作废理由", max_length=500, blank=True)

    objects = SupervisionQuerySet.as_manager()

    class Meta:
        verbose_name = "督办记录"
        verbose_name_plural = "督办记录"
        ordering = ["proposal", "-on", "-pk"]
        indexes = [models.Index(fields=["on"], name="supervision_on")]

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d} {self.get_form_display()}"

    @property
    def is_instruction(self) -> bool:
        return self.form == SupervisionForm.INSTRUCTION

    @property
    def leader_name(self) -> str:
        return f"{self.leader_title}{self.leader}" if self.leader_id else ""


class Demand(models.Model):
    """督办要求: what a unit is asked to do by a record or a 批示, and what it reports."""

    record = models.ForeignKey(Supervision, verbose_name="督办记录", on_delete=models.CASCADE, related_name="demands")
    assignment = models.ForeignKey(Assignment, verbose_name="交办", on_delete=models.PROTECT, related_name="demands")
    position = models.PositiveSmallIntegerField("序号", default=1)
    text = models.CharField("要求", max_length=300)
    due_on = models.DateField("反馈期限", null=True, blank=True)
    answer = models.TextField("落实情况", max_length=1000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="反馈人", null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    answered_at = models.DateTimeField("反馈时间", null=True, blank=True)

    objects = DemandQuerySet.as_manager()

    class Meta:
        verbose_name = "督办要求"
        verbose_name_plural = "督办要求"
        ordering = ["record", "position", "pk"]
        indexes = [models.Index(fields=["answered_at", "due_on"], name="demand_open_due")]

    def __str__(self) -> str:
        return self.text

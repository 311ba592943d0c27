from django.db import models
from django.urls import reverse

from members.models import Organization
from opinions.kinds import Verdict
from opinions.querysets import TransferQuerySet
from opinions.roles import Role, transfer_clauses
from opinions.states import TransferState
from workflow.models import Case


class Transfer(Case):
    """转办: a unit's part in a report, from signing for it to the answer that its author hears."""

    process_name = "opinion_transfer"
    parent_field = "report"

    report = models.ForeignKey(
        "opinions.OpinionReport", verbose_name="社情民意", on_delete=models.PROTECT, related_name="transfers"
    )
    unit = models.ForeignKey(
        Organization, verbose_name="承办单位", on_delete=models.PROTECT, related_name="opinion_transfers"
    )
    note = models.CharField("办理要求", max_length=500, blank=True)
    assigned_at = models.DateTimeField("转办时间")
    sign_due_on = models.DateField("签收期限", null=True, blank=True)
    due_on = models.DateField("答复期限", null=True, blank=True)
    extended_from = models.DateField("延期前的答复期限", null=True, blank=True)
    urged_on = models.DateField("最近催办日期", null=True, blank=True)
    signed_at = models.DateTimeField("签收时间", null=True, blank=True)
    verdict = models.CharField("采纳情况", max_length=12, choices=Verdict.choices, blank=True)
    reply = models.TextField("办理情况", blank=True)
    replied_at = models.DateTimeField("答复时间", null=True, blank=True)
    checked_at = models.DateTimeField("反馈时间", null=True, blank=True)
    return_reason = models.CharField("退回原因", max_length=500, blank=True)

    objects = TransferQuerySet.as_manager()

    class Meta:
        verbose_name = "社情民意转办"
        verbose_name_plural = "社情民意转办"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "unit"], condition=~models.Q(state__in=TransferState.FINISHED),
                name="opinion_with_a_unit_once",
            ),
            models.CheckConstraint(
                condition=models.Q(extended_from__isnull=True) | models.Q(due_on__gt=models.F("extended_from")),
                name="opinion_transfer_extended_later",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["unit", "state"], name="opinion_transfer_unit")]

    def __str__(self) -> str:
        return f"{self.report.number} {self.unit}"

    def get_absolute_url(self) -> str:
        return f"{reverse('opinions:detail', args=[self.report_id])}#transfer-{self.pk}"

    @classmethod
    def role_clauses(cls, user):
        return transfer_clauses(user, cls)

    @classmethod
    def role_names(cls):
        return Role.values

    def get_state_display(self) -> str:
        return TransferState(self.state).label

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from proposals.querysets import ExtensionQuerySet
from proposals.roles import Role, extension_clauses
from proposals.states import ExtensionState
from workflow.models import Case

from .assignment import Assignment
from .proposal import Proposal


class ExtensionRequest(Case):
    """延期申请: a unit that cannot answer in time asks for a later date, before its date is over (design §6 办)."""

    process_name = "extension"
    parent_field = "proposal"

    proposal = models.ForeignKey(Proposal, verbose_name="提案", on_delete=models.CASCADE, related_name="extensions")
    assignment = models.ForeignKey(Assignment, verbose_name="交办", on_delete=models.CASCADE, related_name="extensions")
    reason = models.CharField("申请理由", max_length=500)
    wanted_on = models.DateField("申请延至")
    due_on = models.DateField("申请时的期限")
    granted_on = models.DateField("同意延至", null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="申请人", on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField("申请时间")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="决定人", null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    decided_at = models.DateTimeField("决定时间", null=True, blank=True)
    decision = models.CharField("决定说明", max_length=500, blank=True)

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        verbose_name = "延期申请"
        verbose_name_plural = "延期申请"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"], condition=Q(state="pending"), name="extension_one_open"
            ),
            models.UniqueConstraint(
                fields=["assignment"], condition=Q(state="granted"), name="extension_granted_once"
            ),
            models.CheckConstraint(condition=Q(wanted_on__gt=models.F("due_on")), name="extension_is_later"),
        ]  # fmt: skip
        indexes = [models.Index(fields=["state", "asked_at"], name="extension_state")]

    def __str__(self) -> str:
        return f"{self.assignment.unit}申请延期（{self.get_state_display()}）"

    def get_absolute_url(self) -> str:
        return f"{reverse('proposals:detail', args=[self.proposal_id])}#share-{self.assignment_id}"

    @classmethod
    def role_clauses(cls, user):
        return extension_clauses(user, cls)

    @classmethod
    def role_names(cls):
        return Role.values

    def get_state_display(self) -> str:
        return ExtensionState(self.state).label

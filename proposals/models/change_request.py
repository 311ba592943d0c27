from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from members.models import Person
from proposals.kinds import ChangeKind
from proposals.querysets import ChangeRequestQuerySet
from proposals.roles import Role, change_request_clauses
from proposals.states import ChangeRequestState
from workflow.models import Case

from .proposal import Proposal


class ChangeRequest(Case):
    """变更申请: the proposer asks to change the text after submission, or to withdraw after filing (domain §1.4)."""

    process_name = "change_request"
    parent_field = "proposal"

    proposal = models.ForeignKey(
        Proposal, verbose_name="提案", on_delete=models.CASCADE, related_name="change_requests"
    )
    kind = models.CharField("申请事项", max_length=12, choices=ChangeKind.choices)
    reason = models.CharField("申请理由", max_length=500)
    replaced = models.JSONField("申请时的文字", default=dict)
    proposed = models.JSONField("申请改成的文字", default=dict)
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

    objects = ChangeRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "变更申请"
        verbose_name_plural = "变更申请"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal"], condition=Q(state="pending"), name="change_request_one_open"
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["state", "asked_at"], name="change_request_state")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}（{self.get_state_display()}）"

    def get_absolute_url(self) -> str:
        return f"{reverse('proposals:detail', args=[self.proposal_id])}#change-{self.pk}"

    @classmethod
    def role_clauses(cls, user):
        return change_request_clauses(user, cls)

    @classmethod
    def role_names(cls):
        return Role.values

    def get_state_display(self) -> str:
        return ChangeRequestState(self.state).label

    @property
    def is_amendment(self) -> bool:
        return self.kind == ChangeKind.AMEND


class CosignerView(models.Model):
    """What a co-signer says to a request: the head reads it before deciding; it binds nobody."""

    request = models.ForeignKey(ChangeRequest, verbose_name="变更申请", on_delete=models.CASCADE, related_name="views")
    person = models.ForeignKey(Person, verbose_name="联名人", on_delete=models.PROTECT, related_name="+")
    agrees = models.BooleanField("同意")
    comment = models.CharField("说明", max_length=200, blank=True)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "联名人意见"
        verbose_name_plural = "联名人意见"
        ordering = ["request", "at", "pk"]
        constraints = [models.UniqueConstraint(fields=["request", "person"], name="cosigner_view_once")]

    def __str__(self) -> str:
        return f"{self.person}：{'同意' if self.agrees else '不同意'}"

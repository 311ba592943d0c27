from django.conf import settings
from django.db import models
from django.urls import reverse

from members.models import Organization
from proposals.commitment_roles import commitment_clauses
from proposals.commitment_rows import CommitmentQuerySet
from proposals.commitment_states import CommitmentState
from proposals.roles import Role
from workflow.models import Case

from .proposal import Proposal
from .reply import Reply


class Commitment(Case):
    """承诺事项: what a reply promises, by whom and until when (domain §4.3). It lives on when its case is closed.

    Only a draft's may be half written; those are deleted and written anew with the draft. Life begins at sending.
    """

    process_name = "commitment"
    parent_field = "proposal"

    proposal = models.ForeignKey(
        Proposal, verbose_name="提案", on_delete=models.CASCADE, related_name="commitments", editable=False
    )
    reply = models.ForeignKey(Reply, verbose_name="答复", on_delete=models.CASCADE, related_name="commitments")
    owner = models.ForeignKey(
        Organization, verbose_name="责任单位", null=True, on_delete=models.PROTECT,
        related_name="commitments",
    )  # fmt: skip
    measure = models.CharField("承诺内容", max_length=300, blank=True)
    due_on = models.DateField("完成期限", null=True)
    promised_on = models.DateField("原定期限", null=True, blank=True)
    done_on = models.DateField("完成日期", null=True, blank=True)
    result = models.CharField("办结情况", max_length=1000, blank=True)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = "承诺事项"
        verbose_name_plural = "承诺事项"
        ordering = ["reply", "due_on", "pk"]
        indexes = [models.Index(fields=["state", "due_on"], name="commitment_state_due")]

    def __str__(self) -> str:
        return self.measure

    def get_absolute_url(self) -> str:
        return reverse("proposals:commitment", args=[self.pk])

    @classmethod
    def role_clauses(cls, user):
        return commitment_clauses(user, cls)

    @classmethod
    def role_names(cls):
        return Role.values

    def get_state_display(self) -> str:
        return CommitmentState(self.state).label


class CommitmentNote(models.Model):
    """One line in the record of a commitment: 进展, 延期 with both dates, 报办结, 退回, 催办."""

    class Kind(models.TextChoices):
        PROGRESS = "progress", "进展"
        POSTPONED = "postponed", "延期"
        REPORTED = "reported", "报办结"
        RETURNED = "returned", "退回继续落实"
        URGED = "urged", "催办"

    commitment = models.ForeignKey(Commitment, verbose_name="承诺事项", on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField("类别", max_length=10, choices=Kind.choices)
    on = models.DateField("日期")
    text = models.CharField("内容", max_length=1000, blank=True)
    old_due_on = models.DateField("原期限", null=True, blank=True)
    new_due_on = models.DateField("新期限", null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="登记人", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "承诺落实记录"
        verbose_name_plural = "承诺落实记录"
        ordering = ["commitment", "at", "pk"]

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d} {self.get_kind_display()}"

from django.db import models
from django.urls import reverse

from members.models import Member, Person
from members.periods import today
from proposals.querysets import CosignatureQuerySet
from proposals.roles import Role, cosignature_clauses
from proposals.states import CosignatureState
from workflow.models import Case

from .proposal import Proposal


class Cosignature(Case):
    """联名: an invitation and what became of it, or a 附议. The relation is to the person and outlives the seat."""

    process_name = "cosignature"
    parent_field = "proposal"

    proposal = models.ForeignKey(Proposal, verbose_name="提案", on_delete=models.CASCADE, related_name="cosignatures")
    person = models.ForeignKey(Person, verbose_name="联名人", on_delete=models.PROTECT, related_name="cosignatures")
    position = models.PositiveSmallIntegerField("排序", default=0)
    invited_at = models.DateTimeField("邀请时间")
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    comment = models.CharField("附言", max_length=200, blank=True)
    is_support = models.BooleanField("附议", default=False)

    objects = CosignatureQuerySet.as_manager()

    class Meta:
        verbose_name = "联名"
        verbose_name_plural = "联名"
        ordering = ["proposal", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["proposal", "person"], name="cosignature_unique")]

    def __str__(self) -> str:
        return f"{self.person}（{self.get_state_display()}）"

    def get_absolute_url(self) -> str:
        return reverse("proposals:detail", args=[self.proposal_id])

    @classmethod
    def role_clauses(cls, user):
        return cosignature_clauses(user, cls)

    @classmethod
    def role_names(cls):
        return Role.values

    def is_in_office(self) -> bool:
        """Whether the person sits today; rows read for acting or for a page know it already."""
        known = getattr(self, "has_seat", None)
        return Member.objects.in_office(today()).filter(person=self.person_id).exists() if known is None else known

    def get_state_display(self) -> str:
        return CosignatureState(self.state).label

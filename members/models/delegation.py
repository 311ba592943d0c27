from django.db import models
from django.db.models import F, Q

from members.periods import Period, PeriodQuerySet
from workflow.history import tracked

from .person import Person


@tracked()
class Delegation(Period):
    """A member's leave to somebody to prepare drafts for them. Never to submit, to co-sign or to rate."""

    grantor = models.ForeignKey(Person, verbose_name="委员", on_delete=models.PROTECT, related_name="delegations_given")
    secretary = models.ForeignKey(
        Person, verbose_name="代为起草的人", on_delete=models.PROTECT, related_name="delegations_held"
    )
    granted_at = models.DateTimeField("授权时间", auto_now_add=True)

    objects = PeriodQuerySet.as_manager()

    class Meta(Period.Meta):
        verbose_name = "起草授权"
        verbose_name_plural = "起草授权"
        ordering = ["-granted_at"]
        constraints = [
            *Period.Meta.constraints,
            models.CheckConstraint(condition=~Q(grantor=F("secretary")), name="delegation_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.secretary}代{self.grantor}起草"

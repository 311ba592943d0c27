"""Named groups of 重点提案, supervision records and their demands."""

from django.db import models
from django.db.models.functions import Coalesce

from .kinds import KeyStatus, SupervisionForm
from .states import AssignmentState, ProposalState


class KeyQuerySet(models.QuerySet):
    def decided(self):
        return self.filter(status=KeyStatus.DECIDED)

    def standing(self):
        """Put up or decided, neither declined nor revoked."""
        return self.filter(status__in=KeyStatus.STANDING)

    def alive(self):
        """Of cases that are still filed: one that was withdrawn is no key proposal any more."""
        return self.filter(proposal__state__in=ProposalState.FILED_ON)

    def led_by(self, person_id: int):
        return self.decided().filter(models.Q(leader_id=person_id) | models.Q(supervisor_id=person_id))

    def newest_first(self):
        return self.order_by("-year", "-pk")

    def for_list(self):
        """With the people and the committee, and all that the lists say of them."""
        return self.select_related("leader", "supervisor", "committee")


class SupervisionQuerySet(models.QuerySet):
    def valid(self):
        return self.filter(voided_at__isnull=True)

    def checks(self):
        """What counts as a supervision: everything but 批示."""
        return self.exclude(form=SupervisionForm.INSTRUCTION)

    def instructions(self):
        return self.filter(form=SupervisionForm.INSTRUCTION)


class DemandQuerySet(models.QuerySet):
    def valid(self):
        """Of records that stand, asked of a unit that still has the case."""
        return self.filter(record__voided_at__isnull=True).exclude(assignment__state=AssignmentState.RECALLED)

    def open(self):
        return self.valid().filter(answered_at__isnull=True)

    def answered(self):
        return self.valid().filter(answered_at__isnull=False)

    def overdue(self, day):
        return self.open().filter(due_on__lt=day)

    def for_list(self):
        return self.select_related(
            "record__leader", "assignment__unit", "assignment__proposal__session__term",
            "assignment__proposal__first_proposer", "assignment__proposal__organization",
        )  # fmt: skip


def with_progress(entries, records, demands, day):
    """Of each entry: `checks` and `last_on` of its case's supervision, `next_on`, and its demands `met`, `due`, `late`.

    `demands` are what is counted: for a reader who may not see 批示, those without theirs.
    """
    mine = records.valid().checks().filter(proposal=models.OuterRef("proposal"))
    asked = demands.filter(record__proposal=models.OuterRef("proposal"))
    return entries.annotate(
        checks=_counted(mine, "proposal"), last_on=_first(mine.order_by("-on"), "on"),
        next_on=_first(mine.filter(next_check_on__gte=day).order_by("next_check_on"), "next_check_on"),
        met=_counted(asked.answered(), "record__proposal"), due=_counted(asked.open(), "record__proposal"),
        late=_counted(asked.overdue(day), "record__proposal"),
    )  # fmt: skip


def _counted(rows, by: str):
    counts = rows.order_by().values(by).annotate(n=models.Count("pk")).values("n")
    return Coalesce(models.Subquery(counts), 0)


def _first(rows, name: str):
    return models.Subquery(rows.values(name)[:1])

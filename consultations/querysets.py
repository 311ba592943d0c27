"""What is fetched with each kind of row, and their named groups."""

from datetime import date

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from workflow.querysets import CaseQuerySet

from .kinds import StepKind
from .states import ItemState, OpinionState, OutcomeState, PlanState, TopicState


def words_in(text: str, *fields: str) -> Q:
    """Every word in one of the fields."""
    found = Q()
    for word in text.replace("\x00", "").split()[:5]:
        anywhere = Q()
        for field in fields:
            anywhere |= Q(**{f"{field}__icontains": word})
        found &= anywhere
    return found


class PlanQuerySet(CaseQuerySet):
    def for_list(self):
        return self.annotate(topic_count=_count(self.model, "topics", Q(state__in=TopicState.LISTED), "plan"))

    def live(self):
        return self.exclude(state=PlanState.DROPPED)

    def collecting(self, day: date):
        """Those for which topics are being asked for, with what the call asks for (`wanted`)."""
        rows = self.model._meta.get_field("steps").related_model._base_manager
        called = rows.filter(plan=OuterRef("pk"), kind=StepKind.CALLED).order_by("-at", "-pk").values("note")
        return self.filter(state=PlanState.DRAFT, call_until__gte=day).annotate(wanted=Subquery(called[:1]))

    def matching(self, text: str):
        return self.filter(words_in(text, "aim", "duties"))


class IdeaQuerySet(CaseQuerySet):
    def for_acting(self):
        return self.select_related("plan", "person", "organization", "topic")

    def for_list(self):
        return self.for_acting()

    def matching(self, text: str):
        return self.filter(words_in(text, "title", "because"))


class TopicQuerySet(CaseQuerySet):
    def for_acting(self):
        return self.select_related("plan", "kind", "lead", "leader")

    def for_page(self):
        """With what the guards would ask for the buttons, one question each."""
        return self.for_acting().annotate(
            has_opinions=self._has("opinions", state=OpinionState.SUBMITTED), has_surveys=self._has("surveys"),
            has_open_minutes=self._has("meetings", minutes_on=None), has_participants=self._has("participants"),
            has_open_outcomes=self._has("outcomes", state__in=OutcomeState.OPEN),
            open_item_count=_count(
                self.model, "items", Q(outcome__state=OutcomeState.SENT, state__in=ItemState.OPEN)
            ),
        )  # fmt: skip

    def _has(self, relation: str, **which):
        rows = self.model._meta.get_field(relation).related_model._base_manager
        return Exists(rows.filter(topic=OuterRef("pk"), **which))

    def for_list(self):
        return self.for_acting().annotate(item_count=_count(self.model, "items", Q(outcome__state=OutcomeState.SENT)))

    def listed(self):
        return self.filter(state__in=TopicState.LISTED)

    def issued(self):
        return self.listed().filter(Q(plan=None) | Q(plan__state=PlanState.ISSUED))

    def met(self):
        """The meeting, or what stands for it, is over."""
        return self.filter(state__in=TopicState.MET)

    def collecting(self, day: date):
        """Members are being asked what they think."""
        return self.issued().filter(state=TopicState.PREPARING, opinions_until__gte=day).exclude(mode="")

    def matching(self, text: str):
        return self.filter(words_in(text, "title", "background"))


class OpinionQuerySet(CaseQuerySet):
    def for_acting(self):
        return self.select_related("topic__plan", "topic__kind", "person")

    def for_list(self):
        return self.for_acting()

    def submitted(self):
        return self.filter(state=OpinionState.SUBMITTED)


class OutcomeQuerySet(CaseQuerySet):
    def for_acting(self):
        return self.select_related("topic__plan", "topic__kind", "topic__lead", "topic__leader")

    def for_list(self):
        return self.for_acting().annotate(
            instruction_count=_count(self.model, "instructions", Q(voided_at=None), "outcome")
        )

    def sent(self):
        return self.filter(state=OutcomeState.SENT)

    def matching(self, text: str):
        return self.filter(words_in(text, "title", "topic__title"))


class InstructionQuerySet(QuerySet):
    def valid(self):
        return self.filter(voided_at=None)


class ItemQuerySet(CaseQuerySet):
    def for_acting(self):
        return self.select_related("topic__plan", "topic__lead", "topic__kind", "outcome", "unit")

    def for_list(self):
        return self.for_acting()

    def sent(self):
        """Those that were really asked of a unit."""
        return self.filter(outcome__state=OutcomeState.SENT)

    def late(self, day: date):
        """Not answered in time, or not done in time; what was reported in time is not late while it waits."""
        unanswered = Q(state=ItemState.WAITING, answer_due_on__lt=day)
        return self.sent().filter(unanswered | Q(state=ItemState.DOING, due_on__lt=day))

    def matching(self, text: str):
        return self.filter(words_in(text, "text", "topic__title"))


def _count(model, relation: str, clause: Q, back: str = "topic"):
    rows = model._meta.get_field(relation).related_model._base_manager.filter(clause)
    mine = rows.filter(**{back: OuterRef("pk")}).order_by().values(back)
    return Coalesce(Subquery(mine.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)

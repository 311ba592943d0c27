from functools import reduce
from operator import or_

from django.db.models import Prefetch, Q

from workflow.querysets import NEVER, CaseQuerySet

from .roles import INSIDE, Role
from .states import State, TransferState

PARTS = ("title", "situation", "causes", "suggestions")
EDITED = tuple(f"edited_{name}" for name in PARTS)
NUMBER = "receipt_number"
AUTHORS = (Role.AUTHOR, Role.COAUTHOR)


def words_in(text: str, columns: tuple[str, ...] = (NUMBER, *PARTS, *EDITED)) -> Q:
    """Every word in the title or one of the texts, as written or as edited; or the number."""
    found = Q()
    for word in text.replace("\x00", "").split()[:5]:
        one = Q()
        for column in columns:
            one |= Q(**{f"{column}__icontains": word})
        found &= one
    return found


class ReportQuerySet(CaseQuerySet):
    def for_acting(self):
        people = ("edited_by__person", "reviewed_by__person", "signed_by__person")
        return self.select_related("author", "organization", "issue", "combined_into", *people)

    def for_list(self):
        return self.select_related("author", "organization", "issue").defer(
            "situation", "causes", "suggestions", "edited_situation", "edited_causes", "edited_suggestions"
        )

    def with_parts(self):
        """The units that have it, in two queries for any number of rows."""
        parts = self.model._meta.get_field("transfers").related_model._base_manager
        rows = parts.exclude(state=TransferState.RECALLED).select_related("unit").order_by("pk")
        return self.prefetch_related(Prefetch("transfers", rows, "parts"))

    def matching(self, text: str, user):
        """Of each report those words are searched that this reader may read (sight.texts): nobody finds out word by word
        what an author's own text says, or a text that is still being edited."""
        inside, author = self.seen_by(user, INSIDE), self.seen_by(user, AUTHORS)
        edited = words_in(text, (NUMBER, *EDITED)) | Q(edited_title="") & words_in(text)
        own = words_in(text, (NUMBER, *PARTS)) | Q(state__in=State.SETTLED) & words_in(text)
        rest = Q(state__in=State.DECIDED) & edited | words_in(text, (NUMBER,))
        return self.filter(inside & words_in(text) | author & own | rest)

    def seen_by(self, user, roles) -> Q:
        """The reports on which the user holds one of these roles."""
        clauses = self.model.role_clauses(user)
        return reduce(or_, [clauses[role] for role in roles if clauses[role] != NEVER], NEVER)

    def with_outcome(self, reached: Q, user):
        """Those that have it, of which this reader may know it (sight.outcomes)."""
        return self.filter(reached & self.seen_by(user, (*INSIDE, *AUTHORS)))

    def received(self):
        """Those that count: submitted, and not taken back."""
        return self.filter(submitted_at__isnull=False).exclude(state__in=State.PRIVATE)

    def under_way(self):
        return self.filter(state__in=State.UNDER_WAY)


class TransferQuerySet(CaseQuerySet):
    def for_acting(self):
        return self.select_related("unit", "report__author", "report__organization")

    def for_list(self):
        return self.for_acting()

    def open(self):
        return self.filter(state__in=TransferState.OPEN)

    def with_unit(self):
        return self.filter(state__in=TransferState.WITH_UNIT)

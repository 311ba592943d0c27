from django.db.models import Prefetch, Q

from workflow.querysets import CaseQuerySet

from .states import State, TransferState

PARTS = ("title", "situation", "causes", "suggestions")
EDITED = tuple(f"edited_{name}" for name in PARTS)


def words_in(text: str, columns: tuple[str, ...] = ("receipt_number", *PARTS, *EDITED)) -> Q:
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

    def matching(self, text: str):
        return self.filter(words_in(text))

    def matching_edited(self, text: str):
        """For those who read what was edited: nobody finds out word by word what the author's own text says."""
        return self.filter(words_in(text, ("receipt_number", *EDITED)) | Q(edited_title="") & words_in(text))

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

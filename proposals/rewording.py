"""The text of a proposal as one value, and giving it another without losing what hangs on its suggestions."""

from difflib import SequenceMatcher

from django.db.models import Q

from .models import Proposal, Suggestion, SuggestionAnswer

# The occasion of the text that a granted request replaced.
AMENDED = "按申请修改前"


def text_of(proposal: Proposal) -> dict:
    """title, situation and the suggestions in order: what a request replaces and proposes."""
    rows = proposal.suggestions.order_by("position").values_list("text", flat=True)
    return {"title": proposal.title, "situation": proposal.situation, "suggestions": list(rows)}


def paired(rows: list[Suggestion], texts: list[str]) -> tuple[list[Suggestion | None], list[Suggestion]]:
    """For each new text the row that becomes it (None: a new one), and the rows that none becomes.

    A text that stays keeps its row wherever it moves; a reworded one takes the row that is most like it.
    The unit's answers hang on the rows.
    """
    left = list(rows)
    found: list[Suggestion | None] = [_take(left, lambda row, t=text: row.text == t) for text in texts]
    for n, text in enumerate(texts):
        if found[n] is None and left:
            found[n] = max(left, key=lambda row: SequenceMatcher(None, row.text, text, autojunk=False).quick_ratio())
            left.remove(found[n])
    return found, left


def _take(rows: list[Suggestion], fits) -> Suggestion | None:
    row = next((row for row in rows if fits(row)), None)
    if row is not None:
        rows.remove(row)
    return row


def answered_but_dropped(proposal: Proposal, texts: list[str]) -> list[int]:
    """The positions that these texts leave out although a unit has written something to them."""
    rows = list(proposal.suggestions.order_by("position"))
    _found, dropped = paired(rows, texts)
    if not dropped:
        return []
    written = SuggestionAnswer.objects.exclude(Q(verdict="") & Q(text="")).filter(suggestion__in=dropped)
    taken = set(written.values_list("suggestion_id", flat=True))
    return [row.position for row in dropped if row.pk in taken]


def reword(proposal: Proposal, texts: list[str]) -> None:
    """Make the suggestions these texts. Only for texts of which `answered_but_dropped` found nothing."""
    found, dropped = paired(list(proposal.suggestions.order_by("position")), texts)
    changed, new = [], []
    for position, (row, text) in enumerate(zip(found, texts, strict=True), start=1):
        if row is None:
            new.append(Suggestion(proposal=proposal, position=position, text=text))
        elif (row.position, row.text) != (position, text):
            row.position, row.text = position, text
            changed.append(row)
    if dropped:
        SuggestionAnswer.objects.filter(suggestion__in=dropped).delete()
        Suggestion.objects.filter(pk__in=[row.pk for row in dropped]).delete()
    if changed:
        Suggestion.objects.bulk_update(changed, ["position", "text"])
    if new:
        Suggestion.objects.bulk_create(new)

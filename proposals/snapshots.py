"""On which occasions a text was put on file, and bringing one back."""

from . import attachments
from .drafting import keep_text, write_suggestions
from .models import Proposal, TextSnapshot
from .secrecy import recording

SUBMITTED = "提交"
BEFORE_POLISH = "初审润色前"
ON_RETURN = "退回修改时"
BEFORE_SPLIT = "分案前"
AFTER_SPLIT = "分案产生"
BEFORE_UNDOING_SPLIT = "撤销分案前"
UNSENT_CHANGE = "收回前未提交的修改"


def latest(proposal: Proposal, *occasions: str) -> TextSnapshot | None:
    rows = proposal.snapshots.order_by("at", "pk")
    return (rows.filter(occasion__in=occasions) if occasions else rows).last()


def is_text_of(kept: TextSnapshot, proposal: Proposal) -> bool:
    today = list(proposal.suggestions.values_list("text", flat=True))
    return (kept.title, kept.situation, kept.suggestions) == (proposal.title, proposal.situation, today)


def bring_back(step, kept: TextSnapshot, occasion: str) -> None:
    """The kept text is the case's again; the one it takes the place of is put on file for `occasion`."""
    keep_text(step.case, occasion, step.actor, step.at)
    step.write(title=kept.title, situation=kept.situation)
    write_suggestions(step.case, kept.suggestions)
    recording.record(step.case, attachments.of_proposal(step.case))

"""A proposal that was not filed goes on as a report (转社情民意): its authors stay the ones who are credited.

Called through portal.conversions with plain values; this app knows no proposal.
"""

from collections.abc import Sequence
from uuid import UUID

from django.utils import timezone

from documents.models import Attachment
from documents.uploads import copy_to
from workflow.actors import SYSTEM
from workflow.engine import open_case, perform

from . import attachments, clocks, numbering, secrecy
from .acts import Act
from .kinds import Origin, Reporter, Urgency
from .models import OpinionReport
from .states import State


def take(  # noqa: PLR0913 (what one case hands to another, every part by name)
    *, source: int, number: str, title: str, situation: str, suggestions: Sequence[str], person_ids: Sequence[int],
    organization_id: int | None, file_ids: Sequence[UUID] = (),
) -> OpinionReport:  # fmt: skip
    """The report, submitted already: its authors declared when they submitted the proposal. In the caller's transaction.

    Its files come along as copies, for authors and the office; units get the edited text only, as of every report.
    """
    now = timezone.now()
    first, others = (person_ids[0], person_ids[1:]) if person_ids else (None, ())
    at = clocks.target(Urgency.NORMAL, now)
    report = OpinionReport(
        author_id=first, organization_id=organization_id, state=State.SUBMITTED, origin=Origin.PROPOSAL,
        reporter=Reporter.ORGANIZATION if organization_id else Reporter.MEMBER, origin_note=number[:120],
        source_proposal=source, title=title, situation=situation, suggestions=_numbered(suggestions), no_secrets=True,
        submitted_at=now, saved_at=now, target_at=at, due_on=clocks.due_on(at),
        receipt_number=numbering.receipt(timezone.localdate(now).year),
    )  # fmt: skip
    files = list(Attachment.objects.filter(pk__in=file_ids).order_by("created_at", "pk")) if file_ids else []
    report.secrecy_signs = secrecy.found_in(report, files).for_record()
    open_case(Act.BEGIN, "由提案转入", report, SYSTEM)
    report.co_authors.set(others)
    copy_to(attachments.SUBJECT, report.pk, files)
    return report


def _numbered(suggestions: Sequence[str]) -> str:
    if len(suggestions) == 1:
        return suggestions[0]
    return "\n".join(f"{n}. {text}" for n, text in enumerate(suggestions, start=1))


def why_kept(source: int) -> str:
    """Why the report cannot go back to where it came from; "" when it can."""
    report = _of(source)
    if report is None or report.state == State.SUBMITTED:
        return ""
    return f"社情民意 {report.number} 已经是“{report.get_state_display()}”"


def give_back(source: int) -> None:
    report = _of(source)
    if report is not None:
        perform(Act.GIVE_BACK, report, SYSTEM, {"reason": "原提案撤销了不予立案的决定"})


def _of(source: int) -> OpinionReport | None:
    return OpinionReport.objects.filter(source_proposal=source).exclude(state=State.WITHDRAWN).first()

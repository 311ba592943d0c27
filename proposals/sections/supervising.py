"""What the case page shows of 督: the 重点提案 entry, the supervision records and 批示, the demands and their reports."""

from dataclasses import dataclass, field

from deadlines.book import Book
from documents.models import Attachment
from proposals import supervision_access as access
from proposals.attachments import DEMAND, KEY, SUPERVISION
from proposals.due_signs import DueSign, due_sign
from proposals.key_facts import has_records, standing_entry, status_of
from proposals.kinds import KeyStatus
from proposals.models import Demand, KeyConsultation, KeyProposal, Proposal, Supervision

from .reader import Reader


@dataclass(frozen=True)
class ShownKey:
    entry: KeyProposal
    consultations: list[KeyConsultation] = field(default_factory=list)
    files: list[Attachment] = field(default_factory=list)
    shows_summary: bool = False
    inside: bool = False


@dataclass(frozen=True)
class ShownDemand:
    row: Demand
    sign: DueSign | None
    files: list[Attachment]


@dataclass(frozen=True)
class ShownRecord:
    row: Supervision
    demands: list[ShownDemand]
    files: list[Attachment]


def key_of(proposal: Proposal, reader: Reader) -> ShownKey | None:
    """A candidate is the offices' affair; nothing is read where there is no entry."""
    status = status_of(proposal)
    if not status or not access.sees_key(reader):
        return None
    if status == KeyStatus.CANDIDATE and not access.sees_candidates(reader):
        return None
    entry = standing_entry(proposal)
    inside = access.sees_candidates(reader)
    return ShownKey(
        entry, list(entry.consultations.all()) if inside else [],
        list(Attachment.objects.of(KEY, entry.pk)) if reader.handles or reader.leads else [],
        bool(entry.summary) and (reader.handles or reader.leads), inside,
    )  # fmt: skip


def records_of(proposal: Proposal, reader: Reader, book: Book | None = None) -> list[ShownRecord]:
    """The newest first. Nothing is read where there are no records."""
    if not has_records(proposal) and not reader.reviews:
        return []
    rows = list(access.records(proposal, reader).select_related("leader", "recorded_by__person").order_by("-on", "-pk"))
    if not rows:
        return []
    asked = _demands_of(proposal, reader, book)
    photos = _files(SUPERVISION, [row.pk for row in rows])
    return [ShownRecord(row, asked.get(row.pk, []), photos.get(row.pk, [])) for row in rows]


def _demands_of(proposal: Proposal, reader: Reader, book) -> dict[int, list[ShownDemand]]:
    rows = access.demands(proposal, reader).select_related("assignment__unit").order_by("position", "pk")
    rows = list(rows)
    files = _files(DEMAND, [row.pk for row in rows if row.answered_at])
    found: dict[int, list[ShownDemand]] = {}
    for row in rows:
        found.setdefault(row.record_id, []).append(ShownDemand(row, sign_of(row, book), files.get(row.pk, [])))
    return found


def sign_of(demand: Demand, book: Book | None = None) -> DueSign | None:
    """Of a demand that waits for its report."""
    return None if demand.answered_at else due_sign(demand.due_on, book=book)


def _files(subject: str, ids: list[int]) -> dict[int, list[Attachment]]:
    found: dict[int, list[Attachment]] = {}
    for file in Attachment.objects.of_many(subject, ids) if ids else ():
        found.setdefault(file.subject_id, []).append(file)
    return found

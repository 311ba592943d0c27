"""What belongs to the archive of one case, and writing it."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from zipfile import ZipFile

from django.utils import timezone

from deadlines import book as books
from deadlines.book import Book
from documents.models import Attachment
from documents.papers.templates import filling
from proposals import attachments, history
from proposals.collective import SEAL
from proposals.models import Commitment, Demand, Proposal
from proposals.papers import material, registry
from proposals.sections.reader import Reader
from proposals.sections.shares import Share, shares_of

from .naming import Names, safe
from .zipping import Archive, of_bytes, of_file

logger = logging.getLogger(__name__)

IN_MEMORY = 16 * 1024 * 1024
FILES = "附件"
OFFLINE = "这件提案已转线下办理，系统里没有保留文字、公文和附件；案卷请向提案委查阅线下存档。"
LOST = "以下附件登记在案，但存储中找不到，没有归入，请与系统管理员核对备份："


@dataclass(frozen=True)
class Filed:
    """A case with everything that papers say of it, as its reader (the committee) sees it."""

    case: material.Case
    shares: list[Share]
    events: list[dict]
    book: Book

    @property
    def proposal(self) -> Proposal:
        return self.case.proposal


def read(rows, user, book: Book | None = None) -> list[Filed]:
    """The cases of this queryset of proposals, in its order; rows that the user may not see are left out."""
    book = book or books.load()
    cases = material.read(rows.visible_to(user).with_roles_of(user))
    return [_filed(case, user, book) for case in cases]


def _filed(case: material.Case, user, book: Book) -> Filed:
    reader = Reader.of(user, case.proposal)
    shares = [] if case.proposal.moved_offline_at else shares_of(case.proposal, reader, book)
    return Filed(case, shares, history.timeline(case.proposal, user), book)


def folder_name(proposal: Proposal) -> str:
    """001号_关于……的提案"""
    number = f"{proposal.short_number}号" if proposal.is_numbered else f"流水号{proposal.short_number}"
    title = "已转线下办理" if proposal.moved_offline_at else str(proposal)
    return safe(f"{number}_{title}", 60)


def write(archive: Archive, filed: Filed, folder: str) -> None:
    """Everything of the case into that folder of the archive ("" for the top), its list last."""
    before, names = len(archive.entries), Names()
    if filed.proposal.moved_offline_at:
        archive.add(f"{folder}说明.txt", of_bytes(OFFLINE.encode("utf-8-sig")))
    else:
        with filling.chosen():
            for name, content in registry.papers_of(filed):
                archive.add(f"{folder}{names.unused(name)}", of_bytes(content))
        _attachments(archive, filed, folder)
    archive.add_list(folder, _head(filed.proposal), archive.entries[before:])


def _attachments(archive: Archive, filed: Filed, folder: str) -> None:
    names, lost = Names(), []
    for file in files_of(filed):
        if not file.is_on_disk:
            lost.append(file.name)
            logger.error("Attachment %s is missing on disk and not in the archive.", file.pk)
            continue
        archive.add(f"{folder}{FILES}/{names.unused(file.name)}", of_file(file.file))
    if lost:
        words = "\r\n".join([LOST, *lost, ""])
        archive.add(f"{folder}缺少的附件.txt", of_bytes(words.encode("utf-8-sig")))


def files_of(filed: Filed) -> Iterator[Attachment]:
    """Those of the text, of what came on paper, of the seal, of the units' shares and replies, and of supervision."""
    pk = filed.proposal.pk
    for subject in (attachments.PROPOSAL, attachments.ENTRY, SEAL):
        yield from Attachment.objects.of(subject, pk)
    shares = [share.row.pk for share in filed.shares]
    replies = [shown.reply.pk for share in filed.shares for shown in share.replies]
    keys, records = filed.proposal.key_entries.all(), filed.proposal.supervisions.all()
    for subject, rows in (
        ("proposals.assignment", shares), (attachments.RATING, shares), (attachments.REPLY_SCAN, replies),
        ("proposals.commitment", Commitment.objects.filter(reply__in=replies).values("pk")),
        (attachments.KEY, keys.values("pk")), (attachments.SUPERVISION, records.values("pk")),
        (attachments.DEMAND, Demand.objects.filter(record__in=records).values("pk")),
    ):  # fmt: skip
        yield from Attachment.objects.of_many(subject, rows)


def _head(proposal: Proposal) -> Iterable[str]:
    now = timezone.localtime()
    archived = f"，{timezone.localtime(proposal.archived_at):%Y-%m-%d} 归档" if proposal.archived_at else ""
    return [
        f"{proposal.number}　{' '.join(str(proposal).split())}",
        f"状态：{proposal.get_state_display()}{archived}。本目录于 {now:%Y-%m-%d %H:%M} 生成。",
    ]


def as_zip(filed: Filed):
    """The open .zip of one case; the caller closes it."""
    out = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (it is answered with)
    with ZipFile(out, "w") as file:
        write(Archive(file), filed, "")
    out.seek(0)
    return out

"""A session's cases in one .zip, written to disk case by case: memory does not grow with their number."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

from django.utils import timezone

from deadlines import book as books
from members.models import Session
from proposals.models import Proposal
from proposals.states import ProposalState

from . import case_file
from .naming import Names
from .zipping import CHUNK, Archive

AT_ONCE = 10


def cases_of(session: Session):
    """收到的, of which nothing is left to do: 办结, 不予立案, 并案, 撤案; what went offline is a stub among them."""
    return Proposal.objects.of_session(session).received().filter(state__in=ProposalState.FINISHED)


def left_out(session: Session) -> int:
    """Those still under way."""
    return Proposal.objects.of_session(session).received().exclude(state__in=ProposalState.FINISHED).count()


def write(path: Path, session: Session, user, progress: Callable[[int], None]) -> None:
    """`progress(done)` is told after every case and may raise to stop."""
    pks = list(cases_of(session).order_by("serial", "pk").values_list("pk", flat=True))
    book, folders, done = books.load(), Names(), 0
    with ZipFile(path, "w") as out:
        archive = Archive(out)
        for start in range(0, len(pks), AT_ONCE):
            batch = Proposal.objects.filter(pk__in=pks[start : start + AT_ONCE]).order_by("serial", "pk")
            for filed in case_file.read(batch, user, book):
                case_file.write(archive, filed, f"{folders.unused(case_file.folder_name(filed.proposal))}/")
                done += 1
                progress(done)
        archive.add_list("", _head(session, done), list(archive.entries))


def _head(session: Session, done: int) -> list[str]:
    now = timezone.localtime()
    waiting = left_out(session)
    return [
        f"政协西平县{session.formal_name}提案案卷",
        f"共 {done} 件，{now:%Y-%m-%d %H:%M} 生成。" + (f"另有 {waiting} 件尚未办结，没有归入。" if waiting else ""),
    ]


def checksum(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()

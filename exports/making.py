"""A list as a workbook: chunk by chunk, so that memory and the number of queries for a chunk stay the same."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.http import QueryDict
from django.utils import timezone

from documents.sheets import streaming, text
from workflow.errors import Refused

from . import files, jobs, limits, lists
from .audiences import Audience
from .jobs import Made, Report
from .lists import Column, Found, Listing, Reader

KIND = "list"
STEP = 20  # rows between two reports


@dataclass(frozen=True)
class Order:
    """What is to be made, as a job keeps it."""

    listing: str
    query: str
    audience: str
    columns: tuple[str, ...]
    purpose: str = ""

    def listed(self, user) -> tuple[Listing, Found, list[Column]]:
        """Asked anew each time: what the person sees now. Raises Refused."""
        listing = lists.named(self.listing)
        found = listing.of(user, QueryDict(self.query), self.audience)
        columns = [one for one in listing.columns_for(found, self.audience) if one.key in self.columns]
        if not columns:
            raise Refused("所选的栏目都不能用于这个使用范围。", "请重新选择栏目。")
        return listing, found, columns

    def record(self, listing: Listing, found: Found, columns: Iterable[Column]) -> dict:
        """What the record of the export says."""
        return {
            "what": found.title or listing.label, "asked": found.words[:500], "purpose": self.purpose,
            "columns": "、".join(one.label for one in columns), "audience": Audience(self.audience).label,
        }  # fmt: skip


def write(path: Path, order: Order, user, report: Report) -> tuple[str, int]:
    """The name for the person, and how many rows were written. Raises Refused, and Cancelled through `report`."""
    listing, found, columns = order.listed(user)
    label, total = found.title or listing.label, found.rows.count()
    title = _title(label, found.words, order.audience, user)
    lines = _lines(listing, found, columns, Reader(user, order.audience), total, report)
    rows = streaming.write(path, label, title, [(one.label, one.width) for one in columns], lines)
    return f"{label}_{Audience(order.audience).label}_{timezone.localtime():%Y%m%d}.xlsx", rows


def _title(label: str, words: str, audience: str, user) -> str:
    said = f"（{words}）" if words else ""
    return f"{label}{said}　使用范围：{Audience(audience).label}　{user} 于 {timezone.localtime():%Y-%m-%d %H:%M} 导出"


def _lines(listing: Listing, found: Found, columns, reader: Reader, total: int, report: Report) -> Iterator[list]:
    done, prepared = 0, found.prepared or listing.prepared
    report(0, total)
    for chunk in _chunks(found.rows.iterator(chunk_size=limits.CHUNK)):
        for row in prepared(chunk, reader):
            yield listing.cells(row, columns, reader.audience)
            done += 1
            if done % STEP == 0:
                report(done, max(total, done))
    report(done, max(total, done))


def _chunks(rows: Iterator) -> Iterator[list]:
    while chunk := list(islice(rows, limits.CHUNK)):
        yield chunk


def work(parameters: dict, person, report: Report) -> Made:
    """The job behind a large list."""
    order = Order(**parameters["order"] | {"columns": tuple(parameters["order"]["columns"])})
    path = files.new_path(".xlsx")
    try:
        name, rows = write(path, order, person, report)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Made(file_name(name), path, rows)


def file_name(name: str) -> str:
    """No character that a file system refuses."""
    return "".join("_" if char in '\\/:*?"<>|' else char for char in text.line(name))[-150:]


def register_own() -> None:
    jobs.register(KIND, "导出列表", work)

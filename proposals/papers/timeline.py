"""办理记录: everything that happened to a case, as a paper and as a table."""

import csv
import io

from django.utils import timezone

from documents.papers import letter as layout
from documents.papers import page

HEADS = ("时间", "事项", "对象", "办理人", "身份", "状态", "说明", "内容")


def as_paper(filed) -> bytes:
    paper = page.new_paper()
    page.title(paper, "办理记录")
    page.subtitle(paper, filed.proposal.number)
    page.line(paper)
    for at, label, about, who, capacity, state, reason, shown in rows(filed):
        doer = f"{who}（{capacity}）" if capacity else who
        layout.heading(paper, f"{at}　{label}{f'（{about}）' if about else ''}")
        layout.paragraph(paper, f"{doer}{f'，{state}' if state else ''}")
        for words in filter(None, (*reason.splitlines(), *shown.splitlines())):
            layout.paragraph(paper, words)
    return page.content(paper)


def as_table(filed) -> bytes:
    """UTF-8 with the mark by which Excel knows it; text that looks like a formula stays text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADS)
    writer.writerows([_plain(value) for value in row] for row in rows(filed))
    return out.getvalue().encode("utf-8-sig")


def rows(filed) -> list[tuple[str, ...]]:
    """Oldest first."""
    return [
        (
            f"{timezone.localtime(entry['at']):%Y-%m-%d %H:%M:%S}", entry["label"], entry["about"], entry["who"],
            entry["capacity"], entry["state"], entry["reason"],
            "\n".join(f"{label}：{text}" for label, text in entry["shown"]),
        )
        for entry in filed.events
    ]  # fmt: skip


def _plain(value: str) -> str:
    text = page.plain(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text

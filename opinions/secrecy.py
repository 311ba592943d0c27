"""Marks of secrecy in a report: its texts when it is saved, its files as they were read on coming in."""

from collections.abc import Iterable

from documents.models import Attachment
from documents.secrecy import finding
from documents.secrecy.finding import Found

from .models import OpinionReport

PLACES = (("标题", "title"), ("情况反映", "situation"), ("原因分析", "causes"), ("建议", "suggestions"))


def found_in(report: OpinionReport, files: Iterable[Attachment]) -> Found:
    return finding.found_in(((place, getattr(report, name), f"id_{name}") for place, name in PLACES), files)

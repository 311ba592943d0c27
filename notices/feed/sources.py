"""Where the dates come from. Each app registers what it knows of a person's dates in its AppConfig.ready()."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Entry:
    """One date of one person.

    key: the same as long as it is the same step of the same case, so that a moved date moves the entry.
    summary: the act and the case's number; it leaves the portal, so no title and no content.
    starts, ends: a day (all of it), or a moment with its zone and the moment of its end.
    url: a path of the portal. since: from when it stands.
    """

    key: str
    summary: str
    starts: date | datetime
    ends: datetime | None = None
    url: str = ""
    since: datetime | None = None


Source = Callable[[object], Iterable[Entry]]

_sources: list[Source] = []


def register(source: Source) -> None:
    """`source(user)` gives what is dated of what the user is to do or attend, by the user's own sight."""
    if source not in _sources:
        _sources.append(source)


def entries_of(user) -> list[Entry]:
    """By date; of two entries of one key the earlier."""
    found: dict[str, Entry] = {}
    for entry in sorted((e for source in _sources for e in source(user)), key=_when):
        found.setdefault(entry.key, entry)
    return list(found.values())


def _when(entry: Entry) -> tuple[str, str]:
    return entry.starts.isoformat(), entry.key

"""What each row of a roster does, in words, for the report."""

from documents.sheets.reports import OUTCOMES, Outcome
from members.models import Member

from .changes import Change


def outcomes(changes: list[Change]) -> dict[str, list[Outcome]]:
    """added, updated and unchanged, each with its rows in the order of the roster."""
    found: dict[str, list[Outcome]] = {kind: [] for kind in OUTCOMES}
    for change in changes:
        found[_kind(change)].append(_outcome(change))
    return found


def _kind(change: Change) -> str:
    if change.is_new:
        return "added"
    return "unchanged" if change.is_nothing else "updated"


def _outcome(change: Change) -> Outcome:
    says = [*_new_seat(change), *change.words] if change.is_new else change.words
    reader = change.entry.reader
    return Outcome(reader.sheet, reader.number, change.person.name, tuple(says))


def _new_seat(change: Change) -> list[str]:
    says = ["新登记的人员" if change.new_person else "已登记的人员"]
    if change.ended_seat is not None:
        says.append(f"原席位（{_place(change.ended_seat)}）到 {change.ended_seat.ends:%Y-%m-%d} 结束")
    if change.new_seat:
        says.append(f"新席位：{_place(change.seat)}，{change.seat.starts:%Y-%m-%d} 起")
    return says


def _place(seat: Member) -> str:
    places = (seat.term, seat.sector, seat.group, seat.get_seat_kind_display())
    return "，".join(str(place) for place in places if place)

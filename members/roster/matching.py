"""Who each row is: by 委员编号, by name and phone, by name where that leaves no doubt; otherwise it asks."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q
from django.utils.functional import cached_property

from members.bodies import loose_name
from members.models import Member, Person, Session

from .entries import Entry
from .words import OTHER, SAME


class People:
    """Everybody a roster may mean, read in two queries."""

    def __init__(self, entries: Iterable[Entry]):
        names = {entry.name for entry in entries}
        phones = {entry.phone for entry in entries if entry.phone}
        terms = {entry.term for entry in entries}
        numbers = {entry.number for entry in entries if entry.number}
        self.seats: dict[tuple[int, int], list[Member]] = defaultdict(list)
        self.by_number: dict[tuple[int, str], Member] = {}
        people = Person.objects.filter(Q(name__in=names) | Q(phone__in=phones)).order_by("pk")
        self.by_name, self.by_phone = defaultdict(list), defaultdict(list)
        found = {person.pk: person for person in people}
        self._read_seats(found, terms, numbers)
        for person in found.values():
            self.by_name[person.name].append(person)
            if person.phone:
                self.by_phone[person.phone].append(person)

    def _read_seats(self, people: dict[int, Person], terms, numbers) -> None:
        seats = Member.objects.filter(Q(person__in=people) | Q(number__in=numbers, term__number__in=terms))
        for seat in seats.select_related("person", "sector", "group", "term").order_by("starts", "pk"):
            seat.person = people.setdefault(seat.person_id, seat.person)
            self.seats[seat.person_id, seat.term.number].append(seat)
            if seat.number:
                self.by_number[seat.term.number, seat.number] = seat

    def seats_of(self, person: Person, term: int) -> list[Member]:
        return self.seats.get((person.pk, term), [])

    def seat_of(self, person: Person, term: int) -> Member | None:
        """The latest seat in the term."""
        seats = self.seats_of(person, term)
        return seats[-1] if seats else None

    def describe(self, person: Person, term: int) -> str:
        seat = self.seat_of(person, term) or self._latest_seat(person)
        about = [
            self._origin(seat, term), str(seat.sector) if seat and seat.sector else "", f"编号 {seat.number}" if seat and seat.number else "",
            person.employer, person.masked_phone, person.born,
        ]  # fmt: skip
        return f"{person.name}（{'，'.join(filter(None, about)) or '没有更多信息'}）"

    def _latest_seat(self, person: Person) -> Member | None:
        found = [seat for (owner, _term), seats in self.seats.items() if owner == person.pk for seat in seats]
        return max(found, key=lambda seat: (seat.starts, seat.pk), default=None)

    def _origin(self, seat: Member | None, term: int) -> str:
        """Where a seat comes from that is not simply one of this roster's term: another term, or a ledger."""
        if seat is None or (seat.term.number == term and not seat.from_ledger):
            return ""
        if not seat.from_ledger:
            return str(seat.term)
        return f"来自{self._sessions.get((seat.term_id, seat.starts), seat.term)}台账"

    @cached_property
    def _sessions(self) -> dict:
        """(term, opening day) → session: a seat from a ledger begins with the session of the ledger."""
        return {(session.term_id, session.opens): session for session in Session.objects.select_related("term")}


def match(entries: list[Entry]) -> People:
    """Set `person` of the entries that are somebody known; the others are new or have a problem."""
    people = People(entries)
    usable = [entry for entry in entries if entry.name and entry.term and "name" not in entry.reader.failed]
    _check_doubles(usable)
    _check_others(usable)
    for entry in usable:
        entry.person = _by_number(entry, people) or _by_phone(entry, people)
    taken = {entry.person.pk for entry in usable if entry.person}
    for entry in usable:
        if entry.person is None and not entry.reader.failed & {"number", "phone", "namesake"}:
            entry.person = _by_name(entry, people, taken)
            if entry.person is not None:
                taken.add(entry.person.pk)
    _check_same_person(usable)
    _check_new_namesakes(usable)
    return people


def _check_doubles(entries: list[Entry]) -> None:
    for key, read in (("number", lambda e: (e.term, e.number) if e.number else None), ("phone", lambda e: e.phone)):
        first: dict = {}
        for entry in entries:
            value = read(entry)
            before = first.setdefault(value, entry) if value else entry
            if before is not entry:
                entry.reader.problem(key, _double(entry, before))


def _double(entry: Entry, before: Entry) -> str:
    row = before.reader.number
    if entry.name != before.name:
        return f"与第 {row} 行（{before.name}）重复。请核对"
    if entry.sector and before.sector and loose_name(entry.sector) != loose_name(before.sector):
        return f"与第 {row} 行是同一人，界别却一行是{before.sector}、一行是{entry.sector}。一人不能同时在两个界别，请只留一行"
    return f"与第 {row} 行（{before.name}）重复。请只留一行"


def _check_others(entries: list[Entry]) -> None:
    """另一人 without a key of his own would be another one again at every import."""
    for entry in entries:
        if entry.namesake == OTHER and not (entry.number or entry.phone or entry.reader.failed & {"number", "phone"}):
            entry.reader.problem("namesake", "写了另一人，请同时填他的委员编号或手机，以后再导入才认得出")


def _by_number(entry: Entry, people: People) -> Person | None:
    seat = people.by_number.get((entry.term, entry.number)) if entry.number else None
    if seat is None:
        return None
    if seat.person.name != entry.name:
        entry.reader.problem("number", f"这个编号登记的是{seat.person.name}。请核对；如已改名，请先在后台改姓名")
        return None
    _refuse_others_phone(entry, people, seat.person)
    return seat.person


def _by_phone(entry: Entry, people: People) -> Person | None:
    if not entry.phone or "number" in entry.reader.failed:
        return None
    same = [person for person in people.by_phone.get(entry.phone, []) if person.name == entry.name]
    if len(same) == 1:
        return same[0]
    _refuse_others_phone(entry, people, None)
    return None


def _refuse_others_phone(entry: Entry, people: People, own: Person | None) -> None:
    others = [p for p in people.by_phone.get(entry.phone, []) if p is not own] if entry.phone else []
    if others:
        names = "、".join(person.name for person in others)
        entry.reader.problem("phone", f"这个手机号已登记给{names}。请核对")


def _by_name(entry: Entry, people: People, taken: set[int]) -> Person | None:
    candidates = [person for person in people.by_name.get(entry.name, []) if person.pk not in taken]
    if not candidates or entry.namesake == OTHER:
        return None
    agreeing = [person for person in candidates if _agree(entry, person, people)]
    if entry.namesake == SAME and len(candidates) == 1:
        agreeing = candidates
    chosen = agreeing if len(agreeing) == 1 else [p for p in agreeing if _same_sector(entry, p, people)]
    if len(chosen) == 1 and (entry.namesake == SAME or _sector_agrees(entry, chosen[0], people)):
        return chosen[0]
    _ask(entry, candidates, people)
    return None


def _agree(entry: Entry, person: Person, people: People) -> bool:
    """Nothing that both sides know speaks against it."""
    seat = people.seat_of(person, entry.term)
    pairs = [(entry.facts.get(key, ""), getattr(person, key)) for key in ("phone", "born", "gender")]
    pairs.append((entry.number, seat.number if seat else ""))
    return all(not one or not other or one == other for one, other in pairs)


def _same_sector(entry: Entry, person: Person, people: People) -> bool:
    seat = people.seat_of(person, entry.term)
    return bool(entry.sector and seat and seat.sector and loose_name(seat.sector.name) == loose_name(entry.sector))


def _sector_agrees(entry: Entry, person: Person, people: People) -> bool:
    seat = people.seat_of(person, entry.term)
    return not (entry.sector and seat and seat.sector) or _same_sector(entry, person, people)


def _ask(entry: Entry, candidates: list[Person], people: People) -> None:
    everyone = "、".join(people.describe(person, entry.term) for person in candidates)
    key = "namesake" if entry.reader.has("namesake") else "name"
    how = "请在“委员编号”列写他的编号，或在“同名说明”列写“同一人”或“另一人”"
    if len(candidates) > 1:
        how = (
            "请在“委员编号”列写他的编号；没有编号的，先在后台给他登记手机，名册里填同一号码；"
            "都不是的，在“同名说明”列写“另一人”"
        )
    entry.reader.problem(key, f"系统里已有同名的人，分不清是不是同一人：{everyone}。{how}", value=entry.name)


def _check_same_person(entries: list[Entry]) -> None:
    first: dict[tuple, Entry] = {}
    for entry in entries:
        if entry.person is None:
            continue
        before = first.setdefault((entry.person.pk, entry.term), entry)
        if before is not entry:
            entry.reader.problem("name", f"与第 {before.reader.number} 行是同一人。请只留一行")


def _check_new_namesakes(entries: list[Entry]) -> None:
    """A new person and another row of the same name must differ in something that both rows tell."""
    seen: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.reader.failed:
            continue
        for before in seen[entry.name]:
            someone_new = entry.person is None or before.person is None
            if someone_new and OTHER not in (entry.namesake, before.namesake) and not _told_apart(entry, before):
                entry.reader.problem(
                    "name", f"与第 {before.reader.number} 行同名，分不清是不是同一人。请填委员编号、手机或界别"
                )
                break
        seen[entry.name].append(entry)


def _told_apart(one: Entry, other: Entry) -> bool:
    pairs = [(one.number, other.number), (one.phone, other.phone), (one.sector, other.sector)]
    pairs.append((one.facts.get("born"), other.facts.get("born")))
    return any(a and b and a != b for a, b in pairs)

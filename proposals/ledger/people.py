"""Who a name in the ledger is: a member in office in that session, or somebody to be added."""

from collections import defaultdict
from dataclasses import dataclass

from documents.sheets import text
from documents.sheets.rows import RowReader
from members.bodies import loose_name
from members.models import Member, Organization, OrganizationKind, Person, Session

from .entries import Entry
from .names import Name


@dataclass(frozen=True)
class Candidate:
    """A seat by which a person may be meant. nearness: 0 in office at the plenary, 1 in that year, 2 added by a ledger."""

    person: Person
    number: str
    sector: str
    group: str
    nearness: int

    def matches(self, hint: str) -> bool:
        """By number, sector, group or workplace."""
        bare = loose_name(hint)
        places = [loose_name(place) for place in (self.sector, self.group, self.person.employer)]
        return bare == self.number or any(bare and place.startswith(bare) for place in places)

    def __str__(self) -> str:
        about = [self.sector, f"编号 {self.number}" if self.number else "", self.person.employer]
        return f"{self.person.name}（{'，'.join(filter(None, about)) or '没有登记界别和单位'}）"


class Roll:
    """The people of the session's term, by name. `new`: unsaved people and the sector they were given."""

    def __init__(self, session: Session):
        self.session = session
        self.new: dict[Name, tuple[Person, Organization | None]] = {}
        self._by_name: dict[str, list[Candidate]] = defaultdict(list)
        self._by_number: dict[str, Candidate] = {}
        if session.term_id:
            self._load()

    def _load(self) -> None:
        seats = Member.objects.filter(term_id=self.session.term_id)
        following = Session.objects.filter(opens__gt=self.session.opens).order_by("opens").first()
        for seat in seats.select_related("person", "sector", "group").order_by("pk"):
            nearness = self._nearness(seat, following)
            if nearness is None:
                continue
            candidate = Candidate(seat.person, seat.number, str(seat.sector or ""), str(seat.group or ""), nearness)
            self._by_name[text.code(seat.person.name)].append(candidate)
            if seat.number:
                self._by_number[text.code(seat.number)] = candidate

    def _nearness(self, seat: Member, following: Session | None) -> int | None:
        """None: the seat had ended before, or began only with a later session."""
        if seat.from_ledger:
            return 2
        ended_before = seat.ends is not None and seat.ends < self.session.opens
        if seat.starts <= self.session.closes and not ended_before:
            return 0
        in_that_year = not ended_before and (following is None or seat.starts < following.opens)
        return 1 if in_that_year else None

    def resolve(self, entry: Entry) -> list[Person]:
        """The first proposer and the co-signers, each once; problems are noted in the row."""
        numbered = self._numbered(entry)
        found = []
        for name in entry.people:
            person = numbered.get(name.name) or self._one(name, entry.reader)
            if person is not None and person not in found:
                found.append(person)
        return found

    def _numbered(self, entry: Entry) -> dict[str, Person]:
        """Name → person, for those whose 委员编号 is given."""
        found, reader = {}, entry.reader
        named = {text.code(name.name): name.name for name in entry.people}
        for number in entry.member_numbers:
            candidate = self._by_number.get(text.code(number))
            if candidate is None:
                reader.problem("member_numbers", f"{self.session.term}没有编号为“{number}”的委员。请核对编号")
            elif text.code(candidate.person.name) not in named:
                reader.problem("member_numbers", f"编号“{number}”是{candidate.person.name}，不在提案人里。请核对")
            else:
                found[named[text.code(candidate.person.name)]] = candidate.person
        return found

    def _one(self, name: Name, reader: RowReader) -> Person | None:
        nearest = self._nearest(text.code(name.name))
        if not nearest:
            return self._added(name)
        chosen = [c for c in nearest if c.matches(name.hint)] if name.hint else nearest
        people = {candidate.person.pk: candidate for candidate in chosen}
        if len(people) == 1:
            return chosen[0].person
        everyone = "、".join(str(c) for c in {c.person.pk: c for c in nearest}.values())
        if not people:
            reason = f"“{name}”对不上在册的委员：{everyone}。请核对界别；如果是另一个人，请先把他补进委员名册"
        else:
            reason = f"有 {len(people)} 位“{name.name}”：{everyone}。请写成 {name.name}[界别]，或在“委员编号”列写编号"
        reader.problem("proposers", reason)
        return None

    def _nearest(self, name: str) -> list[Candidate]:
        candidates = self._by_name.get(name, [])
        best = min((candidate.nearness for candidate in candidates), default=None)
        return [candidate for candidate in candidates if candidate.nearness == best]

    def _added(self, name: Name) -> Person:
        if name not in self.new:
            self.new[name] = (Person(name=name.name), _sector(name.hint))
        return self.new[name][0]


def _sector(hint: str) -> Organization | None:
    """The sector in brackets behind an unknown name, where it is known itself."""
    if not hint:
        return None
    sectors = Organization.objects.of_kind(OrganizationKind.SECTOR)
    return next(
        (s for s in sectors if loose_name(s.name) == loose_name(hint) or loose_name(str(s)) == loose_name(hint)), None
    )

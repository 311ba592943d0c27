"""Who a name in the ledger is: a member in office in that session, or somebody to be added."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from documents.sheets import text
from documents.sheets.rows import RowReader
from members.bodies import loose_name
from members.models import Member, Person, Session

from .entries import Entry
from .names import Name
from .newcomers import Newcomers, without_zeros


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
        return bare == self.number or any(bare and place.startswith(bare) for place in self._places)

    def is_exactly(self, hint: str) -> bool:
        return loose_name(hint) in (self.number, *self._places)

    @property
    def _places(self) -> list[str]:
        return [loose_name(place) for place in (self.sector, self.group, self.person.employer)]

    def __str__(self) -> str:
        about = [self.sector, f"编号 {self.number}" if self.number else "", self.person.employer]
        return f"{self.person.name}（{'，'.join(filter(None, about)) or '没有登记界别和单位'}）"


@dataclass
class Place:
    """One name in a row, and who it turned out to be. `unclear`: the row has a problem that says why it stays open."""

    name: Name
    person: Person | None = None
    unclear: bool = False

    @property
    def is_open(self) -> bool:
        return self.person is None and not self.unclear

    @property
    def key(self) -> str:
        return text.code(self.name.name)


class Roll:
    """The people of the session's term, by name and by number; `new` are those nobody knows yet."""

    def __init__(self, session: Session, sectors):
        self.session = session
        self.new = Newcomers(sectors)
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

    def resolve(self, entries: Iterable[Entry]) -> None:
        """Set the people of each row, the first proposer first; problems are noted in the rows.

        Numbers go before brackets and brackets before bare names, through the whole ledger, so that the
        order of rows decides nothing.
        """
        rows = [(entry, [Place(name) for name in entry.people]) for entry in entries]
        for rule in (self._by_numbers, self._by_hints, self._by_bare_names):
            for entry, places in rows:
                rule(entry, places)
        for entry, places in rows:
            entry.resolved["people"] = _each_once(place.person for place in places if place.person is not None)

    # --- by 委员编号 ---
    def _by_numbers(self, entry: Entry, places: list[Place]) -> None:
        unknown = []
        for number in entry.member_numbers:
            candidate = self._numbered(number)
            if candidate is None:
                unknown.append(number)
            else:
                self._claim(number, candidate, places, entry.reader)
        if unknown:
            self._number_newcomers(unknown, places, entry.reader)

    def _numbered(self, number: str) -> Candidate | None:
        """Excel turns 070 into 70: without leading zeros too, where only one number is left."""
        if number in self._by_number:
            return self._by_number[number]
        same = [c for key, c in self._by_number.items() if without_zeros(key) == without_zeros(number)]
        return same[0] if len(same) == 1 else None

    def _claim(self, number: str, candidate: Candidate, places: list[Place], reader: RowReader) -> None:
        """Each number stands for one name of the row, the one whose bracket it fits before a bare one."""
        person = candidate.person
        bearers = [place for place in places if place.key == text.code(person.name)]
        free = [place for place in bearers if place.is_open]
        fitting = [place for place in free if not place.name.hint or candidate.matches(place.name.hint)]
        if fitting:
            max(fitting, key=lambda place: bool(place.name.hint)).person = person
        elif free:
            reader.problem("member_numbers", f"编号“{number}”是{candidate}，与提案人“{free[0].name}”对不上。请核对")
        elif bearers:
            reader.problem("member_numbers", f"编号“{number}”多出来了：提案人里的{person.name}都已有编号。请核对")
        else:
            reader.problem("member_numbers", f"编号“{number}”是{person.name}，不在提案人里。请核对")

    def _number_newcomers(self, numbers: list[str], places: list[Place], reader: RowReader) -> None:
        """Unknown numbers belong to the unknown names, in their order, if there is one for each."""
        strangers = [place for place in places if place.is_open and place.key not in self._by_name]
        if not strangers:
            for number in numbers:
                reader.problem("member_numbers", f"{self.session.term}没有编号为“{number}”的委员。请核对编号")
        elif len(strangers) != len(numbers):
            who = "、".join(str(place.name) for place in strangers)
            reason = f"编号“{'、'.join(numbers)}”没有登记过，分不清是{who}里哪一位的。请按提案人的顺序给他们都写上编号"
            reader.problem("member_numbers", reason)
        else:
            for number, place in zip(numbers, strangers, strict=True):
                place.person = self.new.numbered(place.name, number, reader)
                place.unclear = place.person is None

    # --- by [界别] ---
    def _by_hints(self, entry: Entry, places: list[Place]) -> None:
        for place in places:
            if place.is_open and place.name.hint:
                known = place.key in self._by_name
                place.person = (self._hinted if known else self.new.hinted)(place.name, entry.reader)
                place.unclear = place.person is None

    def _hinted(self, name: Name, reader: RowReader) -> Person | None:
        everybody = self._by_name[text.code(name.name)]
        exact = [candidate for candidate in everybody if candidate.is_exactly(name.hint)]
        chosen = _nearest(exact or [candidate for candidate in everybody if candidate.matches(name.hint)])
        if chosen:
            return self._one_of(chosen, name, reader)
        who = _listed(_nearest(everybody))
        reason = f"“{name}”对不上在册的委员：{who}。请核对界别；如果是另一个人，请先把他补进委员名册"
        reader.problem("proposers", reason)
        return None

    # --- by the name alone ---
    def _by_bare_names(self, entry: Entry, places: list[Place]) -> None:
        for place in places:
            if not place.is_open:
                continue
            nearest = _nearest(self._by_name.get(place.key, []))
            if nearest:
                place.person = self._one_of(nearest, place.name, entry.reader)
            else:
                place.person = self.new.bare(place.name, entry.reader)

    def _one_of(self, candidates: list[Candidate], name: Name, reader: RowReader) -> Person | None:
        count = len({candidate.person.pk for candidate in candidates})
        if count == 1:
            return candidates[0].person
        reason = f"有 {count} 位“{name.name}”：{_listed(candidates)}。请写成 {name.name}[界别]，或在“委员编号”列写编号"
        reader.problem("proposers", reason)
        return None


def _each_once(people: Iterable[Person]) -> list[Person]:
    """By equality: people not saved yet have no key to be told apart by."""
    found: list[Person] = []
    for person in people:
        if person not in found:
            found.append(person)
    return found


def _nearest(candidates: list[Candidate]) -> list[Candidate]:
    best = min((candidate.nearness for candidate in candidates), default=None)
    return [candidate for candidate in candidates if candidate.nearness == best]


def _listed(candidates: list[Candidate]) -> str:
    return "、".join(str(candidate) for candidate in {c.person.pk: c for c in candidates}.values())

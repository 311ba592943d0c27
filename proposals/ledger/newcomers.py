"""People whom nobody knows yet: told apart by 委员编号 and by the sector in brackets, and made ready to be added."""

import re
from collections import defaultdict
from dataclasses import dataclass

from documents.sheets import text
from documents.sheets.rows import RowReader
from members.bodies import loose_name
from members.models import Member, Organization, Person

from .names import Name

NUMBER = re.compile(r"^[A-Za-z]{0,4}[0-9-]+$")
LONGEST_NUMBER = Member._meta.get_field("number").max_length


@dataclass
class Newcomer:
    """Gets a seat of the session that is marked as from the ledger."""

    person: Person
    hint: str = ""
    number: str = ""
    sector: Organization | None = None

    def __str__(self) -> str:
        name = str(Name(self.person.name, self.hint))
        return f"{name}（编号 {self.number}）" if self.number else name


class Newcomers:
    """In the order in which they were met. The sector in brackets is made where it is not known either."""

    def __init__(self, sectors):
        self._sectors = sectors
        self._met: list[Newcomer] = []
        self._by_name: dict[str, list[Newcomer]] = defaultdict(list)
        self._by_number: dict[str, Newcomer] = {}

    def __iter__(self):
        return iter(self._met)

    def numbered(self, name: Name, number: str, reader: RowReader) -> Person | None:
        if NUMBER.match(name.hint) and without_zeros(name.hint) == without_zeros(number):
            name = Name(name.name)
        if len(number) > LONGEST_NUMBER:
            reader.problem("member_numbers", f"“{number[:30]}”超过 {LONGEST_NUMBER} 个字，不像编号。请核对")
            return None
        same = self._by_number.get(without_zeros(number))
        if same is None:
            return self._add(name, reader, number)
        if text.code(same.person.name) != text.code(name.name) or not _agree(same.hint, name.hint):
            reader.problem("member_numbers", f"编号“{number}”在别的行里是{same}。请核对")
            return None
        if name.hint and not same.hint:
            same.hint, same.sector = name.hint, self._sector(name, reader)
        return same.person

    def hinted(self, name: Name, reader: RowReader) -> Person | None:
        if NUMBER.match(name.hint):
            return self.numbered(Name(name.name), name.hint, reader)
        same = [one for one in self._named(name) if one.hint and _agree(one.hint, name.hint)]
        return self._only(same, name, reader) if same else self._add(name, reader)

    def bare(self, name: Name, reader: RowReader) -> Person | None:
        """Not taken for one of those in brackets: it may be a third person."""
        same = self._named(name)
        if any(one.hint for one in same):
            return self._refuse(same, name, reader)
        return self._only(same, name, reader) if same else self._add(name, reader)

    def _named(self, name: Name) -> list[Newcomer]:
        return self._by_name[text.code(name.name)]

    def _only(self, same: list[Newcomer], name: Name, reader: RowReader) -> Person | None:
        return same[0].person if len(same) == 1 else self._refuse(same, name, reader)

    def _refuse(self, others: list[Newcomer], name: Name, reader: RowReader) -> None:
        who = "、".join(map(str, others))
        reason = f"台账里还有{who}，分不清“{name}”是哪一位。请写成 {name.name}[界别]，或在“委员编号”列写编号"
        reader.problem("proposers", reason)

    def _add(self, name: Name, reader: RowReader, number: str = "") -> Person:
        one = Newcomer(Person(name=name.name), name.hint, number, self._sector(name, reader))
        self._met.append(one)
        self._named(name).append(one)
        if number:
            self._by_number[without_zeros(number)] = one
        return one.person

    def _sector(self, name: Name, reader: RowReader) -> Organization | None:
        return self._sectors.resolve(name.hint, reader, "proposers") if name.hint else None


def without_zeros(number: str) -> str:
    """Excel turns 070 into 70."""
    return text.code(number).lstrip("0")


def _agree(one: str, other: str) -> bool:
    """Two sectors in brackets; none speaks against none."""
    return not one or not other or loose_name(one) == loose_name(other)

"""What the clerk chose for each row, as typed: names of units, read back into units or into a sentence that says why not."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from members.models import Organization
from proposals.kinds import Division
from proposals.units import own_systems, system_of, units_in_force
from workflow.errors import Refused

BETWEEN = re.compile(r"[、,，;；\s]+")
LONGEST = 300


@dataclass(frozen=True)
class Choice:
    division: str = Division.SOLE
    unit: str = ""
    others: str = ""


class Units:
    """The units in force with every name by which a clerk may call them, and which of them are the clerk's to hand out
    to; one query."""

    def __init__(self, user):
        systems, rows = own_systems(user), list(units_in_force())
        self.rows: list[Organization] = [unit for unit in rows if systems is None or unit.system in systems]
        self.names = {unit.pk: str(unit) for unit in rows}
        self.own = {unit.pk: str(unit) for unit in self.rows}
        self._others = {unit.pk: unit for unit in rows if unit.pk not in self.own}
        self._called: dict[str, set[int]] = defaultdict(set)
        for unit in rows:
            for name in {str(unit), unit.name, unit.short_name} - {""}:
                self._called[name].add(unit.pk)

    def pks(self, text: str) -> list[int]:
        """Raises Refused for a name that nobody has, or two."""
        return [self._pk(name) for name in filter(None, BETWEEN.split(text.strip()))]

    def _pk(self, name: str) -> int:
        found = self._called.get(name, set())
        if not found:
            raise Refused(f"没有叫“{name}”的承办单位。", "请从列表里选，几个单位之间用顿号隔开。", code="no_unit")
        if len(found) > 1:
            raise Refused(f"有几个单位都叫“{name}”。", "请填写全称。", code="no_unit")
        return self._own(next(iter(found)))

    def _own(self, pk: int) -> int:
        if other := self._others.get(pk):
            raise Refused(
                f"{other}{system_of(other)}，不由您交办。", "请改选本系统的单位；涉及其他系统单位的，请提案委交办。",
                code="not_own_unit",
            )  # fmt: skip
        return pk


def first(names: list[str]) -> Choice:
    """What stands in a row before anybody touched it: one unit answers alone, the first of several leads."""
    if not names:
        return Choice()
    division = Division.LEAD if len(names) > 1 else Division.SOLE
    return Choice(str(division), names[0], "、".join(names[1:]))


def typed(given, pks: Iterable[int]) -> dict[int, Choice]:
    """Row → what the page sent for it; rows that were not on the page are left out."""
    return {pk: _typed(given, pk) for pk in pks if f"division_{pk}" in given}


def _typed(given, pk: int) -> Choice:
    division = given.get(f"division_{pk}", "")
    texts = [given.get(f"{name}_{pk}", "").replace("\x00", "").strip()[:LONGEST] for name in ("unit", "others")]
    return Choice(division if division in Division.values else str(Division.SOLE), *texts)


def data_of(choice: Choice | None, units: Units, reason: str) -> dict:
    """What the act 交办 is given. Raises Refused."""
    if choice is None:
        raise Refused("这一行没有填写承办单位。", "请填写后再交办。", code="no_unit")
    unit = units.pks(choice.unit)
    if len(unit) > 1:
        raise Refused("“独办、主办”一栏只能填一个单位。", "其余单位请填在后一栏。", code="no_unit")
    return {
        "division": choice.division, "unit": unit[0] if unit else None, "others": units.pks(choice.others),
        "reason": reason,
    }  # fmt: skip


def taken(choice: Choice, name: str) -> Choice:
    """The row with a proposed unit put in: as the one that answers, or behind one that is there already."""
    if name in (choice.unit, *BETWEEN.split(choice.others)):
        return choice
    if not choice.unit and choice.division != Division.SEPARATE:
        return Choice(choice.division, name, choice.others)
    division = Division.LEAD if choice.division == Division.SOLE else choice.division
    return Choice(str(division), choice.unit, "、".join(filter(None, [choice.others, name])))

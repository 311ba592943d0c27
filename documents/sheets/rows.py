"""One row being read: asks for its cells by key and notes what is wrong with them."""

import datetime
from collections.abc import Mapping
from typing import TypeVar

from . import text
from .dates import NotADate, parse_day, parse_month
from .problems import Problem, shortened
from .reading import RawRow, Trouble, cell_name
from .tables import Table

T = TypeVar("T")


class RowReader:
    """Each method returns nothing usable ("" or None) when the cell is blank or was found wrong."""

    def __init__(self, table: Table, row: RawRow, problems: list[Problem], notes: list[Problem]):
        self.table, self.row = table, row
        self._problems, self._notes = problems, notes
        self.failed: set[str] = set()

    @property
    def sheet(self) -> str:
        return self.table.sheet.title

    @property
    def number(self) -> int:
        return self.row.number

    def has(self, key: str) -> bool:
        """The sheet has this column at all."""
        return key in self.table.places

    def raw(self, key: str):
        """The cell's value; None when blank. A cell in trouble is reported once and gives None."""
        index = self.table.places.get(key)
        if index is None or index >= len(self.row.values) or key in self.failed:
            return None
        value = self.row.values[index]
        if isinstance(value, Trouble):
            self.problem(key, value.reason)
            return None
        return None if text.is_blank(value) else value

    def code(self, key: str) -> str:
        return text.code(self.raw(key))

    def line(self, key: str) -> str:
        return text.line(self.raw(key))

    def prose(self, key: str) -> str:
        return text.prose(self.raw(key))

    def day(self, key: str) -> datetime.date | None:
        return self._parsed(key, parse_day)

    def month(self, key: str) -> str:
        return self._parsed(key, parse_month) or ""

    def _parsed(self, key: str, parse):
        value = self.raw(key)
        if value is None:
            return None
        try:
            return parse(value, self.table.sheet.epoch)
        except NotADate as error:
            self.problem(key, str(error))
            return None

    def choice(self, key: str, words: Mapping[str, T], accepted: str) -> T | None:
        """The meaning of a word; `accepted` names the words that may be written."""
        word = self.code(key)
        if not word:
            return None
        if word not in words:
            self.problem(key, f"不认识“{shortened(word)}”。请写：{accepted}")
            return None
        return words[word]

    def problem(self, key: str, reason: str, value=None) -> None:
        self.failed.add(key)
        self._problems.append(self._at(key, reason, value))

    def note(self, key: str, reason: str, value=None) -> None:
        """Something people should know that does not stand in the way."""
        self._notes.append(self._at(key, reason, value))

    def _at(self, key: str, reason: str, value) -> Problem:
        """A column that the sheet lacks is named all the same, without a cell."""
        index = self.table.places.get(key)
        value = self._value(index) if value is None else value
        cell = self.table.cell(self.row, key) if index is not None else ""
        return Problem(self.sheet, self.number, self.table.titles[key], cell, _shown(value), reason)

    def _value(self, index: int | None):
        return self.row.values[index] if index is not None and index < len(self.row.values) else None

    def check_doubles(self) -> None:
        """Two columns that mean the same must not say two things: one of them would be lost."""
        for double in self.table.doubles:
            other, read = self._value(double.index), self._value(self.table.places[double.key])
            if text.is_blank(other) or text.code(other) == text.code(read):
                continue
            place, column = cell_name(double.index, self.number), self.table.titles[double.key]
            column = f"“{column}”（{self.table.cell(self.row, double.key)}）"
            reason = f"和{column}是同一个意思，填的却不一样。请改成一样，或删去、改名其中一列"
            self._problems.append(Problem(self.sheet, self.number, double.title, place, _shown(other), reason))

    def beyond(self) -> list[int]:
        """The places of cells with something in them beyond the header of a text table."""
        first = self.table.overflow
        if first is None:
            return []
        return [at for at in range(first, len(self.row.values)) if self.row.values[at] is not None]

    def check_width(self) -> None:
        """More cells than the header has: a separator inside a cell was not quoted, and all after it have moved."""
        places = self.beyond()
        if places:
            last, width = places[-1], self.table.overflow
            reason = (
                f"这一行有 {last + 1} 格，表头只有 {width} 列，多半是格子里有分隔符而没有加引号，后面的内容错了位。"
                "请把各格移回原来的列，清空多出的格"
            )
            name = cell_name(places[0], self.number)
            self._problems.append(Problem(self.sheet, self.number, "", name, _shown(self._value(places[0])), reason))

    def check_merged(self, one_per_row: Mapping[str, str]) -> None:
        """Merged cells that leave it unclear what belongs to this row. `one_per_row`: key → title."""
        for key, title in one_per_row.items():
            index = self.table.places.get(key)
            if index in self.row.merged:
                self.problem(
                    key, f"单元格 {self.row.merged[index]} 跨行合并，分不清各行的{title}。请取消合并，每行分别填写"
                )
        for key, index in self.table.places.items():
            for first, last, name in self.row.wide:
                if first <= index + 1 <= last:
                    self.problem(key, f"单元格 {name} 跨列合并，分不清属于哪一列。请取消合并，分列填写")


def _shown(value) -> str:
    return value.shown if isinstance(value, Trouble) else shortened(text.legible(value))

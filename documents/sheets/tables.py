"""Finds the header of a sheet under its title rows and tells which column is which."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from . import text
from .limits import HEADER_WITHIN
from .problems import Problem
from .reading import Book, RawRow, Sheet, cell_name
from .refusal import Unreadable

REMARK = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|[*:：＊]|必填|选填")
CLOSING_WORDS = ("合计", "总计", "小计", "共计", "备注", "注:", "说明", "填表", "制表", "填报", "审核人")
ENOUGH = 2  # recognised headers that make a row a header


@dataclass(frozen=True)
class Column:
    """One thing that is read. `one_per_row`: a cell merged over several rows is an error there.

    `choices`: what may be written, for the template's drop-down list. `unless`: the key of a column
    whose presence makes this required one dispensable.
    """

    key: str
    title: str
    synonyms: tuple[str, ...] = ()
    required: bool = False
    unless: str = ""
    one_per_row: bool = False
    choices: tuple[str, ...] = ()
    width: int = 14


@dataclass(frozen=True)
class Double:
    """A second column that means the same as the one that is read."""

    key: str
    index: int
    title: str


@dataclass
class Table:
    """The rows under one header. places: key → column index; titles: key → header as written, or as
    it should be where the sheet has no such column. overflow: the index from which cells of a text table stand
    beyond its header, None where that says nothing."""

    sheet: Sheet
    header_row: int
    places: dict[str, int]
    titles: dict[str, str]
    ignored: list[str] = field(default_factory=list)
    doubles: list[Double] = field(default_factory=list)
    rows: list[RawRow] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)
    overflow: int | None = None

    def cell(self, row: RawRow, key: str) -> str:
        return cell_name(self.places[key], row.number)

    def header_notes(self) -> list[str]:
        """Which columns were not read."""
        notes = [f"这些列不认识，没有读：{'、'.join(self.ignored)}"] if self.ignored else []
        for double in self.doubles:
            read = f"“{self.titles[double.key]}”（{cell_name(self.places[double.key], self.header_row)}）"
            other = f"“{double.title}”（{cell_name(double.index, self.header_row)}）"
            notes.append(f"{other}和{read}是同一个意思，读的是{read}")
        return notes


def find_tables(book: Book, columns: Iterable[Column]) -> list[Table]:
    """The table of every visible sheet that has all required columns; the first one's notes name the sheets left out.

    Raises Unreadable when there is none.
    """
    columns = tuple(columns)
    found = {sheet.title: _table(sheet, columns) for sheet in book.sheets if not sheet.hidden and sheet.rows}
    tables = [table for table in found.values() if table is not None]
    complete = [table for table in tables if not _missing(table, columns)]
    if not tables:
        raise Unreadable(_no_header(book, columns))
    if not complete:
        raise Unreadable(*(_absent(tables[0], column, columns) for column in _missing(tables[0], columns)))
    taken = {table.sheet.title for table in complete}
    left_out = [sheet.title for sheet in book.sheets if sheet.title not in taken and _may_hold_records(sheet)]
    if left_out:
        complete[0].sheet.notes.append(f"以外还有：{'、'.join(left_out)}。它们是隐藏的或没有必需的列，没有读。")
    return complete


def _may_hold_records(sheet: Sheet) -> bool:
    return (sheet.hidden or bool(sheet.rows)) and "说明" not in sheet.title


def _no_header(book: Book, columns: tuple[Column, ...]) -> str:
    if not any(sheet.rows for sheet in book.sheets if not sheet.hidden):
        return f"“{book.name}”里没有内容（隐藏的工作表不读）。请检查是否选错了文件。"
    wanted = "、".join(column.title for column in columns if column.required)
    return f"“{book.name}”前 {HEADER_WITHIN} 行没有找到表头。表头至少要有：{wanted}。请参照模板加上表头后再导入。"


def header_key(value) -> str:
    """A header without remarks, spaces and signs: "提案人（第一提案人在前）*" → "提案人"."""
    return REMARK.sub("", text.code(value))


def _table(sheet: Sheet, columns: tuple[Column, ...]) -> Table | None:
    known = _known_headers(columns)
    candidates = sheet.rows[:HEADER_WITHIN]
    header = max(candidates, key=lambda row: len(_recognised(row, known)))
    if len(_recognised(header, known)) < ENOUGH:
        return None
    table = Table(sheet, header.number, {}, {column.key: column.title for column in columns})
    table.overflow = _width(header) if sheet.is_text else None
    _place(table, header, known, {column.key: column for column in columns})
    table.rows = _records(table, [row for row in sheet.rows if row.number > header.number])
    return table


def _width(row: RawRow) -> int:
    """Up to the last cell with something in it."""
    return max((index + 1 for index, value in enumerate(row.values) if value is not None), default=0)


def _known_headers(columns: tuple[Column, ...]) -> dict[str, str]:
    known = {}
    for column in columns:
        for name in (column.title, *column.synonyms):
            known.setdefault(header_key(name), column.key)
    return known


def _recognised(row: RawRow, known: dict[str, str]) -> set[str]:
    keys = (header_key(value) for value in row.values if isinstance(value, str))
    return {known[key] for key in keys if key in known}


def _place(table: Table, header: RawRow, known: dict[str, str], columns: dict[str, Column]) -> None:
    """Where two headers mean the same, the one with the official name is read."""
    for index, value in enumerate(header.values):
        name = header_key(value) if isinstance(value, str) else ""
        key = known.get(name)
        if key is None:
            if name:
                table.ignored.append(text.line(value))
            continue
        official = name == header_key(columns[key].title)
        if key in table.places and not official:
            table.doubles.append(Double(key, index, text.line(value)))
            continue
        if key in table.places:
            _replace(table, header, key, index, columns[key])
        table.places[key], table.titles[key] = index, text.line(value)


def _replace(table: Table, header: RawRow, key: str, index: int, column: Column) -> None:
    if header_key(table.titles[key]) == header_key(column.title):
        first, second = cell_name(table.places[key], header.number), cell_name(index, header.number)
        reason = f"有两列都叫“{column.title}”（{first} 和 {second}）。请删去或改名其中一列。"
        raise Unreadable(Problem(table.sheet.title, header.number, column.title, second, table.titles[key], reason))
    table.doubles.append(Double(key, table.places[key], table.titles[key]))


def _missing(table: Table, columns: tuple[Column, ...]) -> list[Column]:
    return [c for c in columns if c.required and c.key not in table.places and c.unless not in table.places]


def _absent(table: Table, column: Column, columns: tuple[Column, ...]) -> Problem:
    others = "、".join(column.synonyms[:3])
    reason = f"表头里没有这一列{f'（也可写 {others}）' if others else ''}。请补上后再导入"
    instead = next((other.title for other in columns if column.unless and other.key == column.unless), "")
    reason += f"；全是集体提案的，有“{instead}”列也行" if instead else ""
    return Problem(table.sheet.title, table.header_row, column.title, "", "", f"{reason}。")


def _records(table: Table, rows: list[RawRow]) -> list[RawRow]:
    """The rows that are records; what the others are is noted, once for each kind of row without anything to read."""
    records, repeated, numbered, short = [], [], [], []
    for row in rows:
        if _repeats_header(table, row):
            repeated.append(row.number)
        elif _is_only_numbered(table, row):
            numbered.append(row.number)
        elif _is_data(table, row):
            records.append(row)
            short += [row.number] if len(row.values) < (table.overflow or 0) else []
    _note_once(table, repeated, "又写了一遍表头，没有读")
    _note_once(table, numbered, "只有序号，没有内容，没有读")
    _note_once(table, short, "格数比表头少，缺的格按空着读")
    return records


def _note_once(table: Table, numbers: list[int], what: str) -> None:
    if numbers:
        also = f"，这样的共有 {len(numbers)} 行" if len(numbers) > 1 else ""
        table.notes.append((numbers[0], f"{what}{also}"))


def _repeats_header(table: Table, row: RawRow) -> bool:
    """The header again, as it is printed on every page."""
    said = {key: header_key(row.values[index]) for key, index in _filled_places(table, row).items()}
    return len(said) >= ENOUGH and all(word == header_key(table.titles[key]) for key, word in said.items())


def _is_only_numbered(table: Table, row: RawRow) -> bool:
    """Numbered beforehand and never filled in: nothing but a number in a column that is not read."""
    own = [value for index, value in enumerate(row.values) if value is not None and index not in row.merged]
    return len(own) == 1 and text.code(own[0]).isdecimal() and not _filled_places(table, row)


def _filled_places(table: Table, row: RawRow) -> dict[str, int]:
    """The read columns with a value of this row's own."""
    return {
        key: index for key, index in table.places.items()
        if index < len(row.values) and index not in row.merged and row.values[index] is not None
    }  # fmt: skip


def _is_data(table: Table, row: RawRow) -> bool:
    """Not a heading such as 一、经济建设类 across the sheet, nor a 合计 at the end; both are noted."""
    filled = _filled_places(table, row)
    first = next((value for value in row.values if value is not None), "")
    if not filled and row.is_blank:
        return False
    if len(filled) <= 1 and any(last - left >= 2 for left, last, _name in row.wide):
        table.notes.append((row.number, f"“{text.line(first)[:20]}”是横跨多列的小标题，没有读"))
        return False
    if len(filled) <= 2 and text.code(first).startswith(CLOSING_WORDS):
        table.notes.append((row.number, f"“{text.line(first)[:20]}”不是一件件的记录，没有读"))
        return False
    return bool(filled) or not row.is_blank

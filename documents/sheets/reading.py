"""Reads a workbook row by row, in bounded memory, with the cached results of formulas; a text table likewise."""

import datetime
import hashlib
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import get_column_letter

from . import delimited, text
from .limits import BLANK_ROWS_END_A_SHEET, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_SHEETS
from .opening import BROKEN, check
from .parts import Parts, scan
from .problems import Problem, shortened
from .refusal import Unreadable


@dataclass(frozen=True)
class Trouble:
    """Stands where a cell has no value that could be used; `reason` is the sentence, `shown` what stands there."""

    reason: str
    shown: str = ""


@dataclass(slots=True)
class RawRow:
    """number: as Excel shows it. values: from column A. merged: column index → range whose upper
    cell gave the value. wide: ranges over several columns that touch this row (first, last, name)."""

    number: int
    values: list
    merged: dict[int, str] = field(default_factory=dict)
    wide: list[tuple[int, int, str]] = field(default_factory=list)

    @property
    def is_blank(self) -> bool:
        return not any(value is not None and value != "" for value in self.values)


@dataclass
class Sheet:
    """rows: those with something in them. epoch: the day from which Excel counts serial dates.

    is_text: it came as .csv or .tsv, where cells stand in the wrong place when a separator was not quoted."""

    title: str
    epoch: datetime.datetime
    hidden: bool = False
    rows: list[RawRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    is_text: bool = False


@dataclass
class Book:
    name: str
    sheets: list[Sheet]
    sha256: str = ""


def read(file, name: str = "") -> Book:
    """`file` is a path or a binary stream. Raises Unreadable with a sentence."""
    if isinstance(file, (str, Path)):
        return _read_path(Path(file))
    name = text.file_name(name) if name else name_of(file)
    is_text = check(file, name)
    book = _read_text(file, name) if is_text else _read_stream(file, name)
    file.seek(0)
    book.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return book


def name_of(file) -> str:
    """What people call the file: a path or a stream, which may have a name."""
    path = file if isinstance(file, (str, Path)) else getattr(file, "name", "") or "工作簿.xlsx"
    return text.file_name(Path(path).name)


def _read_path(path: Path) -> Book:
    try:
        with path.open("rb") as stream:
            return read(stream, path.name)
    except FileNotFoundError:
        raise Unreadable(f"没有找到文件“{text.file_name(path)}”。请核对文件名和所在的文件夹。") from None
    except IsADirectoryError:
        raise Unreadable(f"“{text.file_name(path)}”是文件夹，不是文件。请写到具体的文件。") from None
    except OSError as error:
        raise Unreadable(f"文件“{text.file_name(path)}”读不出来（{error.strerror}）。请检查权限后再试。") from None


def _read_stream(stream, name: str) -> Book:
    try:
        with warnings.catch_warnings(), zipfile.ZipFile(stream) as package:
            warnings.simplefilter("ignore")
            return Book(name, _sheets(stream, package))
    except Unreadable:
        raise
    except Exception:  # noqa: BLE001  openpyxl meets damaged parts with errors of any kind
        raise Unreadable(f"“{name}”{BROKEN}") from None


# Excel writes a text cell as ="0138", a long number as 1.38E+10 and a cell that was too narrow as ####.
QUOTED_TEXT = re.compile(r'="([^"]*)"')
SCIENTIFIC = re.compile(r"[0-9]\.?[0-9]*E\+[0-9]+", re.IGNORECASE)
NOT_KEPT = re.compile(r"#{3,}|#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!)")
# 1975.1 is what is left of October 1975 typed as the number 1975.10; as a number it is asked about.
YEAR_AND_TENTH = re.compile(r"(?:19|20)[0-9]{2}\.1")
NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")
SHEET_NAME = 31
DAY_ZERO = datetime.datetime(1899, 12, 30)


def _read_text(stream, name: str) -> Book:
    """One sheet, called as Excel would call it: by the file's name. Rows are numbered as Excel shows them."""
    title = NOT_IN_A_NAME.sub("", Path(name).stem)[:SHEET_NAME].strip() or "表"
    sheet, budget = Sheet(title, DAY_ZERO, is_text=True), Budget()
    for number, cells in enumerate(delimited.records(stream, name), start=1):
        row = RawRow(number, [_text_value(cell) for cell in cells[:MAX_COLUMNS]])
        if not row.is_blank:
            _add_row(sheet, row, budget)
    return Book(name, [sheet])


def _text_value(cell: str):
    cell = cell.strip()
    quoted = QUOTED_TEXT.fullmatch(cell)
    if quoted:
        return quoted[1].strip() or None
    if cell.startswith("="):
        return Trouble("是公式，文本表格里没有计算结果。请改成直接填写的值", shortened(text.legible(cell)))
    if NOT_KEPT.fullmatch(cell):
        return Trouble("导出文本表格时没有存下内容（列太窄或公式出错）。请改成直接填写的值", cell[:20])
    if SCIENTIFIC.fullmatch(cell):
        return Trouble("是长号码，导出文本表格时后几位已经丢失。请重新填写完整的号码", cell[:20])
    return float(cell) if YEAR_AND_TENTH.fullmatch(cell) else cell or None


def _sheets(stream, package) -> list[Sheet]:
    values = _opened(stream, data_only=True)
    if len(values.worksheets) > MAX_SHEETS:
        raise Unreadable(f"工作表超过 {MAX_SHEETS} 张。请只留需要导入的工作表。")
    formulas, sheets, budget = None, [], Budget()
    for at, worksheet in enumerate(values.worksheets):
        sheet = Sheet(worksheet.title, values.epoch, worksheet.sheet_state != "visible")
        sheets.append(sheet)
        if sheet.hidden:
            continue
        parts = scan(package, worksheet._worksheet_path)  # openpyxl has no public name for it
        if parts.has_formulas and formulas is None:
            formulas = _opened(stream, data_only=False)
        _fill(sheet, worksheet, formulas.worksheets[at] if parts.has_formulas else None, parts, budget)
    return sheets


class _Reader(ExcelReader):
    """openpyxl's own, without chart sheets: they hold no rows, and it fails on one without a chart."""

    def read_chartsheet(self, sheet, rel) -> None:
        pass


def _opened(stream, data_only: bool):
    reader = _Reader(stream, read_only=True, data_only=data_only, keep_links=False)
    reader.read()
    return reader.wb


class Budget:
    """Cells the whole workbook may still have."""

    def __init__(self):
        self.cells = MAX_CELLS

    def spend(self, count: int) -> None:
        self.cells -= count
        if self.cells < 0:
            raise Unreadable(f"单元格超过 {MAX_CELLS // 10_000} 万个。请删去多余的行列，或分成几个文件导入。")


def _fill(sheet: Sheet, worksheet, formula_sheet, parts: Parts, budget: Budget) -> None:
    tops: dict[tuple[int, int], object] = {}
    blank = 0
    for number, cells in enumerate(_paired(worksheet, formula_sheet, parts), start=1):
        row = _row(number, cells, parts, tops)
        if row.is_blank:
            blank += 1
            if blank > BLANK_ROWS_END_A_SHEET and _is_past_the_end(number, parts):
                first = number - blank + 1
                sheet.notes.append(f"第 {first} 行以后连续 {BLANK_ROWS_END_A_SHEET} 行都是空行，不再往下读。")
                return
            continue
        if blank > BLANK_ROWS_END_A_SHEET:
            raise _far_below(sheet, row, blank)
        blank = 0
        _add_row(sheet, row, budget)


def _add_row(sheet: Sheet, row: RawRow, budget: Budget) -> None:
    budget.spend(len(row.values))
    if len(sheet.rows) >= MAX_ROWS:
        raise Unreadable(f"工作表“{sheet.title}”超过 {MAX_ROWS} 行。请分成几个文件导入。")
    sheet.rows.append(row)


def _is_past_the_end(number: int, parts: Parts) -> bool:
    return parts.last_filled is not None and number > parts.last_filled


def _far_below(sheet: Sheet, row: RawRow, blank: int) -> Unreadable:
    """Left-over cells or the rest of the table: people must say which, so that no row is lost without a word."""
    index, value = next((i, value) for i, value in enumerate(row.values) if value is not None)
    shown = value.shown if isinstance(value, Trouble) else shortened(text.legible(value))
    reason = f"这一行上面有 {blank} 行空行。属于表格的，请删去中间的空行；不属于的，请删去这一行。"
    return Unreadable(Problem(sheet.title, row.number, "", cell_name(index, row.number), shown, reason))


def _paired(worksheet, formula_sheet, parts: Parts) -> Iterator[list]:
    """Rows of values; a formula without a cached result becomes Trouble."""
    worksheet.reset_dimensions()  # the size a file claims is often wrong
    if formula_sheet is None:
        for cells in worksheet.iter_rows():
            yield [_value(cell) for cell in cells[:MAX_COLUMNS]]
        return
    formula_sheet.reset_dimensions()
    for cells, formulas in zip(worksheet.iter_rows(), formula_sheet.iter_rows(), strict=True):
        pairs = zip(cells[:MAX_COLUMNS], formulas[:MAX_COLUMNS], strict=True)
        yield [_without_result(cell, formula, parts) or _value(cell) for cell, formula in pairs]


def _without_result(cell, formula, parts: Parts) -> Trouble | None:
    """The result of a formula may be an empty text, which is saved and blank."""
    if cell.value is not None or formula.data_type != "f":
        return None
    if cell.data_type == "str" and cell.coordinate not in parts.no_result:
        return None
    written = shortened(text.legible(getattr(formula.value, "text", formula.value)))
    return Trouble("是公式，文件里没有存下计算结果。请在 Excel 里打开、保存一次，或改成直接填写的值", written)


def _value(cell):
    value = cell.value
    if cell.data_type == "e":
        return Trouble(f"公式出错（{value}）。请改成直接填写的值", str(value))
    return value.strip() or None if isinstance(value, str) else value


def _row(number: int, values: list, parts: Parts, tops: dict) -> RawRow:
    """The row with the lower cells of tall merged ranges filled; one with nothing of its own stays blank."""
    row = RawRow(number, values, wide=parts.wide.get(number, []))
    if row.is_blank:
        return row
    for column, (top, name) in parts.tall.get(number, {}).items():
        if column <= MAX_COLUMNS:
            _put(values, column - 1, tops.get((top, column)))
            row.merged[column - 1] = name
    for index, value in enumerate(values):
        if (number, index + 1) in parts.tops:
            tops[number, index + 1] = value
    return row


def _put(values: list, index: int, value) -> None:
    values.extend([None] * (index + 1 - len(values)))
    values[index] = value


def cell_name(index: int, number: int) -> str:
    """K5 for column index 10 of row 5."""
    return f"{get_column_letter(index + 1)}{number}"

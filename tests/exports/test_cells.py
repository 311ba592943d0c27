"""Text is never a formula, whatever it begins with, wherever it stands; nothing breaks the file."""

import datetime
import io
import zipfile
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from documents.sheets import cells, streaming, writing

LEADS = (
    "=",
    "+",
    "-",
    "@",
    "\t=",
    "\r=",
    "\n=",
    " =",
    "\u3000=",
    "\ufeff=",
    "\u200b=",
    "＝",
    "＋",
    "－",
    "＠",
    "'=",
    '"=',
    "\x00=",
    ";=",
    "|",
)
ENDS = ("1+1", "cmd|' /C calc'!A0", 'HYPERLINK("http://x","点我")')
PAYLOADS = tuple(f"{lead}{end}" for lead in LEADS for end in ENDS) + (
    "DDE(\"cmd\";\"/C calc\";\"x\")", "=MSEXCEL|'\\..\\..\\cmd.exe'!''", "#REF!", "#N/A", "TRUE", "1e9999", "00123", "110101199003070011",
    "{=1}", "_x003D_1+1", "</t></is></c><c><f>1+1</f>", "<![CDATA[", "&lt;", "\x0b\x1f\x7f\x85", "\ufffe\uffff", "\ud800", "𠮷\U0010ffff",
    "a" * 40_000, "\n" * 300, "2025-01-01", "=1;2;3",
)  # fmt: skip


def book(path):
    return load_workbook(path).active


def parts(path) -> str:
    with zipfile.ZipFile(path) as found:
        return "".join(found.read(name).decode() for name in found.namelist() if name.endswith(".xml"))


def test_no_payload_is_a_formula_in_cells_heads_titles_or_names(tmp_path):
    assert len(PAYLOADS) >= 60
    path = tmp_path / "a.xlsx"
    columns = [(payload, 20) for payload in PAYLOADS]
    assert streaming.write(path, PAYLOADS[0], PAYLOADS[1], columns, [PAYLOADS, PAYLOADS]) == 2
    sheet, raw = book(path), parts(path)
    assert "<f>" not in raw and "<f " not in raw and 't="str"' not in raw and 't="e"' not in raw
    for row in (1, 2, 3, 4):
        found = {cell.data_type for cell in sheet[row] if cell.value is not None}
        assert found == {"s"}, row
    for place, payload in enumerate(PAYLOADS, start=1):
        value = sheet.cell(3, place).value
        if payload.isprintable() and len(payload) < 100 and "_x" not in payload:
            assert (value, sheet.cell(3, place).quotePrefix) == (payload, True)
    assert len(sheet.cell(3, PAYLOADS.index("a" * 40_000) + 1).value) == cells.LONGEST
    assert "_x005F_x003D_1" in raw


@pytest.mark.parametrize("payload", PAYLOADS)
def test_names_of_sheets(tmp_path, payload):
    name = cells.sheet_name(payload)
    assert 0 < len(name) <= 31 and not set(name) & set("[]:*?/\\'") and name[0] not in "=+-@＝＋－＠"
    content = writing.listing(payload, payload, [(payload, 10)], [[payload]])
    assert load_workbook(io.BytesIO(content)).sheetnames == [name]
    content = writing.tables([(payload, [payload], [[payload]])])
    assert {cell.data_type for row in load_workbook(io.BytesIO(content)).active for cell in row if cell.value} <= {"s"}


def test_dates_and_numbers_are_real_ones(tmp_path):
    path, moment = tmp_path / "b.xlsx", datetime.datetime(2026, 11, 26, 1, 30, tzinfo=datetime.UTC)
    values = [
        datetime.date(2026, 11, 26), moment, 12, 1.5, Decimal("2.25"), 10**20, float("nan"), True, None,
        datetime.date(1899, 1, 1), "13900000001", -3,
    ]  # fmt: skip
    streaming.write(path, "数据", "题", [(str(n), 10) for n in range(len(values))], [values])
    row = book(path)[3]
    assert [cell.value for cell in row] == [
        datetime.datetime(2026, 11, 26), datetime.datetime(2026, 11, 26, 9, 30), 12, 1.5, 2.25, "100000000000000000000",
        "nan", "是", None, "1899-01-01", "13900000001", -3,
    ]  # fmt: skip
    assert [cell.number_format for cell in row[:2]] == ["yyyy-mm-dd", "yyyy-mm-dd hh:mm"]
    assert [cell.data_type for cell in row] == ["d", "d", "n", "n", "n", "s", "s", "s", "inlineStr", "s", "s", "n"]


def test_one_that_is_cut_off_leaves_nothing(tmp_path, monkeypatch):
    """The library writes beside the file first."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def rows():
        yield ["一"]
        assert [path.name[:8] for path in tmp_path.iterdir()] == ["openpyxl"]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        streaming.write(tmp_path / "c.xlsx", "数据", "题", [("列", 10)], rows())
    assert list(tmp_path.iterdir()) == []

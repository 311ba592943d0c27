"""One row of a roster: read, and checked as far as it can be checked by itself."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from documents.sheets import text
from documents.sheets.rows import RowReader
from members.chinese_numbers import from_chinese
from members.models import Person
from members.person_names import is_person_name
from members.personal_numbers import ID_NUMBER, MOBILE, bare_phone

from . import words
from .columns import COLUMNS, ONE_PER_ROW, TITLES

# 11, 第十一届; also with the session behind it, as ledgers have it: 11-4, 十一届四次, 第十一届第四次会议.
TERM = re.compile(
    r"^第?([0-9一二三四五六七八九十]{1,3})(?:届?|届第?[0-9一二三四五六七八九十]{1,2}次(?:会议)?|-[0-9]{1,2})$"
)
REMOVED = "（已去掉）"
PERSON_FIELDS = (
    "gender",
    "ethnicity",
    "born",
    "native_place",
    "party",
    "education",
    "employer",
    "position",
    "phone",
    "email",
)
PLACES = {"sector": 80, "group": 80, "committee": 80}


@dataclass
class Entry:
    """facts: what the row says of the person, blank fields left out. Later steps add who it is."""

    reader: RowReader
    name: str = ""
    number: str = ""
    term: int | None = None
    since: date | None = None
    facts: dict[str, str] = field(default_factory=dict)
    seat_kind: str = ""
    sector: str = ""
    group: str = ""
    committee: str = ""
    committee_title: str = ""
    namesake: str = ""
    person: Person | None = None
    seat: Any = None
    bodies: dict[str, Any] = field(default_factory=dict)

    @property
    def phone(self) -> str:
        return self.facts.get("phone", "")


def read_entry(reader: RowReader, term: int | None) -> Entry:
    """Problems are noted in the reader; `term` is the one chosen for the import, if any."""
    _remove_id_numbers(reader)
    reader.check_merged(ONE_PER_ROW)
    reader.check_doubles()
    reader.check_width()
    entry = Entry(reader, number=reader.code("number")[:20], term=_term(reader, term), since=reader.day("since"))
    entry.name = _name(reader)
    entry.facts = {key: value for key, value in _facts(reader).items() if value}
    for key in PLACES:
        setattr(entry, key, reader.line(key))
    entry.namesake = reader.choice("namesake", words.NAMESAKES, "同一人、另一人") or ""
    _read_duty(entry)
    _check_lengths(entry)
    return entry


def _remove_id_numbers(reader: RowReader) -> None:
    """Whatever the column is called: the number goes before anything else is done with the row."""
    for column in COLUMNS:
        index = reader.table.places.get(column.key)
        if index is not None and _remove_id_number(reader, index):
            reader.problem(column.key, "像身份证号。本系统不收身份证号，没有读取。请删去后再导入", value="")
    for index in (*(double.index for double in reader.table.doubles), *reader.beyond()):
        _remove_id_number(reader, index)


def _remove_id_number(reader: RowReader, index: int) -> bool:
    values = reader.row.values
    if index >= len(values) or not ID_NUMBER.search(text.code(values[index])):
        return False
    values[index] = REMOVED
    return True


def _name(reader: RowReader) -> str:
    name = text.code(reader.raw("name")).replace("•", "·").replace("・", "·").replace(".", "·")
    if "name" in reader.failed:
        return ""
    if not name:
        reader.problem("name", "姓名是空的。请填写姓名；如果这一行不是委员，请删去")
    elif not is_person_name(name):
        reader.problem("name", "不像姓名。一行只写一人，姓名以汉字或字母开头，不要有符号和号码")
    return name


def _term(reader: RowReader, chosen: int | None) -> int | None:
    word = reader.code("term")
    if not word:
        if chosen is None and "term" not in reader.failed:
            reader.problem("term", "没有写届次。请在“届次”列写 11 或 第十一届，或在导入时选定")
        return chosen
    found = TERM.match(word)
    number = from_chinese(found[1]) if found else None
    if not number:
        reader.problem("term", "不是届次。请写 11 或 第十一届")
    elif chosen is not None and number != chosen:
        reader.problem("term", f"与所选的第 {chosen} 届不同。请核对")
    return number


def _facts(reader: RowReader) -> dict[str, str]:
    return {
        "gender": reader.choice("gender", words.GENDERS, "男、女") or "",
        "ethnicity": reader.code("ethnicity"),
        "born": reader.month("born"),
        "native_place": reader.line("native_place"),
        "party": reader.line("party"),
        "education": reader.line("education"),
        **_work(reader),
        "phone": _phone(reader),
        "email": _email(reader),
    }


def _work(reader: RowReader) -> dict[str, str]:
    """单位及职务 in one cell is parted at a space; without one it stays together."""
    employer, position = reader.line("employer"), reader.line("position")
    if not employer:
        raw = text.prose(reader.raw("workplace"))
        employer, _, rest = raw.replace("\n", " ").partition(" ")
        position = position or rest.strip()
    return {"employer": employer, "position": position}


def _phone(reader: RowReader) -> str:
    phone = bare_phone(reader.code("phone"))
    if phone and not MOBILE.match(phone):
        reader.problem("phone", f"不是手机号：应是 1 开头的 11 位数字，这里是 {len(phone)} 位。请核对")
        return ""
    return phone


def _email(reader: RowReader) -> str:
    email = reader.code("email")
    try:
        if email:
            validate_email(email)
    except ValidationError:
        reader.problem("email", "不是电子邮箱。请核对")
        return ""
    return email


def _read_duty(entry: Entry) -> None:
    """职务 may be the seat (常委), the post in the committee (副主任), or the post at work."""
    duty = entry.reader.code("duty")
    if entry.committee and duty in words.COMMITTEE_TITLES:
        entry.committee_title = duty
        entry.seat_kind = words.SEAT_KINDS.get(duty, "")
    elif duty in words.SEAT_KINDS:
        entry.seat_kind = words.SEAT_KINDS[duty]
    elif duty:
        entry.facts.setdefault("position", entry.reader.line("duty"))


def _check_lengths(entry: Entry) -> None:
    limits = {name: Person._meta.get_field(name).max_length for name in PERSON_FIELDS}
    values = {**entry.facts, **{key: getattr(entry, key) for key in PLACES}}
    for key, value in values.items():
        limit = PLACES.get(key) or limits[key]
        if len(value) > limit:
            column = "workplace" if key in ("employer", "position") and entry.reader.has("workplace") else key
            entry.reader.problem(column, f"{TITLES[key]}有 {len(value)} 个字，超过 {limit} 个字。请缩短")

"""The list as a workbook: one row a member, no contact data."""

from documents.sheets.writing import listing
from members.models import Member

from . import sections
from .wanted import Wanted

COLUMNS = (
    ("序号", 6), ("界别", 16), ("委员组", 18), ("姓名", 12), ("性别", 6), ("民族", 8), ("出生年月", 10), ("党派", 12),
    ("席位", 10), ("专委会", 26), ("工作单位及职务", 36), ("任职日期", 12),
)  # fmt: skip


def write(wanted: Wanted) -> bytes:
    """An .xlsx with real dates; the order of the rows is the list's."""
    found = sections.read(wanted)
    rows = [(section.committees, seat) for section in found for seat in section.seats]
    title = wanted.title + wanted.subtitle(len(rows))
    return listing("委员名单", title, COLUMNS, [_row(n, *row) for n, row in enumerate(rows, start=1)])


def _row(number: int, committees: dict[int, str], seat: Member) -> list:
    person = seat.person
    return [
        number, str(seat.sector or ""), str(seat.group or ""), person.name, person.get_gender_display(), person.ethnicity,
        person.born, person.party, seat.get_seat_kind_display(), committees.get(person.pk, ""),
        f"{person.employer} {person.position}".strip(), seat.starts,
    ]  # fmt: skip

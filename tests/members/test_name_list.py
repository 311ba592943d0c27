"""委员名单: who stands in it on a day, under which heading, in which order; as a page and as files."""

import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document
from openpyxl import load_workbook

from members.models import EndReason, Member
from members.name_list import By, Order, Scope, Wanted, paper, sections, sheet
from tests.factories import people

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 21)


@pytest.fixture
def bodies():
    return [people.organization("sector", name, order=n) for n, name in enumerate(("教育", "农业和农村"))]


@pytest.fixture
def wanted(bodies):
    education, farming = bodies
    for name, sector, fields in (
        ("曾小明", education, {"seat_kind": "standing"}),
        ("丁一", education, {}),
        ("王大可", farming, {}),
        ("李　旧", farming, {"ends": date(2025, 1, 1), "end_reason": EndReason.RESIGNED}),
        ("何台账", farming, {"from_ledger": True}),
    ):
        people.member(name, sector, **fields)
    people.person("无席位")
    return Wanted(people.term(), DAY)


def shown(wanted) -> list:
    return [(section.title, [seat.person.name for seat in section.seats]) for section in sections.read(wanted)]


def test_by_sector_and_strokes(wanted):
    assert shown(wanted) == [("教育", ["丁一", "曾小明"]), ("农业和农村", ["王大可"])]


def test_by_pinyin_without_headings(wanted):
    mine = Wanted(wanted.term, DAY, Order.PINYIN, By.NONE)
    assert shown(mine) == [("", ["丁一", "王大可", "曾小明"])]


def test_on_another_day(wanted):
    assert shown(Wanted(wanted.term, date(2024, 12, 31), by=By.NONE)) == [("", ["丁一", "王大可", "李　旧", "曾小明"])]
    assert shown(Wanted(wanted.term, date(2021, 1, 1))) == []


def test_the_standing_committee(wanted):
    assert shown(Wanted(wanted.term, DAY, scope=Scope.STANDING)) == [("教育", ["曾小明"])]
    assert shown(Wanted(wanted.term, DAY, by=By.GROUP)) == [("未编组", ["丁一", "王大可", "曾小明"])]


@pytest.mark.parametrize("count", [1, 3])
def test_it_asks_twice_however_long(bodies, count):
    for _ in range(count):
        people.member("", bodies[0])
    wanted = Wanted(people.term(), DAY)
    with CaptureQueriesContext(connection) as asked:
        assert len(sections.read(wanted)[0].seats) == count
    assert len(asked) == 2


def test_sex_and_ethnicity_stand_behind_the_name():
    seats = [Member(person=people.person(name, gender=sex, ethnicity=ethnicity)) for name, sex, ethnicity in (
        ("丁一", "female", "回族"), ("王大可", "male", "汉族"), ("马三", "male", "回族"), ("李四方", "female", ""),
    )]  # fmt: skip
    assert ["".join(paper.words_of(seat)) for seat in seats] == [
        "丁　一（女，回族）",
        "王大可",
        "马　三（回族）",
        "李四方（女）",
    ]


def test_the_paper(wanted):
    document = Document(io.BytesIO(paper.write(wanted)))
    lines = [p.text for p in document.paragraphs if p.text]
    assert lines == [
        "政协西平县第十一届委员会委员名单", "（共 3 名，截至 2026年4月21日，按姓氏笔画为序）", "教育（2 名）", "农业和农村（1 名）",
    ]  # fmt: skip
    assert [[c.text for c in table.rows[0].cells if c.text] for table in document.tables] == [
        ["丁　一", "曾小明"],
        ["王大可"],
    ]
    section = document.sections[0]
    assert [round(x.mm) for x in (section.top_margin, section.left_margin, section.right_margin)] == [37, 28, 26]


def test_the_workbook(wanted):
    page = load_workbook(io.BytesIO(sheet.write(wanted))).active
    rows = list(page.iter_rows(values_only=True))
    assert rows[0][0] == "政协西平县第十一届委员会委员名单（共 3 名，截至 2026年4月21日，按姓氏笔画为序）"
    assert [(row[0], row[1], row[3], row[8], row[11].date()) for row in rows[2:]] == [
        (1, "教育", "丁一", "委员", date(2022, 4, 1)), (2, "教育", "曾小明", "常委", date(2022, 4, 1)),
        (3, "农业和农村", "王大可", "委员", date(2022, 4, 1)),
    ]  # fmt: skip

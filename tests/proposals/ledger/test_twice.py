"""Importing again adds nothing; what was amended is said and left alone."""

import pytest

from members.models import Member, Organization, Person
from proposals.ledger import imports
from proposals.models import Proposal
from tests.factories import county as make
from tests.factories import people
from workflow.models import Event

from . import ledgers
from .ledgers import handled, row

pytestmark = pytest.mark.django_db
MODELS = (Proposal, Person, Member, Organization, Event)


def everything() -> list[int]:
    return [model.objects.count() for model in MODELS]


def again(session, *rows):
    return imports.run(ledgers.workbook(rows), session)


ROWS = (
    handled(1, 提案人="张三、李四", 提案形式="联名", 正文="情况", 建议="甲\n乙"), row(2, "并案", 并入案号=1),
    row(None, "不予立案", 提案人="王五", 案由="关于路灯的提案"), row(None, "不予立案", 提案人="王五", 案由="关于路灯的提案"),
    row(5, 提案人=None, 提案形式="集体", 集体名称="民盟西平县支部"),
)  # fmt: skip


def test_nothing_is_added(take, session):
    assert take(*ROWS).added == 5
    before = everything()
    report = again(session, *ROWS)
    assert (report.added, report.unchanged, report.changed, report.errors) == (0, 5, [], [])
    assert everything() == before


def test_the_order_of_rows_and_the_form_of_values_do_not_matter(take, session):
    take(*ROWS)
    other = [{**ROWS[0], "案号": "第００１号", "交办日期": "2025.5.12"}, *ROWS[1:]]
    assert again(session, *reversed(other)).unchanged == 5


def test_equal_rows_without_a_number_are_told_apart_by_their_ordinal(take, session):
    same = row(None, "待审", 提案人="张三", 案由="关于路灯的提案")
    assert take(same, same).added == 2
    assert (again(session, same).added, again(session, same, same, same).added) == (0, 1)
    assert Proposal.objects.count() == 3


def test_new_rows_of_a_longer_ledger_are_added(take, session):
    take(*ROWS)
    report = again(session, *ROWS, row(6))
    assert (report.added, report.unchanged) == (1, 5)


def test_an_amended_row_is_said_and_left_alone(take, session):
    take(handled(1, "B"))
    report = again(session, handled(1, "A", 案由="关于第一个问题的提案"))
    assert (report.added, report.unchanged) == (0, 0)
    assert [(p.cell, p.value, p.reason) for p in report.changed] == [
        (
            "B2",
            "关于第一个问题的提案",
            "这件提案已经登记过，原登记是“关于第1个问题的提案”，没有改动。如需更改，请由提案委在提案页更正",
        ),
        ("O2", "A", "这件提案已经登记过，原登记是“B”，没有改动。如需更改，请由提案委在提案页更正"),
    ]
    assert report.ok and Proposal.objects.get().title == "关于第1个问题的提案"


def test_work_done_in_the_portal_meanwhile_is_no_difference(take, session):
    take(row(1, 主办单位="县教育局", 交办日期="2025-05-12"))
    case = Proposal.objects.get()
    Proposal.objects.filter(pk=case.pk).update(title="更正后的案由")
    report = again(session, row(1, 主办单位="县教育局", 交办日期="2025-05-12"))
    assert (report.unchanged, report.changed) == (1, [])


def test_a_roster_that_came_later_does_not_make_known_rows_doubtful(take, session):
    take(row(1, 提案人="王伟"))
    people.member("王伟"), people.member("王伟")
    assert again(session, row(1, 提案人="王伟")).unchanged == 1


def test_the_same_number_in_another_session_is_another_case(take, session):
    take(row(1))
    assert again(people.session(ordinal=5, year=2026), row(1)).added == 1


def test_a_number_that_the_portal_gave_is_an_error():
    c = make.county()
    make.filed(c)
    report = again(c.session, row(1))
    assert [p.reason for p in report.errors] == ["这个案号在系统里已是“关于加强校园周边交通管理的提案”。请核对案号"]


def test_the_same_title_with_and_without_a_number_is_noted(take, session):
    take(row(None, "待审", 提案人="张三", 案由="关于路灯的提案"))
    report = take(row(1, 提案人="张三", 案由="关于路灯的提案"))
    assert [p.reason for p in report.notes] == [
        "与已登记的 11-4-0001 案由相同，请核对是否同一件（一份有案号、一份没有）"
    ]


def test_a_dry_run_changes_nothing(session):
    before = everything()
    file = ledgers.workbook(ROWS)
    report = imports.preview(file, "11-4")
    assert (report.ok, report.dry_run, report.rows, report.added) == (True, True, 5, 5)
    assert report.created == {
        "terms": [], "sessions": [], "people": ["张三", "李四", ledgers.person(2), "王五"], "collectives": ["民盟西平县支部"],
        "units": ["县财政局"], "categories": ["社会建设"],
    }  # fmt: skip
    assert everything() == before
    assert imports.run(file, session).added == 5

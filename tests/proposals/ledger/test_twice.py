"""Importing again adds nothing; what was amended is said and left alone."""

import hashlib

import pytest

from members.models import Member, Organization, Person
from proposals.ledger import imports
from proposals.ledger.plan import IN_PORTAL
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
    assert [p.reason for p in report.notes if not p.row] == [IN_PORTAL.format(count=1)]


def test_cases_of_the_portal_are_told_of_once_and_only_when_rows_would_come_beside_them():
    c = make.county()
    make.filed(c), make.filed(c)
    reports = [again(c.session, row(7), row(8)) for _ in range(2)]
    assert [[p.reason for p in report.notes if not p.row] for report in reports] == [[IN_PORTAL.format(count=2)], []]


@pytest.mark.parametrize(("column", "before", "now", "word"), [
    ("审查结果", "待审", "退回修改", "待审"), ("提案形式", "个人", "联名", "个人"), ("转办去向", "来信", "退回", "转来信"),
    ("办理态度评价", "满意", "基本满意", "满意"), ("办理结果评价", "不满意", "满意", "不满意"),
])  # fmt: skip
def test_what_is_on_record_is_named_in_chinese(take, session, column, before, now, word):
    outcome = {"转办去向": "不予立案", "审查结果": before}.get(column, "立案")
    take(row(1, **{"审查结果": outcome, column: before}))
    report = again(session, row(1, **{"审查结果": outcome, column: now}))
    expected = f"这件提案已经登记过，原登记是“{word}”，没有改动。如需更改，请由提案委在提案页更正"
    assert [p.reason for p in report.changed if p.column == column] == [expected]


@pytest.mark.parametrize("number", [1, None])
def test_a_collective_named_only_as_proposer_is_the_same_the_second_time(take, session, number):
    people.organization("committee", "经济委员会")
    known = row(number, 提案人="经济委员会", 提案形式="集体", 案由="关于路灯的提案")
    assert take(known).added == 1
    report = again(session, known, {**known, "案号": 9, "案由": "另一件"})
    assert (report.added, report.unchanged, report.changed) == (1, 1, [])
    named = again(session, {**known, "集体名称": "经济委员会"})
    assert (named.added, named.unchanged, named.changed) == (0, 1, [])


def test_rows_recorded_before_collectives_were_looked_up_are_still_known(take, session):
    """Their keys were made without the name of a collective that stood only under 提案人."""
    people.organization("committee", "经济委员会"), people.organization("committee", "文史委员会")
    rows = [row(None, 提案人=f"{name}委员会", 提案形式="集体", 案由="关于路灯的提案") for name in ("经济", "文史")]
    take(*rows)
    for place, case in enumerate(Proposal.objects.order_by("pk"), start=1):
        said = "\n".join(("11-4", "关于路灯的提案", "", "2025-04-20", str(place)))
        Proposal.objects.filter(pk=case.pk).update(ledger_key=hashlib.sha256(said.encode()).hexdigest())
    report = again(session, *rows)
    assert (report.added, report.unchanged, report.changed) == (0, 2, [])


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
        "units": ["县财政局"], "categories": ["社会建设"], "sectors": [],
    }  # fmt: skip
    assert everything() == before
    assert imports.run(file, session).added == 5

"""Names: members in office, namesakes, people nobody knows, collectives."""

from datetime import date

import pytest

from members.models import Member, Organization, Person, User
from proposals.models import Proposal
from tests.factories import people

from .ledgers import row

pytestmark = pytest.mark.django_db


def seat(name: str, sector: str = "", number: str = "", **fields) -> Person:
    place = Organization.objects.filter(name=sector).first() or (
        people.organization("sector", sector) if sector else None
    )
    return people.member(name, sector=place, number=number, **fields).person


def proposers(case: Proposal) -> list[Person]:
    return [case.first_proposer, *(c.person for c in case.cosignatures.order_by("position"))]


def test_members_in_office_are_found_by_name(only, session):
    zhang, li = seat("张三"), seat("李四")
    case = only(row(1, 提案人="李　四、张三", 提案形式="联名"))
    assert proposers(case) == [li, zhang]
    assert set(case.cosignatures.values_list("state", flat=True)) == {"agreed"}
    assert Person.objects.count() == 2


def test_the_unknown_become_former_members_of_the_session(take, session):
    report = take(row(1, 提案人="张三、李四", 提案形式="联名"), row(2, 提案人="李四"))
    assert report.created["people"] == ["张三", "李四"]
    seats = Member.objects.order_by("pk")
    assert [(s.person.name, s.term, s.from_ledger, s.starts, s.ends) for s in seats] == [
        (name, session.term, True, session.opens, session.closes) for name in ("张三", "李四")
    ]
    assert not Member.objects.in_office(session.opens).exists()
    assert not User.objects.exists()
    assert Person.objects.get(name="张三").pinyin == "zhang san"


def test_namesakes_are_an_error_that_lists_them(errors, session):
    seat("王伟", "教育", "11003", seat_kind="member")
    seat("王伟", "经济")
    assert errors(row(1, 提案人="王伟")) == [
        "工作表“台账”第 2 行“提案人”（C2）填的是“王伟”：有 2 位“王伟”：王伟（教育，编号 11003）、王伟（经济）。"
        "请写成 王伟[界别]，或在“委员编号”列写编号"
    ]


@pytest.mark.parametrize("written", ["王伟[教育]", "王伟［教育界］", "王伟（教育）", "王 伟【教育】", "王伟[11003]"])
def test_brackets_tell_namesakes_apart(only, session, written):
    meant = seat("王伟", "教育", "11003")
    seat("王伟", "经济")
    assert only(row(1, 提案人=written)).first_proposer == meant


def test_so_does_the_member_number(take, session):
    first, second = seat("王伟", "教育", "11003"), seat("王伟", "经济", "11004")
    other = seat("李四", number="11005")
    header = ("案号", "案由", "提案人", "委员编号", "审查结果")
    take([1, "甲", "王伟", "11004", "立案"], [2, "乙", "李四、王伟", 11003, "立案"], header=header)
    assert [proposers(case) for case in Proposal.objects.order_by("serial")] == [[second], [other, first]]


@pytest.mark.parametrize(("number", "reason"), [
    ("99", "第十一届没有编号为“99”的委员。请核对编号"), ("11005", "编号“11005”是李四，不在提案人里。请核对"),
])  # fmt: skip
def test_wrong_member_numbers(errors, session, number, reason):
    seat("王伟", "教育", "11003")
    seat("李四", number="11005")
    header = ("案号", "案由", "提案人", "委员编号", "审查结果")
    [sentence] = errors([1, "甲", "王伟", number, "立案"], header=header)
    assert sentence.endswith(reason)


def test_a_bracket_that_fits_nobody_is_no_licence_to_add(errors, session):
    seat("王伟", "教育")
    [sentence] = errors(row(1, 提案人="王伟[工会]"))
    assert "“王伟[工会]”对不上在册的委员：王伟（教育）" in sentence


def test_an_unknown_name_takes_its_sector_from_the_bracket(take, session):
    people.organization("sector", "工会界")
    take(row(1, 提案人="张三[工会]"))
    assert Member.objects.get().sector.name == "工会界"


def test_who_left_before_the_session_is_not_meant(only, session):
    gone, present = seat("王伟", "教育"), seat("王伟", "经济")
    Member.objects.filter(person=gone).update(ends=date(2024, 12, 31))
    assert only(row(1, 提案人="王伟")).first_proposer == present


def test_who_came_later_is_meant_only_when_nobody_else_is(take, session):
    later, present = seat("王伟", "教育"), seat("王伟", "经济")
    alone = seat("李四", "教育")
    Member.objects.filter(person__in=[later, alone]).update(starts=date(2025, 8, 1))
    take(row(1, 提案人="王伟"), row(2, 提案人="李四"))
    assert [c.first_proposer for c in Proposal.objects.order_by("serial")] == [present, alone]


def test_a_person_known_from_another_ledger_of_the_term_is_the_same(take):
    take(row(1, 提案人="张三"))
    fifth = people.session(ordinal=5, year=2026)
    from proposals.ledger import imports

    from . import ledgers

    report = imports.run(ledgers.workbook([row(1, 提案人="张三", 提交日期="2026-04-20")]), fifth)
    assert (report.created["people"], Person.objects.count()) == ([], 1)


def test_others_not_named_are_listed_as_missing(only):
    case = only(row(1, 提案人="张三等5人", 提案形式="联名"))
    assert (case.kind, case.first_proposer.name, "其他联名人" in case.missing_facts) == ("joint", "张三", True)


def test_a_name_given_twice_counts_once(only):
    assert len(proposers(only(row(1, 提案人="张三、李四、张三", 提案形式="联名")))) == 2


def test_a_column_of_co_signers(take):
    header = ("案号", "案由", "提案人", "联名人", "审查结果")
    take([1, "甲", "张三", "李四、王五", "立案"], header=header)
    case = Proposal.objects.get()
    assert ([p.name for p in proposers(case)], case.kind) == (["张三", "李四", "王五"], "joint")


def test_a_collective_takes_its_proposer_from_its_own_column(take):
    report = take(
        row(1, 提案人="张三", 提案形式="集体", 集体名称="民盟西平县支部"),
        row(2, 提案人=None, 提案形式="党派提案", 集体名称="民盟西平县支部"),
    )
    assert (report.created["collectives"], report.created["people"]) == (["民盟西平县支部"], [])
    body = Organization.objects.get(name="民盟西平县支部")
    assert body.kind == "party"
    assert set(Proposal.objects.values_list("kind", "organization", "first_proposer")) == {
        ("collective", body.pk, None)
    }


@pytest.mark.parametrize(("name", "kind"), [
    ("农工党县支部", "party"), ("县妇联", "peoples"), ("科技界", "sector"), ("出山镇联络组", "township_group"),
    ("县直第三委员组", "county_group"), ("经济委员会", "committee"), ("县慈善总会", "peoples"),
])  # fmt: skip
def test_the_kind_of_an_unknown_collective(take, name, kind):
    take(row(1, 提案人=None, 提案形式="集体", 集体名称=name))
    assert Organization.objects.get().kind == kind


def test_a_known_collective_named_as_proposer_will_do(only):
    body = people.organization("party", "民盟西平县支部")
    assert only(row(1, 提案人="民盟西平县支部", 提案形式="集体")).organization == body


def test_a_collective_without_a_name_is_an_error(errors):
    [sentence] = errors(row(1, 提案人="张三", 提案形式="集体"))
    assert sentence.endswith("提案形式是集体，却没有填集体名称。请填写提出这件提案的单位")


@pytest.mark.parametrize("written", ["县教育局", "西平县教育局", "教育局", "县 教育局"])
def test_units_are_known_by_all_their_names(only, written):
    unit = people.organization("unit", "县教育局")
    assert only(row(1, 主办单位=written)).assignments.get().unit == unit


def test_a_unit_in_force_goes_before_one_that_ended(only):
    people.organization("unit", "县城管局", starts=date(2010, 1, 1), ends=date(2018, 1, 1))
    present = people.organization("unit", "县城管局")
    assert only(row(1, 主办单位="县城管局")).assignments.get().unit == present


def test_unknown_units_and_categories_are_made_and_listed(take):
    report = take(row(1, 主办单位="县教育局", 会办单位="出山镇人民政府", 类别="乡村建设"))
    assert report.created["units"] == ["县教育局", "出山镇人民政府"]
    assert set(Organization.objects.values_list("name", "system")) == {
        ("县教育局", "government"),
        ("出山镇人民政府", "township"),
    }
    assert report.created["categories"] == ["乡村建设"]

"""Names: members in office, namesakes, people nobody knows, collectives."""

from datetime import date

import pytest

from members.models import Member, Organization, Person, User
from proposals.ledger import imports
from proposals.models import Proposal
from tests.factories import people

from . import ledgers
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


NUMBERED = ("案号", "案由", "提案人", "委员编号", "审查结果")


@pytest.fixture
def two_wang(session):
    return seat("王伟", "教育", "A070"), seat("王伟", "体育", "A071")


@pytest.mark.parametrize(("written", "numbers"), [
    ("王伟、王伟[体育]", "A070"), ("王伟[教育]、王伟[体育]", "A070、A071"), ("王伟、王伟", "A070、A071"),
    ("王伟、王伟[体育]", "A071、A070"), ("王伟[教育]、王伟", "A071"), ("王伟[教育]、王伟", "A070、A071"),
])  # fmt: skip
def test_each_number_stands_for_one_bearer_of_the_name(take, two_wang, written, numbers):
    take([1, "甲", written, numbers, "立案"], header=NUMBERED)
    assert proposers(Proposal.objects.get()) == list(two_wang)


@pytest.mark.parametrize(("written", "numbers", "reasons"), [
    ("王伟[教育]", "A071", ["编号“A071”是王伟（体育，编号 A071），与提案人“王伟[教育]”对不上。请核对"]),
    ("王伟", "A070、A071", ["编号“A071”多出来了：提案人里的王伟都已有编号。请核对"]),
    ("王伟、王伟", "A070", [
        "有 2 位“王伟”：王伟（教育，编号 A070）、王伟（体育，编号 A071）。请写成 王伟[界别]，或在“委员编号”列写编号",
    ]),
])  # fmt: skip
def test_numbers_that_do_not_go_with_the_names(errors, two_wang, written, numbers, reasons):
    found = errors([1, "甲", written, numbers, "立案"], header=NUMBERED)
    assert [sentence.split("：", 1)[1] for sentence in found] == reasons


def test_a_name_given_twice_with_one_number_counts_once(take, session):
    meant = seat("张三", number="A001")
    header = (*NUMBERED, "提案形式")
    take([1, "甲", "张三、张三", "A001", "立案", "个人"], header=header)
    assert proposers(Proposal.objects.get()) == [meant]


@pytest.mark.parametrize("written", [70, "70", "070", "０７０"])
def test_a_number_is_known_without_its_zeros(take, session, written):
    meant = seat("王伟", "教育", "070")
    seat("王伟", "体育", "071")
    take([1, "甲", "王伟", written, "立案"], header=NUMBERED)
    assert Proposal.objects.get().first_proposer == meant


def test_but_not_where_that_leaves_two(errors, session):
    seat("王伟", "教育", "070")
    seat("王伟", "体育", "0070")
    [sentence, _which] = errors([1, "甲", "王伟", "70", "立案"], header=NUMBERED)
    assert sentence.endswith("第十一届没有编号为“70”的委员。请核对编号")


def test_the_unknown_take_their_numbers_with_them(take, session):
    rows = [[1, "甲", "张三、李四", "A1、A2", "立案"], [2, "乙", "张三", "A3", "立案"], [3, "丙", "李四", None, "立案"]]
    report = take(*rows, header=NUMBERED)
    assert report.created["people"] == ["张三（编号 A1）", "李四（编号 A2）", "张三（编号 A3）"]
    seats = Member.objects.order_by("pk").values_list("person__name", "number", "from_ledger")
    assert list(seats) == [("张三", "A1", True), ("李四", "A2", True), ("张三", "A3", True)]
    names = [[p.seats.get().number for p in proposers(case)] for case in Proposal.objects.order_by("serial")]
    assert names == [["A1", "A2"], ["A3"], ["A2"]]
    again = take(*rows, [4, "丁", "张三", "A1", "立案"], header=NUMBERED)
    assert (again.added, again.unchanged, again.created["people"]) == (1, 3, [])


@pytest.mark.parametrize(("rows", "reasons"), [
    ([[1, "甲", "张三、李四", "A1", "立案"]],
     ["编号“A1”没有登记过，分不清是张三、李四里哪一位的。请按提案人的顺序给他们都写上编号"]),
    ([[1, "甲", "张三", "A1", "立案"], [2, "乙", "李四", "A1", "立案"]], ["编号“A1”在别的行里是张三（编号 A1）。请核对"]),
    ([[1, "甲", "张三", "1" * 21, "立案"]], [f"“{'1' * 21}”超过 20 个字，不像编号。请核对"]),
    ([[1, "甲", "张三", None, "立案"], [2, "乙", "张三", "A1", "立案"], [3, "丙", "张三", "A2", "立案"]],
     ["台账里还有张三（编号 A1）、张三（编号 A2），分不清“张三”是哪一位。请写成 张三[界别]，或在“委员编号”列写编号"]),
])  # fmt: skip
def test_numbers_of_the_unknown_that_are_not_clear(errors, rows, reasons):
    assert [sentence.split("：", 1)[1] for sentence in errors(*rows, header=NUMBERED)] == reasons


def test_an_unknown_sector_in_brackets_is_made_so_that_the_person_is_found_again(take, session):
    report = take(row(1, 提案人="王伟[教育]"), row(2, 提案人="王伟[卫生]"), row(3, 提案人="王伟[教育界]"))
    assert (report.created["people"], report.created["sectors"]) == (["王伟[教育]", "王伟[卫生]"], ["教育", "卫生"])
    assert list(Member.objects.order_by("pk").values_list("sector__name", "sector__kind")) == [
        ("教育", "sector"), ("卫生", "sector"),
    ]  # fmt: skip
    later = take(row(4, 提案人="王伟[教育]"))
    assert (later.created["people"], later.created["sectors"]) == ([], [])
    fifth = people.session(ordinal=5, year=2026)
    report = imports.run(ledgers.workbook([row(1, 提案人="王伟[卫生]", 提交日期="2026-04-20")]), fifth)
    assert (report.errors, Person.objects.count(), Organization.objects.count()) == ([], 2, 2)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1)])
def test_a_bare_name_beside_those_in_brackets_asks(errors, order):
    rows = [row(1, 提案人="王伟[教育]"), row(2, 提案人="王伟[卫生]"), row(3, 提案人="王伟")]
    [sentence] = errors(*(rows[n] for n in order))
    assert sentence.split("：", 1)[1] == (
        "台账里还有王伟[教育]、王伟[卫生]，分不清“王伟”是哪一位。请写成 王伟[界别]，或在“委员编号”列写编号"
    )


def test_the_sector_that_is_written_in_full_goes_before_one_that_begins_alike(only, session):
    seat("王伟", "科技协会")
    meant = seat("王伟", "科技")
    assert only(row(1, 提案人="王伟[科技]")).first_proposer == meant


def test_a_number_in_brackets_is_no_sector(take):
    take(row(1, 提案人="王伟[A070]"), row(2, 提案人="王伟[70]"))
    assert list(Member.objects.order_by("pk").values_list("number", "sector")) == [("A070", None), ("70", None)]


def test_names_that_are_refused_are_not_listed_as_new(session):
    long = "长" * 81
    wrong = row(1, 主办单位=long, 会办单位=long + "局", 类别="长" * 41)
    report = imports.run(ledgers.workbook([wrong, row(2, 提案形式="集体", 集体名称=long)]), session)
    assert {kind: names for kind, names in report.created.items() if names} == {
        "people": [ledgers.person(1)], "categories": ["社会建设"],
    }  # fmt: skip


@pytest.mark.parametrize("name", ["委员1", "委员002", "A先生", "Anna"])
def test_letters_and_digits_may_follow_in_a_name(only, name):
    assert only(row(1, 提案人=name)).first_proposer.name == name


@pytest.mark.parametrize("name", ["002", "3张", "张三110101197503070010", "张三13800000001", "张三!"])
def test_what_is_no_name(errors, name):
    [sentence] = errors(row(1, 提案人=name))
    assert sentence.split("：", 1)[1] == f"“{name}”不像姓名。几个人之间用“、”隔开；集体提案请填在“集体名称”列"


def test_a_sector_in_brackets_has_its_length(errors):
    [sentence] = errors(row(1, 提案人=f"张三[{'长' * 41}]"))
    assert "“张三”方括号里超过 40 个字，不像界别" in sentence


COLLECTIVES = ("案号", "案由", "集体名称", "审查结果")


def test_a_ledger_of_collectives_needs_no_column_of_proposers(take):
    take([1, "甲", "民盟西平县支部", "立案"], header=COLLECTIVES)
    assert Proposal.objects.get().organization.name == "民盟西平县支部"


def test_but_a_row_that_needs_one_says_so(errors):
    [sentence] = errors([1, "甲", "民盟西平县支部", "立案"], [2, "乙", None, "立案"], header=COLLECTIVES)
    assert sentence == (
        "工作表“台账”第 3 行“提案人”：提案人是空的。请填写姓名；集体提案请把提案形式写成“集体”并填集体名称"
    )


def test_a_collective_without_the_column_is_told_which_column(errors):
    [sentence] = errors([1, "甲", "张三", "集体", "立案"], header=("案号", "案由", "提案人", "提案形式", "审查结果"))
    assert sentence == "工作表“台账”第 2 行“集体名称”：提案形式是集体，却没有填集体名称。请填写提出这件提案的单位"


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

"""换届, 辞去, 撤销, 调整: dated facts that change nothing of what was."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import CommandError

from members.models import EndReason, Member, Term
from members.periods import today
from members.turnover import seats, terms
from proposals.statistics import session_report
from tests.factories import county as make
from tests.factories import people

pytestmark = pytest.mark.django_db
NEXT = date(2027, 3, 1)
RESIGNED = EndReason.RESIGNED


@pytest.fixture
def seat():
    return people.member("周明远", people.organization("sector", "教育"), number="11001").person.seats.get()


def refusal(deed, *args, **fields) -> list[str]:
    before = list(Member.objects.order_by("pk").values())
    with pytest.raises(ValidationError) as refused:
        deed(*args, **fields)
    assert list(Member.objects.order_by("pk").values()) == before
    return refused.value.messages


# --- one seat ---
def test_who_resigns_counts_to_the_last_day(seat):
    seats.end(seat, date(2026, 6, 30), RESIGNED, "西协常〔2026〕5号", "工作调动")
    counted = [Member.objects.in_office(day).count() for day in (date(2026, 6, 30), date(2026, 7, 1))]
    seat.refresh_from_db()
    assert (counted, seat.end_reason, seat.end_document) == ([1, 0], RESIGNED, "西协常〔2026〕5号")


def test_a_move_ends_one_row_and_begins_the_next(seat):
    farming = people.organization("sector", "农业和农村")
    new = seats.move(seat, date(2026, 7, 1), farming, None, "西协〔2026〕9号")
    rows = (
        Member.objects.filter(person=seat.person)
        .order_by("starts")
        .values_list("sector__name", "starts", "ends", "end_reason")
    )
    assert list(rows) == [
        ("教育", people.LONG_AGO, date(2026, 6, 30), "moved"), ("农业和农村", date(2026, 7, 1), None, ""),
    ]  # fmt: skip
    assert (new.number, Member.objects.in_office(date(2026, 7, 1)).count()) == ("11001", 1)


def test_what_makes_no_sense_is_named(seat):
    ended = people.organization("sector", "工商", ends=date(2025, 1, 1))
    assert refusal(seats.end, seat, date(2020, 1, 1), RESIGNED) == ["最后一天不能早于任职日期 2022-04-01，请核对。"]
    assert refusal(seats.end, seat, date(2026, 1, 1), "term_ended") == ["请选择辞去、撤销资格或去世。"]
    assert refusal(seats.move, seat, date(2026, 1, 1), seat.sector, None) == [
        "界别和委员组都没有变，请选择调整后的界别或委员组。"
    ]  # fmt: skip
    assert refusal(seats.move, seat, date(2026, 1, 1), ended, None) == [
        "工商在 2026-01-01 没有设立或已经撤销，请另选。"
    ]
    assert refusal(seats.move, seat, people.LONG_AGO, ended, None) == [
        "调整日期应晚于任职日期 2022-04-01；登记有误的请用“修改”更正。"
    ]  # fmt: skip


def test_an_ended_seat_is_not_ended_again(seat):
    seats.end(seat, date(2026, 6, 30), RESIGNED)
    assert refusal(seats.end, seat, date(2026, 7, 30), RESIGNED) == [
        "周明远的这个席位已于 2026-06-30 结束，不能再办。请刷新页面核对。"
    ]


def test_a_planned_end_does_not_end_a_seat(seat):
    Member.objects.update(ends=date(2999, 3, 31))
    farming = people.organization("sector", "农业和农村")
    new = seats.move(seat, date(2026, 7, 1), farming, None)
    assert (new.ends, new.is_held) == (date(2999, 3, 31), True)
    seats.end(new, date(2026, 9, 1), RESIGNED)
    assert [row.is_held for row in Member.objects.order_by("starts")] == [False, False]


def test_nothing_goes_beyond_a_planned_end(seat):
    Member.objects.update(ends=date(2027, 3, 31))
    assert refusal(seats.end, seat, date(2027, 4, 1), RESIGNED) == [
        "这个席位到 2027-03-31 届满，最后一天不能晚于这一天。"
    ]
    assert refusal(seats.move, seat, date(2027, 4, 1), None, None) == [
        "这个席位到 2027-03-31 届满，不能从这一天以后调整。"
    ]


# --- a new term ---
def test_a_term_that_is_over_can_still_be_followed(seat):
    """The plenary of the new term often meets some weeks after the old one is over."""
    over = today() - timedelta(days=3)
    Member.objects.update(ends=over)
    Term.objects.update(ends=over)
    terms.open_term(terms.prepare(people.term(), 12, today(), {seat.pk}))
    assert list(Member.objects.order_by("starts").values_list("term__number", "ends")) == [(11, over), (12, None)]


def test_a_resignation_for_a_later_day_keeps_its_reason(seat):
    leaving = people.member("丁一", seat.sector).person.seats.get()
    seats.end(leaving, date(2027, 6, 30), RESIGNED, "西协常〔2026〕9号")
    terms.open_term(terms.prepare(seat.term, 12, NEXT, {seat.pk}))
    leaving.refresh_from_db()
    assert (leaving.ends, leaving.end_reason, leaving.end_document) == (
        date(2027, 2, 28),
        RESIGNED,
        "西协常〔2026〕9号",
    )


def test_a_ledger_seat_of_later_days_is_named(seat):
    people.member("台账人", seat.sector, from_ledger=True)
    Member.objects.filter(from_ledger=True).update(starts=NEXT)
    assert refusal(terms.prepare, seat.term, 12, NEXT, set()) == [
        "台账人在 2027-03-01 才任职，不早于新一届开始日期，请核对。"
    ]


def test_the_posts_of_those_who_leave_are_named(seat):
    post = people.appoint(seat.person, seat.sector, "convener")
    assert list(terms.posts_left(terms.prepare(seat.term, 12, NEXT, set()))) == [post]
    assert list(terms.posts_left(terms.prepare(seat.term, 12, NEXT, {seat.pk}))) == []


def test_seats_that_knew_their_end_are_cut_to_the_new_term(seat):
    Member.objects.update(ends=date(2999, 3, 31))
    Term.objects.update(ends=date(2999, 3, 31))
    assert list(terms.seats_of(seat.term)) == [seat]
    terms.open_term(terms.prepare(seat.term, 12, NEXT, {seat.pk}))
    assert list(Member.objects.order_by("starts").values_list("term__number", "ends")) == [
        (11, date(2027, 2, 28)),
        (12, None),
    ]
    assert Term.objects.get(number=11).ends == date(2027, 2, 28)


def test_who_stays_who_leaves(seat):
    leaving = people.member("丁一", seat.sector).person.seats.get()
    ledger = people.member("台账人", seat.sector, from_ledger=True).person.seats.get()
    new = terms.open_term(terms.prepare(seat.term, 12, NEXT, {seat.pk}), "西协常〔2027〕1号", "常务委员会")
    seated = Member.objects.filter(term=new).values_list("person__name", "number", "sector__name", "document_number")
    assert list(seated) == [("周明远", "11001", "教育", "西协常〔2027〕1号")]
    old = Member.objects.filter(pk__in=(seat.pk, leaving.pk, ledger.pk)).values_list("ends", "end_reason")
    assert list(old) == [(date(2027, 2, 28), "term_ended")] * 3
    assert Term.objects.get(number=11).ends == date(2027, 2, 28)
    counts = [Member.objects.in_office(day).count() for day in (date(2027, 2, 28), NEXT)]
    assert counts == [2, 1]


def test_the_old_term_s_report_stays_to_the_letter():
    c = make.county()
    case = make.replied(c, make.signed(c)).proposal
    before = session_report(case.session)
    old = people.term()
    terms.open_term(terms.prepare(old, 12, NEXT, set()))
    assert session_report(case.session) == before
    assert Member.objects.in_office(NEXT).count() == 0


def test_a_dissolved_sector_seats_nobody(seat):
    seat.sector.ends = date(2026, 12, 31)
    seat.sector.save()
    new = terms.open_term(terms.prepare(seat.term, 12, NEXT, {seat.pk}))
    assert Member.objects.get(term=new).sector is None


@pytest.mark.parametrize(("number", "starts", "staying", "sentence"), [
    (13, NEXT, set(), "现在是第十一届，新一届应是第 12 届，请核对。"),
    (12, date(2022, 4, 1), set(), "新一届应晚于第十一届的开始日期 2022-04-01，请核对。"),
    (12, NEXT, {0}, "有委员的席位在您核对之后变动过，请重新打开页面核对后再办。"),
])  # fmt: skip
def test_an_impossible_opening_is_named(seat, number, starts, staying, sentence):
    assert refusal(terms.prepare, seat.term, number, starts, staying) == [sentence]


def test_a_term_is_opened_once(seat):
    opening = terms.prepare(seat.term, 12, NEXT, {seat.pk})
    terms.open_term(opening)
    assert refusal(terms.open_term, opening) == ["第 12 届已经设立，不能再次换届。"]


# --- the command ---
def told(capsys, *words) -> list[str]:
    call_command("open_term", "12", "--starts", "2027-03-01", *words)
    return capsys.readouterr().out.splitlines()


def test_the_command_rehearses_and_does(seat, capsys):
    assert told(capsys, "--leaving", "11001", "--dry-run") == [
        "第 12 届：连任 0 人，不再担任 1 人。", "不再担任：周明远", "这是试算，没有写入。",
    ]  # fmt: skip
    assert Term.objects.count() == 1
    assert told(capsys) == ["第 12 届：连任 1 人，不再担任 0 人。", "不再担任：无", "第十一届已于 2027-02-28 届满。"]
    assert [term.number for term in Term.objects.all()] == [12, 11]


def test_the_command_names_unknown_numbers(seat, capsys):
    with pytest.raises(CommandError, match="在任委员中没有这些编号：999。请核对后再试。"):
        told(capsys, "--leaving", "999")

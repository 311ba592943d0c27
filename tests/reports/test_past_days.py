"""As of a past day: every figure, of every kind, is what it was on that day, with its rows behind it."""

from datetime import date, datetime

import pytest
from django.test import Client
from django.utils import timezone

from consultations.acts import ItemAct
from consultations.models import Recommendation
from grassroots.acts import Act as MatterAct
from proposals.acts import AssignmentAct
from reports.figures import as_of as as_of_day
from reports.figures import listing, period, registry
from reports.figures.asked import UNSORTED, Asked
from reports.figures.counting import counted
from reports.figures.sight import reader_of
from tests.factories import consultations, grassroots, people
from tests.factories import county as make
from workflow.engine import perform

pytestmark = pytest.mark.django_db
KEYS = (
    "shares", "contact_rate", "adoption_rate", "replied", "result_rate", "participation_rate", "closed",
    "items_all", "items_waiting", "items_declined", "items_adopted", "conversion_rate",
    "grassroots_matters", "grassroots_meetings", "grassroots_people", "grassroots_solved", "grassroots_satisfied_rate",
)  # fmt: skip
ASKED, DONE, LATER = date(2026, 6, 2), date(2026, 6, 9), date(2026, 6, 16)


@pytest.fixture
def clock(monkeypatch):
    def put(day: date) -> None:
        moment = datetime(day.year, day.month, day.day, 10, tzinfo=people.SHANGHAI)
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return put


def test_every_figure_is_what_it_was(clock):
    """Asked on 2 June, answered on 9 June, rated or answered anew on 16 June."""
    clock(ASKED)
    c = make.county()
    share, rooms = make.signed(c), grassroots.rooms()
    outcome, matter = consultations.sent(c), grassroots.matter(rooms, "handling")
    rest = [
        step
        for step in grassroots.way(rooms, matter)
        if step[0] in (MatterAct.REPORT, MatterAct.ANSWER, MatterAct.RATE)
    ]
    item = Recommendation.objects.get(outcome=outcome)
    clock(DONE)
    make.replied(c, share)
    perform(ItemAct.ANSWER, item, c.operator, consultations.answer_data("declined"))
    for act, _state, actor, data in rest[:3]:
        grassroots.go(matter, act, actor, data)
    clock(LATER)
    perform(AssignmentAct.RATE, share, c.author, make.rating())
    perform(ItemAct.ASK_AGAIN, item, c.staff, {"reason": "答复不具体"})
    perform(ItemAct.ANSWER, item, c.operator, consultations.answer_data())
    grassroots.go(matter, *rest[3][:1], *rest[3][2:])
    clock(date(2026, 7, 1))
    assert as_of(c.staff, date(2026, 6, 1)) == dict.fromkeys(KEYS, (0,)) | nobody(c) | dict.fromkeys(
        ("contact_rate", "adoption_rate", "result_rate", "conversion_rate", "grassroots_satisfied_rate"), (0, 0)
    )
    asked = {
        "shares": (1,), "contact_rate": (0, 0), "adoption_rate": (0, 0), "replied": (0,), "result_rate": (0, 0), "closed": (0,),
        "participation_rate": (1, nobody(c)["participation_rate"][1]), "items_all": (1,), "items_waiting": (1,), "items_declined": (0,), "items_adopted": (0,),
        "conversion_rate": (0, 1), "grassroots_matters": (1,), "grassroots_meetings": (1,), "grassroots_people": (8,), "grassroots_solved": (0,),
        "grassroots_satisfied_rate": (0, 0),
    }  # fmt: skip
    assert as_of(c.staff, ASKED) == as_of(c.staff, date(2026, 6, 8)) == asked
    done = asked | {
        "contact_rate": (1, 1), "adoption_rate": (2, 2), "replied": (1,), "items_waiting": (0,), "items_declined": (1,),
        "grassroots_solved": (1,),
    }  # fmt: skip
    assert as_of(c.staff, DONE) == as_of(c.staff, date(2026, 6, 15)) == done
    later = done | {
        "result_rate": (1, 1), "closed": (1,), "items_declined": (0,), "items_adopted": (1,), "conversion_rate": (1, 1),
        "grassroots_satisfied_rate": (1, 1),
    }  # fmt: skip
    assert as_of(c.staff, LATER) == later
    assert {key: numbers(one) for key, one in values(c.staff, None).items() if key in KEYS} == later
    the_pictures_too(c.staff)
    the_list_tells_of_that_day(c.staff)


def nobody(c) -> dict:
    return {"participation_rate": (0, values(c.staff, ASKED)["participation_rate"].whole)}


def values(user, day) -> dict:
    return counted(Asked(period.of_year(2026), reader_of(user), {}, day), registry.all_figures())


def numbers(one) -> tuple:
    return (one.part, one.whole) if one.figure.is_rate else (one.part,)


def as_of(user, day: date) -> dict:
    """All are known, and behind each number are so many rows."""
    found, asked = values(user, day), Asked(period.of_year(2026), reader_of(user), {}, day)
    assert [key for key, one in found.items() if not one.is_known] == []
    for key in KEYS:
        for one, number in zip(found[key].figure.counted, numbers(found[key]), strict=True):
            assert one.weight is not None or (key, listing.ordered(one, asked).count()) == (key, number)
            assert listing.lines(one, listing.ordered(one, asked)[:2], asked) or not number
    return {key: numbers(found[key]) for key in KEYS}


def the_pictures_too(user) -> None:
    client = Client()
    client.force_login(user)
    stages = {}
    for day in (ASKED, DONE):
        page = client.get("/reports/figures/charts/", {"period": "2026", "as_of": day.isoformat()})
        stages[day] = [(one["stage"].value.part, one["stage"].known) for one in page.context["stage_rows"]]
        assert "没有逐日的记录，按现在的" in page.content.decode()
        heat = client.get("/reports/figures/heat/", {"period": "2026", "as_of": day.isoformat()}).context["heat"]
        assert heat.total == 1
    assert stages == {
        ASKED: [(1, 0), (1, 1), (1, 1), (0, 0), (0, 0), (0, 0)], DONE: [(1, 0), (1, 1), (1, 1), (1, 1), (0, 0), (0, 0)],
    }  # fmt: skip


def the_list_tells_of_that_day(user) -> None:
    """Behind 未采纳 stands what was 未采纳 then; the words say which columns are those of now."""
    figure, asked = registry.by_key()["items_declined"], Asked(period.of_year(2026), reader_of(user), {}, DONE)
    [line] = listing.lines(figure.part, listing.ordered(figure.part, asked), asked)
    assert line.cells[3] == "未采纳" and Recommendation.objects.get().get_answer_display() == "采纳"
    client = Client()
    client.force_login(user)
    page = client.get(f"/reports/figures/rows/items_declined/part/?period=2026&as_of={DONE}").content.decode()
    assert "“状态”是现在的，条数按那一天的情况。" in page
    page = client.get(f"/reports/figures/rows/shares/part/?period=2026&as_of={DONE}").content.decode()
    assert "“答复”是现在的，件次数按那一天的情况。" in page


def test_what_was_passed_on_is_one_share_on_every_day(clock):
    """The share of the next unit keeps the first day of assignment, and is there from its own day on."""
    clock(ASKED)
    c = make.county()
    share = make.signed(c)
    clock(DONE)
    perform(AssignmentAct.REASSIGN, share, c.dispatch, {"new_unit": c.third_unit.pk, "reason": "属水利部门职责"})
    clock(LATER)
    reader, figure = reader_of(c.staff), registry.by_key()["shares"]
    for day, unit in ((ASKED, c.unit), (DONE, c.third_unit), (LATER, c.third_unit)):
        rows = figure.part.rows(Asked(period.of_year(2026), reader, {}, day))
        assert [row.unit for row in rows] == [row.unit for row in as_of_day.facts(day).shares] == [unit]


def test_a_ledger_row_without_a_day_is_in_the_year_of_its_session(clock):
    from proposals.ledger import imports
    from tests.proposals.ledger import ledgers

    clock(date(2026, 7, 1))
    c = make.county()
    rows = [
        ledgers.row(1, 提交日期=date(2026, 4, 20)),
        ledgers.row(2, 提交日期=None, 类别=None),
        ledgers.row(3, 提交日期=date(2025, 12, 30)),
    ]
    assert imports.run(ledgers.workbook(rows), "11-4").ok
    found = {
        year: counted(Asked(period.of_year(year), reader_of(c.staff)), registry.all_figures()) for year in (2025, 2026)
    }
    assert (found[2025]["received"].part, found[2026]["received"].part) == (1, 2)
    day = Asked(period.of_year(2026), reader_of(c.staff), {"category": UNSORTED}, date(2026, 4, 22))
    figure = [registry.by_key()["received"]]
    assert counted(day, figure)["received"].part == 0
    assert counted(Asked(day.period, day.reader, day.conditions, date(2026, 4, 23)), figure)["received"].part == 1
    client = Client()
    client.force_login(c.staff)
    assert "另有 1 件没有登记提交日期" in client.get("/reports/figures/charts/?period=2026").content.decode()

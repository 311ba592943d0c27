"""Ledgers of our own making that give the totals of published review reports (domain.md §0, §16B.1)."""

import pytest

from members.models import Session
from proposals.ledger import imports
from proposals.statistics import session_report
from tests.migrated_rows import tables_are_counted

from . import ledgers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("swept")]


def imported(rows, code: str, added: int) -> Session:
    report = imports.run(ledgers.workbook(rows, title="提案台账"), code)
    assert [problem.sentence for problem in report.errors] == []
    assert (report.rows, report.added) == (added, added)
    tables_are_counted()
    return Session.objects.by_code(code)


def counts(figures: dict, *names: str) -> tuple:
    return tuple(figures[name] for name in names)


ACCOUNT = ("received", "filed", "merged", "not_filed", "withdrawn", "pending")


def test_sheqi_county_2025():
    session = imported(ledgers.sheqi(), "14-3", 201)
    figures = session_report(session)
    assert counts(figures, *ACCOUNT) == (201, 171, 11, 19, 0, 0)
    assert figures["filing_rate"] == 171 / 201
    assert counts(figures, "handled", "replied", "reply_rate") == (171, 171, 1.0)
    assert figures["by_result"] == {"A": 171, "B": 0, "C": 0, "D": 0}
    assert figures["rating"]["sent"] == figures["rating"]["returned"] == 171
    assert figures["rating"]["result"] == {"satisfied": 137, "basically": 34, "dissatisfied": 0}
    assert figures["rating"]["satisfied_rate"] == {"attitude": 1.0, "result": 1.0}
    assert figures["rating"]["satisfied_only_rate"] == {"attitude": 1.0, "result": 137 / 171}
    assert figures["on_time_rate"] == 1.0
    assert figures["by_outcome_disposition"]["suggestion"] == 19


@pytest.mark.campaign
def test_national_committee_2025():
    session = imported(ledgers.national(), "14-3", 5890)
    figures = session_report(session)
    assert counts(figures, *ACCOUNT) == (5890, 5002, 262, 626, 0, 0)
    assert figures["by_category"] == [
        {"name": name, "count": count, "share": count / 5002}
        for name, count in [
            ("经济建设", 2133),
            ("社会建设", 1387),
            ("政治建设", 419),
            ("文化建设", 459),
            ("生态文明建设", 604),
        ]
    ]
    assert sum(row["count"] for row in figures["by_category"]) == 5002
    assert counts(figures, "handled", "replied", "reply_rate", "on_time_rate") == (5002, 0, 0.0, None)
    assert figures["members_involved"] == 1860
    assert sum(row["count"] for row in figures["merges"]) == 262
    inside = session_report(session, "inside")
    assert counts(inside, *ACCOUNT) == (5890, 5264, 262, 626, 0, 0)


def test_nanhua_county_in_both_habits():
    """206 received, 3 not filed: 203 filed with the merged ones inside; 15 made into 4 leaves 192."""
    session = imported(ledgers.nanhua(), "10-2", 206)
    inside, outside = session_report(session, "inside"), session_report(session, "outside")
    assert counts(inside, *ACCOUNT) == (206, 203, 11, 3, 0, 0)
    assert counts(outside, *ACCOUNT) == (206, 192, 11, 3, 0, 0)
    assert (inside["filing_rate"], outside["filing_rate"]) == (203 / 206, 192 / 206)
    assert inside["handled"] == outside["handled"] == 192
    assert inside["merges"] == outside["merges"] == [
        {"into": "1", "count": 3}, {"into": "2", "count": 3}, {"into": "3", "count": 3}, {"into": "4", "count": 2},
    ]  # fmt: skip
    assert sum(row["count"] + 1 for row in outside["merges"]) == 15


@pytest.mark.parametrize("rows", [ledgers.sheqi, ledgers.nanhua])
def test_importing_the_same_ledger_again_changes_no_figure(rows):
    session = imported(rows(), "14-3", len(rows()))
    before = session_report(session)
    again = imports.run(ledgers.workbook(rows()), "14-3")
    assert (again.added, again.unchanged, again.changed, again.created) == (
        0, len(rows()), [], {"terms": [], "sessions": [], "people": [], "collectives": [], "units": [], "categories": [], "sectors": []},
    )  # fmt: skip
    assert session_report(session) == before

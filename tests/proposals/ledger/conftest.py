import pytest

from members.models import Session
from proposals.ledger import imports
from proposals.models import Proposal
from tests.factories import people

from . import ledgers


@pytest.fixture
def session(db) -> Session:
    """The fourth session of the eleventh term, in 2025."""
    return people.session(ordinal=4, year=2025)


@pytest.fixture
def take(session):
    """Import rows into the session; they must be free of errors. Returns the report."""

    def run(*rows, **options):
        report = imports.run(ledgers.workbook(rows, **options), session)
        assert [problem.sentence for problem in report.errors] == []
        return report

    return run


@pytest.fixture
def only(take):
    """Import one row and return its case."""

    def run(row: dict) -> Proposal:
        take(row)
        return Proposal.objects.get()

    return run


@pytest.fixture
def errors(session):
    """The sentences of what is wrong; proves that nothing was written."""

    def run(*rows, **options) -> list[str]:
        before = Proposal.objects.count()
        report = imports.run(ledgers.workbook(rows, **options), session)
        assert (report.added, Proposal.objects.count()) == (0, before)
        return [problem.sentence for problem in report.errors]

    return run

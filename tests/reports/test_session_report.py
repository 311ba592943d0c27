"""manage.py session_report, and the worked example of reports/README.md."""

import io
import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from proposals.ledger import imports
from proposals.statistics import session_report
from tests.factories import people
from tests.proposals.ledger import ledgers

pytestmark = pytest.mark.django_db
README = Path(settings.BASE_DIR) / "reports" / "README.md"


def block(kind: str, number: int = 0) -> str:
    """The n-th fenced block of that kind in the README."""
    return re.findall(rf"```{kind}\n(.*?)```", README.read_text(encoding="utf-8"), re.S)[number]


@pytest.fixture
def example():
    """The ledger of the README, imported."""
    lines = [[cell.strip() or None for cell in line.split("|")] for line in block("text").strip().splitlines()]
    report = imports.run(ledgers.workbook(lines[1:], header=lines[0]), "11-4")
    assert [problem.sentence for problem in report.errors] == []


def printed(**options) -> str:
    out = io.StringIO()
    call_command("session_report", session="11-4", stdout=out, **options)
    return out.getvalue()


def test_the_worked_example_is_true(example):
    assert json.loads(printed(format="json")) == json.loads(block("json"))
    inside = json.loads(printed(format="json", counting="inside"))
    assert {key: inside[key] for key in json.loads(block("json", 1))} == json.loads(block("json", 1))


def test_the_text_says_the_same_in_words(example):
    assert printed() == block("text", 1)


def test_an_empty_session_prints_dashes():
    people.session()
    assert "立案率 —" in printed() and json.loads(printed(format="json"))["filing_rate"] is None


def test_fractions_are_not_rounded(example):
    session = people.session()
    assert json.loads(printed(format="json")) == session_report(session)


@pytest.mark.parametrize(("code", "sentence"), [
    ("11-9", "没有 11-9 这次会议。已有：11-4。"), ("今年", "“今年”不是届次。请写成 11-4 这样：第十一届第四次会议。"),
    ("11-4-1", "“11-4-1”不是届次。请写成 11-4 这样：第十一届第四次会议。"),
])  # fmt: skip
def test_an_unknown_session_is_a_sentence(code, sentence):
    people.session()
    with pytest.raises(CommandError) as refused:
        call_command("session_report", session=code)
    assert (str(refused.value), refused.value.returncode) == (sentence, 1)

"""What was read from a Word form, kept in the session for the writing page."""

from django.http import HttpRequest

from proposals.word.fitting import Fitted

REPORTS = "word_reports"
MOST_REPORTS = 3
MOST_WORDS = 20_000


def remember(request: HttpRequest, pk: int, fitted: Fitted) -> None:
    """Keep the report for the writing page until the person has sent that page once."""
    reports = dict(list(request.session.get(REPORTS, {}).items())[-(MOST_REPORTS - 1) :])
    left = [[label, words[:MOST_WORDS]] for label, words in fitted.left]
    reports[str(pk)] = {"read": fitted.read, "missing": fitted.missing, "left": left, "mind": fitted.mind}
    request.session[REPORTS] = reports


def of(request: HttpRequest, pk: int) -> dict | None:
    return request.session.get(REPORTS, {}).get(str(pk))


def forget(request: HttpRequest, pk: int) -> None:
    reports = request.session.get(REPORTS, {})
    if reports.pop(str(pk), None):
        request.session[REPORTS] = reports

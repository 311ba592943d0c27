"""Refusals of the workflow as problem details: the same code, sentence and next step as on the page."""

from workflow.errors import Invalid, Refused, TooLate
from xiping_cppcc.api import problems
from xiping_cppcc.api.pointers import pointed
from xiping_cppcc.api.problems import Problem

STALE = "stale_page"


def open_to_api() -> None:
    """Called once when the app is ready."""
    problems.register(Refused, problem_of)


def problem_of(refused: Refused) -> Problem:
    errors = pointed(refused.errors) if isinstance(refused, Invalid) else []
    return Problem(refused.code, refused.sentence, refused.next_step, refused.status, errors)


def version_mismatch(refused: TooLate) -> Problem:
    """A stale version that came by If-Match is 412, as HTTP has it."""
    return Problem("version_mismatch", refused.sentence, refused.next_step)

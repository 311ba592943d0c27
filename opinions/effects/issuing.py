"""编发: the issue gets the next number of the year, and everybody in it is adopted at the county's level."""

from opinions import numbering
from opinions.acts import Act
from opinions.kinds import Level, Mode
from opinions.models import Adoption, Issue
from opinions.states import State
from workflow.actors import SYSTEM
from workflow.engine import perform
from workflow.transition import Step

BODY = "县政协《社情民意》"


def issue(step: Step) -> None:
    report, year = step.case, step.day.year
    if step.data.get("printed"):
        numbering.reserve_printed(year, step.data["printed"])
    made = Issue.objects.create(
        year=year, number=numbering.issue(year), main_to=step.data["main_to"], copy_to=step.data["copy_to"],
        issued_on=step.day, issued_by=step.actor, signer=str(report.signed_by),
    )  # fmt: skip
    followers = list(report.combined.filter(state=State.COMBINED).order_by("pk"))
    step.made = made, followers
    step.write(issue=made, target_at=None, due_on=None)
    _adopted(step, made, combined=bool(followers))
    step.facts["issue"] = f"第 {made.number} 期"


def issue_followers(step: Step) -> None:
    """Those that were united with it are in the same issue."""
    made, followers = step.made
    for other in followers:
        perform(Act.ISSUE_WITH, other, SYSTEM, {"issue": made}, at=step.at)


def issue_with(step: Step) -> None:
    made = step.data["issue"]
    step.write(issue=made, target_at=None, due_on=None)
    _adopted(step, made, combined=True)
    step.facts["issue"] = f"第 {made.number} 期"


def _adopted(step: Step, made: Issue, combined: bool) -> None:
    Adoption.objects.create(
        report=step.case, level=Level.COUNTY, mode=Mode.COMBINED if combined else Mode.SINGLE, body=BODY, on=made.issued_on,
        document=str(made), by_issue=True, recorded_by=made.issued_by, recorded_at=step.at,
    )  # fmt: skip

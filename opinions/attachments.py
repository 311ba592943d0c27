"""Files of a report: for whoever sees it, until it goes offline."""

from collections.abc import Iterable

from django.db import transaction

from documents import access, form_files
from documents.models import Attachment
from documents.uploads import attach, detach
from workflow.querysets import read_case, roles_on

from .models import Instruction, OpinionReport, Transfer
from .roles import INSIDE, OFFICE, UNIT, Role
from .states import State, TransferState

SUBJECT = "opinions.report"
# What a unit sends with its answer; the scan of a 批示.
TRANSFER, INSTRUCTION = "opinions.transfer", "opinions.instruction"
PURPOSE = "opinion"
READERS = {Role.AUTHOR, Role.COAUTHOR, *INSIDE}


def is_visible(user, pk: int, attachment) -> bool:
    """A unit gets the edited text, not the author's files: they may show who the citizen is."""
    report = read_case(OpinionReport, pk, user, rows="all")
    return report is not None and report.state != State.OFFLINE and bool(roles_on(report) & READERS)


def reply_file_visible(user, pk: int, attachment) -> bool:
    """As the answer itself: for unit and office, for the author once it is checked."""
    part = read_case(Transfer, pk, user)
    if part is None or part.report.state == State.OFFLINE:
        return False
    return part.state == TransferState.FED_BACK or bool(roles_on(part) & {*OFFICE, *UNIT})


def instruction_file_visible(user, pk: int, attachment) -> bool:
    """As the 批示 itself: for authors and the house, never for a unit; not once it was entered by mistake."""
    reports = OpinionReport.objects.filter(Instruction.objects.valid().filter(pk=pk).reaching())
    seen = reports.exclude(state=State.OFFLINE).with_roles_of(user)
    return any(roles_on(report) & READERS for report in seen)


def with_files(subject: str, rows: Iterable) -> None:
    """Puts `files`, as pages show them, on each row; one query, none without rows."""
    rows, files = list(rows), {}
    for file in Attachment.objects.of_many(subject, [row.pk for row in rows]) if rows else ():
        files.setdefault(file.subject_id, []).append(form_files.entry(file))
    for row in rows:
        row.files = files.get(row.pk, [])


def register_own() -> None:
    for subject, is_seen in (
        (SUBJECT, is_visible), (TRANSFER, reply_file_visible), (INSTRUCTION, instruction_file_visible),
    ):  # fmt: skip
        access.register(subject, is_seen)


def of_report(pk: int):
    return Attachment.objects.of(SUBJECT, pk)


@transaction.atomic
def keep(report: OpinionReport, user, ids: Iterable[str]) -> None:
    """Make its files exactly these. Raises ValidationError when one of them cannot be taken."""
    had = {str(pk) for pk in of_report(report.pk).values_list("pk", flat=True)}
    wanted = list(dict.fromkeys(ids))
    if dropped := had - set(wanted):
        detach(dropped, SUBJECT, report.pk)
    if new := [pk for pk in wanted if pk not in had]:
        attach(new, user, SUBJECT, report.pk)

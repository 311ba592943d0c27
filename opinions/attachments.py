"""Files of a report: for whoever sees it, until it goes offline."""

from collections.abc import Iterable

from django.db import transaction

from documents.models import Attachment
from documents.uploads import attach, detach
from workflow.querysets import roles_on

from .models import OpinionReport
from .roles import INSIDE, Role
from .states import State

SUBJECT = "opinions.report"
PURPOSE = "opinion"
READERS = {Role.AUTHOR, Role.COAUTHOR, *INSIDE}


def is_visible(user, pk: int, attachment) -> bool:
    """A unit gets the edited text, not the author's files: they may show who the citizen is."""
    report = OpinionReport.objects.filter(pk=pk).read_by(user)
    return report is not None and report.state != State.OFFLINE and bool(roles_on(report) & READERS)


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

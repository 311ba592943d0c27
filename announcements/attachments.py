"""Files of an announcement: for its writers, and for its recipients as long as it is not withdrawn."""

from collections.abc import Iterable

from django.db import transaction

from documents.models import Attachment
from documents.uploads import attach, detach
from workflow.querysets import read_case, roles_on

from .models import Announcement
from .roles import Role
from .states import State

SUBJECT = "announcements.announcement"
PURPOSE = "announcement"


def is_visible(user, pk: int, attachment) -> bool:
    one = read_case(Announcement, pk, user, rows="all")
    return one is not None and shows_text(one)


def shows_text(one: Announcement) -> bool:
    """Whether the reader for whom the row was read sees its text and files."""
    return Role.WRITER in roles_on(one) or one.state == State.PUBLISHED


def of_announcement(pk: int):
    return Attachment.objects.of(SUBJECT, pk)


@transaction.atomic
def keep(announcement: Announcement, user, ids: Iterable[str]) -> None:
    """Make its files exactly these. Raises ValidationError when one of them cannot be taken."""
    had = {str(pk) for pk in of_announcement(announcement.pk).values_list("pk", flat=True)}
    wanted = list(dict.fromkeys(ids))
    if dropped := had - set(wanted):
        detach(dropped, SUBJECT, announcement.pk)
    if new := [pk for pk in wanted if pk not in had]:
        attach(new, user, SUBJECT, announcement.pk)

"""Showing a whole telephone number: on demand, counted, and noted with who asked."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from members.models import ContactReveal, Person, User
from workflow.door import current_door

HOUR = timedelta(hours=1)
DIRECTORY, ADMIN_PERSON, ADMIN_ACCOUNT, ADMIN_CORRECTION = "通讯录", "后台人员资料", "后台账号资料", "后台资料更正"
PAGES = (DIRECTORY, ADMIN_PERSON, ADMIN_ACCOUNT, ADMIN_CORRECTION)


class TooMany(Exception):
    """The limit of an hour is reached; str() is the sentence."""

    def __init__(self):
        super().__init__(
            f"一小时内最多查看 {settings.REVEALS_PER_HOUR} 个手机号，您已达到上限。请稍后再看；急需时请联系政协办公室。"
        )


@transaction.atomic
def reveal(user: User, person: Person, page: str) -> str:
    """The whole number, noted unless it is one's own. Raises TooMany."""
    if person.pk == user.person_id:
        return person.phone
    User.objects.select_for_update().filter(pk=user.pk).values("pk").first()  # two at once are counted one by one
    lately = ContactReveal.objects.filter(user=user, at__gt=timezone.now() - HOUR, page=DIRECTORY)
    if lately.count() >= settings.REVEALS_PER_HOUR:
        raise TooMany
    note(user, person, page)
    return person.phone


def note(user: User, person: Person, page: str) -> None:
    """Where the work itself shows the number (a form in the admin) it is noted and not limited."""
    door = current_door()
    ContactReveal.objects.create(user=user, person=person, page=page, door=door.name, ip=door.ip)


def of_person(person: Person):
    """谁看过我的联系方式, newest first."""
    return ContactReveal.objects.filter(person=person).select_related("user__person").order_by("-pk")

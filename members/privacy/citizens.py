"""The whole name and contact of a citizen who holds no account: shown on demand, counted, and noted with who asked."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from members.models import CitizenLook, User
from workflow.door import current_door
from workflow.errors import Refused

HOUR = timedelta(hours=1)


@transaction.atomic
def look(model: type[CitizenLook], user: User, **case) -> None:
    """Note one look in the app's table. Raises Refused after too many of them within an hour."""
    # Two at once are counted one by one. No key: an act of the same person on the same case writes this account's key.
    User.objects.select_for_update(no_key=True).filter(pk=user.pk).values("pk").first()
    lately = model.objects.filter(user=user, at__gt=timezone.now() - HOUR)
    if lately.count() >= settings.REVEALS_PER_HOUR:
        raise Refused("一小时内查看的次数太多。", "请稍后再看。", code="too_many")
    door = current_door()
    model.objects.create(user=user, at=timezone.now(), door=door.name, ip=door.ip, **case)

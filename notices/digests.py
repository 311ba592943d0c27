"""The daily mail: on each working morning what came in since the person's last one, each message in exactly one.

No clock decides what belongs in it, and no highest number either (a message with a lower number may be committed
later): a line waits until a digest takes it. One digest a person and day by a unique key, so that of any number of
runs at once one makes it and the others wait for its transaction and find it made.
"""

import uuid
from datetime import date

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from deadlines import working_hours

from . import mailing
from .channels.handing import wake_for
from .models import Channel, Delivery, Digest, DigestLine

BATCH = 200


def send_due() -> int:
    """Make the daily mails that are due and put them on their way; returns how many. Nothing outside working hours."""
    now = timezone.now()
    if not mailing.is_configured() or not working_hours.is_open(now):
        return 0
    day, made = timezone.localdate(now), 0
    while users := _waiting(day):
        made += _make(users, day)
    return made


def _waiting(day: date) -> list:
    """Users with lines that wait, without a digest today, who can be written to."""
    lines = DigestLine.objects.filter(user=OuterRef("pk"), digest=None)
    today = Digest.objects.filter(user=OuterRef("pk"), day=day)
    users = get_user_model().objects.filter(Exists(lines), ~Exists(today), is_active=True)
    return list(users.exclude(person=None).exclude(person__email="").select_related("person").order_by("pk")[:BATCH])


@transaction.atomic
def _make(users: list, day: date) -> int:
    """All or nothing: whoever is killed here leaves the lines as they were."""
    run = uuid.uuid4()
    Digest.objects.bulk_create((Digest(user=user, day=day, run=run) for user in users), ignore_conflicts=True)
    mine = Digest.objects.filter(run=run)
    own = mine.filter(user=OuterRef("user")).values("pk")
    DigestLine.objects.filter(Exists(own), digest=None).update(digest=Subquery(own))
    by_key = {user.pk: user for user in users}
    deliveries = [
        Delivery(
            digest=digest,
            recipient=by_key[digest.user_id],
            channel=Channel.DIGEST,
            address=by_key[digest.user_id].email,
        )
        for digest in mine
    ]
    Delivery.objects.bulk_create(deliveries)
    wake_for({Channel.EMAIL} if deliveries else set())
    return len(deliveries)

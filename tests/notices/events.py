"""Events of a process of our own, told to whom their data names. Also loaded by the worker of the delivery tests."""

import time
from itertools import count
from pathlib import Path

from django.utils import timezone

from notices import recipients
from notices.recipients import Notice

PROCESS = "tests"
_serial = count(1)


class ResolverError(RuntimeError):
    pass


def _told(event) -> list[Notice]:
    _wait_to_be_killed(event.data.get("hang"))
    if event.data.get("fail"):
        raise ResolverError("no such case")
    subject = f"【提案】{event.label}：第 {event.object_id:03} 号"
    return [Notice(user_id, subject, "关于城东小学的机密细节", "/proposals/7/") for user_id in event.data["tell"]]


def _wait_to_be_killed(place: str | None) -> None:
    """While the file is there: say that we arrived, and go no further."""
    while place and Path(place).exists():
        Path(f"{place}.reached").touch()
        time.sleep(0.05)


recipients.register(PROCESS, _told)


def event(*users, label: str = "交办", process: str = PROCESS, **data):
    """An event that tells these users (or ids)."""
    from workflow.models import Event

    number = next(_serial)
    now = timezone.now()
    return Event.objects.create(
        process=process, object_id=number, case_process=process, case_id=number, sequence=1,
        act="assign", label=label, actor_name="系统", happened_at=now, recorded_at=now, door="command",
        data={"tell": [getattr(user, "pk", user) for user in users], **data},
    )  # fmt: skip


def due(*users, **data):
    """An event with its outbox row, as the listener leaves them."""
    from notices.models import Outbox

    return Outbox.objects.create(event=event(*users, **data))

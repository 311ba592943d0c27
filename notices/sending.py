"""Out of the house, one delivery at a time, each with a lease, never inside a database transaction.

Exactly once as far as the other side allows: a delivery is marked "sending" before anybody is spoken to and "sent"
right after it was taken. Only a worker that dies between those two moments leaves a doubt; then it goes out again
after the lease, because one too many is better than one lost. One machinery for every channel; what differs stands
in the adapters (notices.channels.adapters).
"""

import logging
import time
from collections.abc import Callable

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from deadlines import working_hours

from . import patience
from .channels import adapters
from .channels.answers import Busy, Down, NotNow, Rejected
from .models import Delivery

logger = logging.getLogger(__name__)

State = Delivery.State
Send = Callable[[Delivery], None]


def send_due(channel: str) -> int:
    """Send what is due by the channel; returns how many were taken. Stops when the other side itself fails."""
    adapter = adapters.of(channel)
    if not adapter.is_configured():
        return 0
    spent = Delivery.objects.by(channel).spent()
    spent.update(state=State.DEAD, lease_until=None, error="发送时中断，已达到最多尝试次数。")
    sent = 0
    stop_at = time.monotonic() + patience.RUN_BUDGET
    with adapter.opened() as send:
        while time.monotonic() < stop_at and (delivery := _claim(channel)):
            goes_on, taken = _send(delivery, send)
            sent += taken
            if not goes_on:
                break
    return sent


def send_all_due() -> int:
    """By every channel but e-mail, which has a task of its own."""
    return sum(send_due(channel) for channel in adapters.BESIDE_MAIL)


def _claim(channel: str) -> Delivery | None:
    """The next one; at night and on days off, when a try may come due as well, only what is urgent."""
    with transaction.atomic():
        due = Delivery.objects.by(channel).due().order_by("next_try_at", "pk")
        if not working_hours.is_open(timezone.now()):
            due = due.filter(message__urgent=True)
        delivery = due.select_for_update(skip_locked=True, of=("self",)).first()
        if delivery is None:
            return None
        delivery.attempts += 1
        Delivery.objects.filter(pk=delivery.pk).update(
            state=State.SENDING, attempts=delivery.attempts, lease_until=Now() + patience.lease()
        )
    return delivery


def _send(delivery: Delivery, send: Send) -> tuple[bool, bool]:
    """(does the run go on, was it taken)."""
    try:
        _address_anew(delivery)
        send(delivery)
    except Busy as error:
        _give_back(delivery, error)
        return not error.everybody, False
    except Down as error:
        logger.warning("The %s channel does not work: %s", delivery.channel, type(error.__cause__ or error).__name__)
        _fail(delivery, error)
        return False, False
    except (NotNow, Rejected) as error:
        _fail(delivery, error, for_good=isinstance(error, Rejected))
        return True, False
    except Exception as error:
        logger.exception("Delivery %s could not be made.", delivery.pk)
        _fail(delivery, error)
        return True, False
    _finish(delivery, state=State.SENT, sent_at=Now(), error="")
    return True, True


def _address_anew(delivery: Delivery) -> None:
    """To where the person is reached today. Raises Rejected where that is nowhere, or the account was closed."""
    user = delivery.recipient
    now = adapters.of(delivery.channel).address_of(user) if user.is_active else ""
    if not now:
        raise Rejected("账号已停用，或没有登记地址")
    if now != delivery.address:
        delivery.address = now
        Delivery.objects.filter(pk=delivery.pk).update(address=now)


def _fail(delivery: Delivery, error: Exception, for_good: bool = False) -> None:
    """Try again after a pause; give up after the last try or when the other side says never."""
    dead = for_good or delivery.attempts >= patience.MAX_TRIES
    _finish(
        delivery,
        state=State.DEAD if dead else State.FAILED,
        next_try_at=Now() + patience.pause_after(delivery.attempts),
        error=_words(delivery, error),
    )


def _give_back(delivery: Delivery, busy: Busy) -> None:
    """As if it had not been taken up."""
    _finish(delivery, state=State.PENDING, attempts=delivery.attempts - 1, next_try_at=Now() + busy.wait)


def _words(delivery: Delivery, error: Exception) -> str:
    """What went wrong, without the address, which servers like to repeat."""
    told = f"{type(cause).__name__}: {cause}" if (cause := _cause(error)) else str(error)
    return told.replace(delivery.address, delivery.masked_address)[:2000] if delivery.address else told[:2000]


def _cause(error: Exception) -> BaseException | None:
    if isinstance(error, (Down, NotNow, Rejected)):
        return error.__cause__
    return error


def _finish(delivery: Delivery, **values) -> None:
    """Only the try that still holds the delivery may write its outcome."""
    mine = Delivery.objects.filter(pk=delivery.pk, state=State.SENDING, attempts=delivery.attempts)
    mine.update(lease_until=None, **values)

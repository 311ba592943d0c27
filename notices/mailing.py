"""E-mails out, one at a time, each with a lease, never inside a database transaction.

Exactly once as far as SMTP allows: a mail is marked "sending" before the server is spoken to and "sent"
right after the server took it. Only a worker that dies between those two moments leaves a doubt; then the
mail goes out again after the lease, because one too many is better than one lost, under the same Message-ID.
"""

import logging
import smtplib
import time

from django.conf import settings
from django.core.mail import get_connection
from django.db import transaction
from django.db.models.functions import Now

from . import patience
from .emails import compose
from .models import EmailDelivery

logger = logging.getLogger(__name__)

State = EmailDelivery.State


def send_due() -> int:
    """Send what is due; returns how many the mail server took. Stops when the server itself fails."""
    if not settings.EMAIL_CONFIGURED:
        return 0
    EmailDelivery.objects.spent().update(state=State.DEAD, lease_until=None, error="发送时中断，已达到最多尝试次数。")
    connection = get_connection(timeout=patience.SMTP_TIMEOUT)
    sent = 0
    stop_at = time.monotonic() + patience.RUN_BUDGET
    try:
        while time.monotonic() < stop_at and (delivery := _claim()):
            server_works, taken = _send(delivery, connection)
            sent += taken
            if not server_works:
                break
    finally:
        _close(connection)
    return sent


def _claim() -> EmailDelivery | None:
    with transaction.atomic():
        due = EmailDelivery.objects.due().order_by("next_try_at", "pk")
        delivery = due.select_for_update(skip_locked=True).first()
        if delivery is None:
            return None
        delivery.attempts += 1
        EmailDelivery.objects.filter(pk=delivery.pk).update(
            state=State.SENDING, attempts=delivery.attempts, lease_until=Now() + patience.lease()
        )
    return delivery


def _send(delivery: EmailDelivery, connection) -> tuple[bool, bool]:
    """(does the server work, did it take the mail)."""
    try:
        connection.open()
        compose(delivery, connection).send()
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        _fail(delivery, error, for_good=all(500 <= code < 600 for code in codes))
        return True, False
    except smtplib.SMTPDataError as error:
        _fail(delivery, error, for_good=500 <= error.smtp_code < 600)
        return True, False
    except OSError as error:  # smtplib's own errors are OSErrors too
        logger.warning("The mail server does not work: %s", type(error).__name__)
        _fail(delivery, error)
        return False, False
    except Exception as error:
        logger.exception("E-mail %s could not be made.", delivery.pk)
        _fail(delivery, error)
        return True, False
    _finish(delivery, state=State.SENT, sent_at=Now(), error="")
    return True, True


def _fail(delivery: EmailDelivery, error: Exception, for_good: bool = False) -> None:
    """Try again after a pause; give up after the last try or when the server says never."""
    dead = for_good or delivery.attempts >= patience.MAX_TRIES
    _finish(
        delivery,
        state=State.DEAD if dead else State.FAILED,
        next_try_at=Now() + patience.pause_after(delivery.attempts),
        error=f"{type(error).__name__}: {error}"[:2000],
    )


def _finish(delivery: EmailDelivery, **values) -> None:
    """Only the try that still holds the mail may write its outcome."""
    mine = EmailDelivery.objects.filter(pk=delivery.pk, state=State.SENDING, attempts=delivery.attempts)
    mine.update(lease_until=None, **values)


def _close(connection) -> None:
    try:
        connection.close()
    except OSError:
        logger.info("The mail server did not say good-bye.")

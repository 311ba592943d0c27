"""E-mail: the adapter of the mail server. One connection a run, opened when the first mail wants it."""

import logging
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.mail import get_connection

from . import patience, sending
from .channels.answers import Down, NotNow, Rejected
from .emails import compose
from .models import Channel, Delivery

logger = logging.getLogger(__name__)


def send_due() -> int:
    """Send the e-mails that are due; returns how many the mail server took."""
    return sending.send_due(Channel.EMAIL)


def is_configured() -> bool:
    return settings.EMAIL_CONFIGURED


def address_of(user) -> str:
    return user.email


@contextmanager
def opened() -> Iterator[sending.Send]:
    """Gives a function that sends one delivery, or raises what notices.channels.answers has for it."""
    connection = get_connection(timeout=patience.SMTP_TIMEOUT)
    try:
        yield lambda delivery: _send(delivery, connection)
    finally:
        _close(connection)


def _send(delivery: Delivery, connection) -> None:
    try:
        connection.open()
        compose(delivery, connection).send()
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        raise _answer(all(500 <= code < 600 for code in codes)) from error
    except smtplib.SMTPDataError as error:
        raise _answer(500 <= error.smtp_code < 600) from error
    except OSError as error:  # smtplib's own errors are OSErrors too
        raise Down from error


def _answer(for_good: bool) -> NotNow | Rejected:
    return Rejected() if for_good else NotNow()


def _close(connection) -> None:
    try:
        connection.close()
    except OSError:
        logger.info("The mail server did not say good-bye.")

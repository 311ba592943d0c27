"""Wakes the worker. A broker that is down or hangs costs a moment once, never an act and never a page."""

import logging
import time

from celery import current_app

logger = logging.getLogger(__name__)

# The minute scan sends what no wake-up announced, so giving up at once loses a minute at most.
IMPATIENT = {
    "socket_connect_timeout": 0.3,
    "socket_timeout": 0.5,
    "max_retries": 0,
    "connect_retries_timeout": 0.5,
    "retry_on_timeout": False,
}
REST_SECONDS = 30


class _Breaker:
    """Remembers, for this process, until when the broker is left alone."""

    quiet_until = 0.0


def deliver_soon() -> None:
    _call("notices.deliver_outbox")


def send_emails_soon() -> None:
    _call("notices.send_emails")


def send_by_channels_soon() -> None:
    _call("notices.send_by_channels")


def soon(task_name: str, *args) -> None:
    """Hand over any other short task whose work a later scan would do as well."""
    _call(task_name, args)


def _call(task_name: str, args: tuple = ()) -> None:
    """Hand over the task on a connection of its own; after a failure leave the broker alone for a while."""
    if time.monotonic() < _Breaker.quiet_until:
        return
    try:
        with current_app.connection_for_write(transport_options=IMPATIENT) as connection:
            current_app.send_task(task_name, args, connection=connection, retry=False)
    except Exception as error:
        _Breaker.quiet_until = time.monotonic() + REST_SECONDS
        logger.warning("The worker could not be woken (%s); the next scan delivers.", error)

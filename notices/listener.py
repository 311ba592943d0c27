"""Hears every event of the engine, inside its transaction."""

from django.db import transaction

from . import wake
from .models import Outbox


def write_outbox(event, transition, case) -> None:
    """The promise to tell is kept or lost together with the act; the broker is only woken afterwards."""
    if not transition.notify:
        return
    Outbox.objects.create(event=event)
    transaction.on_commit(wake.deliver_soon, robust=True)

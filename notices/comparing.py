"""Texts that are compared with each other, looked at again by the worker soon after every act on their case."""

from django.db import transaction

from search import similar
from search.similar import Kind
from workflow import listeners

from . import wake

REFRESH = "search.refresh_similar"


def register(kind: Kind, process: str) -> None:
    """`process`: whose acts move the texts. What is missed here is found by the scan of every few minutes."""
    similar.register(kind)

    def hear(event, transition, case) -> None:
        """After commit; it asks the database nothing."""
        if event.process == process:
            transaction.on_commit(lambda: wake.soon(REFRESH, kind.name, [event.case_id]), robust=True)

    listeners.register(hear)

"""The tables are brought up to date, without looking through the models of every step for garbage."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command

# Each step of the migrations makes most models anew. Looking through them as often as Python does by itself took
# a third of the time of the first start; never looking took 1.5 GB, this 340 MB.
SELDOM = (20_000, 20, 20)


def migrate() -> None:
    with garbage_looked_for_seldom():
        call_command("migrate", interactive=False, verbosity=0)


@contextmanager
def garbage_looked_for_seldom() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)

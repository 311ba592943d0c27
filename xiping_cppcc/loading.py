"""To start a process means to load two thousand modules that stay; looking for garbage among them took a sixth of it."""

import gc

ORDINARY = gc.get_threshold()


def begins() -> None:
    gc.set_threshold(100_000, 20, 100)


def is_done() -> None:
    """What is loaded is never looked through again, so forks go on sharing its memory; what comes now is, as ever."""
    gc.freeze()
    gc.set_threshold(*ORDINARY)

"""A list of members left the portal as a file. The layer that keeps the records registers itself.

members stands below exports and cannot call it; it registers in its AppConfig.ready().
"""

from collections.abc import Callable

Keeper = Callable[[object, str, int], None]

_keepers: list[Keeper] = []


def register(keeper: Keeper) -> None:
    """`keeper(user, what, rows)`"""
    if keeper not in _keepers:
        _keepers.append(keeper)


def note(user, what: str, rows: int) -> None:
    for keeper in _keepers:
        keeper(user, what, rows)

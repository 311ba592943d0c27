"""Who wants to hear of events. Upper layers register in their AppConfig.ready()."""

from collections.abc import Callable

_listeners: list[Callable] = []


def register(listener: Callable) -> None:
    """`listener(event, transition, case)` is called inside the transaction, after the event is written."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell(event, transition, case) -> None:
    for listener in _listeners:
        listener(event, transition, case)

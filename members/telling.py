"""Telling a person something that belongs to no case. The layer that delivers messages registers itself.

members stands below notices and cannot call it; an upper layer registers in its AppConfig.ready().
"""

from collections.abc import Callable

Teller = Callable[[int, str, str, str], None]

_tellers: list[Teller] = []


def register(teller: Teller) -> None:
    """`teller(user_id, subject, body, url)` is called inside the transaction of what is told."""
    if teller not in _tellers:
        _tellers.append(teller)


def tell(user_id: int, subject: str, body: str = "", url: str = "") -> None:
    """subject: no content, it may travel by mail. body: shown in the inbox only. url: a path of the portal."""
    for teller in _tellers:
        teller(user_id, subject, body, url)

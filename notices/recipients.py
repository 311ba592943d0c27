"""Who is told of an event. Each case app registers a resolver for its processes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Notice:
    """What one user is told.

    subject: the act and the case's number; it travels by mail, so no title and no content.
    body: shown in the inbox only. url: a path of the portal ("/proposals/7/").
    kind (notices.kinds) and urgent (must not wait for a digest): by which the channels choose.
    act, number, due: what the templates of mails and SMS may put in by these names.
    """

    user_id: int
    subject: str
    body: str = ""
    url: str = ""
    kind: str = "act"
    urgent: bool = False
    act: str = ""
    number: str = ""
    due: str = ""


Resolver = Callable[[object], list[Notice]]

_resolvers: dict[str, Resolver] = {}


class UnknownProcessError(LookupError):
    """No app has said who is told of this process's events."""


def register(process_name: str, resolver: Resolver) -> None:
    """`resolver(event)` gives the notices of an event of that process; it is asked outside the act's transaction."""
    _resolvers[process_name] = resolver


def notices_for(event) -> list[Notice]:
    """One notice per user at most; the first one wins."""
    resolver = _resolvers.get(event.process)
    if resolver is None:
        raise UnknownProcessError(f"No recipients registered for process {event.process!r}.")
    by_user: dict[int, Notice] = {}
    for notice in resolver(event):
        by_user.setdefault(notice.user_id, notice)
    return list(by_user.values())


Places = Callable[[object, Iterable[str]], dict[str, str | None]]

_places: list[Places] = []


def register_places(titles: Places) -> None:
    """`titles(user, urls)`: of the app's own addresses the title of the case, None where the user does not see it."""
    _places.append(titles)


def places_for(user, urls: Iterable[str]) -> dict[str, str | None]:
    """What stands at the addresses of notices, for this reader and now; addresses of nobody are left out."""
    wanted, found = set(urls) - {""}, {}
    for titles in _places if wanted else ():
        found |= titles(user, wanted)
    return found

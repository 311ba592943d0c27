"""Where a notice leads: the title of the case there, for whoever still sees it."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from .models import Assignment, Commitment, Lead, Proposal

KINDS = {
    "proposals:detail": (Proposal, "title"),
    "proposals:assignment": (Assignment, "proposal__title"),
    "proposals:lead": (Lead, "title"),
    "proposals:commitment": (Commitment, "proposal__title"),
}


def titles(user, urls: Iterable[str]) -> dict[str, str | None]:
    """Address → title, None where the user does not see the case (any more); other pages are left out."""
    places = {url: place for url in urls if (place := _place(url))}
    seen = {}
    for name, (model, title) in KINDS.items():
        ids = {pk for view, pk in places.values() if view == name}
        if ids:
            rows = model.objects.visible_to(user).filter(pk__in=ids).values_list("pk", title)
            seen |= {(name, pk): text for pk, text in rows}
    return {url: seen.get(place) for url, place in places.items()}


def _place(url: str) -> tuple[str, int] | None:
    """The kind of page and the key of its case; None for a page of something else."""
    try:
        match = resolve(urlsplit(url).path)
    except Resolver404:
        return None
    return (match.view_name, match.kwargs["pk"]) if match.view_name in KINDS else None

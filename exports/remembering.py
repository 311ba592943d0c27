"""What a person chose for a list the last time."""

from .audiences import Audience
from .lists import Column, Listing
from .models import Choice


def start(user, listing: Listing, columns: list[Column], audiences: tuple[Audience, ...]) -> dict:
    """What the form shows first: the last choice, as far as it can still be had; else the usual columns."""
    kept = Choice.objects.filter(user=user, listing=listing.key).first()
    known = [one.key for one in columns]
    chosen = [key for key in kept.columns if key in known] if kept else []
    audience = kept.audience if kept and kept.audience in audiences else audiences[0].value
    return {"audience": audience, "columns": chosen or [one.key for one in columns if one.is_usual]}


def keep(user, listing: Listing, columns: list[str], audience: str) -> None:
    Choice.objects.update_or_create(user=user, listing=listing.key, defaults={"columns": columns, "audience": audience})

"""Taking the words out of messages about a matter that must not be kept here any more."""

from collections.abc import Iterable

from .models import Message


def wipe_messages(urls: Iterable[str], instead: str) -> int:
    """Put `instead` for the text of every message that leads to one of `urls`; e-mails not sent yet are sent so too."""
    return Message.objects.filter(url__in=list(urls)).update(body=instead)

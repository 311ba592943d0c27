"""Taking the words out of messages about a matter that must not be kept here any more."""

from .models import Message


def wipe_messages(url: str, instead: str) -> int:
    """Put `instead` for the text of every message that leads to `url`; e-mails not sent yet are sent so too."""
    return Message.objects.filter(url=url).update(body=instead)

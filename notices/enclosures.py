"""Files that go with a mail: made when it is sent, for the person as that person is then. Only totals go this way.

A message names its file in its facts: `{"file": name, …}`. A daily mail of many messages has none; it leads to the inbox.
"""

import logging
from collections.abc import Callable

from django.utils.module_loading import import_string

from .models import Delivery

logger = logging.getLogger(__name__)
File = tuple[str, bytes, str]  # name, content, content type
_makers: dict[str, str] = {}


def register(name: str, maker: str) -> None:
    """`maker`: dotted path of a function (user, facts) → File or None; imported when the first mail wants it."""
    _makers[name] = maker


def of(delivery: Delivery) -> list[File]:
    """At most one. What cannot be made is left out: a mail without its file is better than none."""
    facts = delivery.message.facts if delivery.message_id else {}
    maker = _makers.get(facts.get("file", ""))
    if maker is None:
        return []
    try:
        make: Callable[..., File | None] = import_string(maker)
        found = make(delivery.recipient, facts)
    except Exception:
        logger.exception("The file of message %s was not made; its mail goes without.", delivery.message_id)
        return []
    return [found] if found else []

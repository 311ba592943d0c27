"""The hash chain over a case's events: appending to it and checking it."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC
from ipaddress import ip_address

from .models import Event

HASHED = [
    "process",
    "object_id",
    "case_process",
    "case_id",
    "sequence",
    "act",
    "label",
    "from_state",
    "to_state",
    "actor_id",
    "actor_name",
    "capacity",
    "on_behalf_of",
    "reason",
    "data",
    "happened_at",
    "recorded_at",
    "origin",
    "door",
    "ip",
    "previous_hash",
]
HEAD = ("events_count", "events_head", "changed_at")


def digest(event: Event) -> str:
    """SHA-256 (hex) over the event's content and the hash before it."""
    content = {name: _plain(getattr(event, name)) for name in HASHED}
    content["ip"] = str(ip_address(event.ip)) if event.ip else None
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value):
    if hasattr(value, "astimezone"):
        return value.astimezone(UTC).isoformat()
    return value


def link(event: Event, sequence: int, previous_hash: str) -> Event:
    """Put the event at its place in the chain; nothing is saved."""
    event.sequence = sequence
    event.previous_hash = previous_hash
    event.hash = digest(event)
    return event


def append(event: Event, root) -> Event:
    """Save the event as the newest of its root case, which must be locked and read after that.

    The caller saves the root's HEAD fields. An instance that missed an event in between meets the
    unique (case, sequence): the act fails, the chain stays whole.
    """
    link(event, root.events_count + 1, root.events_head).save(force_insert=True)
    root.events_count, root.events_head = event.sequence, event.hash
    root.changed_at = event.recorded_at
    return event


def faults(events: Iterable[Event], count: int, head: str) -> Iterator[str]:
    """Sentences about what is wrong in one case's chain; none when it is whole.

    `events` are in sequence; `count` and `head` are what the case itself remembers.
    """
    expected, previous = 1, ""
    for event in events:
        if event.sequence != expected:
            yield f"第 {expected} 条记录缺失"
        if event.previous_hash != previous:
            yield f"第 {event.sequence} 条与上一条不衔接"
        if event.hash != digest(event):
            yield f"第 {event.sequence} 条内容被改动"
        expected, previous = event.sequence + 1, event.hash
    if expected - 1 != count or previous != head:
        yield f"事项登记 {count} 条记录，实有至第 {expected - 1} 条，末尾不一致"

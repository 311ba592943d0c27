"""The timeline of a matter as one user may see it."""

from workflow.models import Event
from workflow.querysets import roles_on
from workflow.transition import process_named
from workflow.wiped import without_wiped

from .acts import Act
from .models import Matter
from .roles import OUTSIDE, Role
from .states import State

# By whom these are done is nobody's business but the room's and the bringer's own.
BY_BRINGER = (Act.BRING, Act.RATE)
# What 撤并 wrote down that no form shows.
FACTS = {"old": "原机构", "new": "接续机构", "document": "文号"}


def events_of(matter: Matter) -> list[Event]:
    """All events of the matter, oldest first, without words that were wiped."""
    rows = Event.objects.filter(case_process=Matter.process_name, case_id=matter.pk)
    return without_wiped(rows.order_by("sequence"))


def timeline(matter: Matter) -> list[dict]:
    """Entries for the component, newest first; `matter` was read with the reader's roles."""
    held, process = roles_on(matter), process_named(Matter.process_name)
    names = Role.BRINGER in held or bool(held - OUTSIDE)
    return [_entry(event, names) for event in reversed(events_of(matter)) if _may_see(process, event, held)]


def _may_see(process, event: Event, held: frozenset[str]) -> bool:
    rows = process.rows_of(event.act)
    limited = rows[0].seen_by if rows else ()
    return not limited or bool(held & set(limited))


def _entry(event: Event, names: bool) -> dict:
    moved = event.from_state != event.to_state
    return {
        "id": event.sequence, "when": event.happened_at, "label": event.label, "reason": event.reason,
        "who": _who(event) if names or event.act not in BY_BRINGER else Role.BRINGER.label,
        "on_behalf_of": event.on_behalf_of, "to_label": State(event.to_state).label if moved else "",
        "body": "\n".join(f"{label}：{text}" for label, text in _facts(event)),
    }  # fmt: skip


def _facts(event: Event) -> list:
    if event.act == Act.SUCCEED:
        return [(label, event.data[key]) for key, label in FACTS.items() if event.data.get(key)]
    return event.data.get("shown", [])


def _who(event: Event) -> str:
    return f"{event.actor_name}（{event.capacity}）" if event.capacity not in ("", "系统") else event.actor_name

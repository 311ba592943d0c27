"""The record of a topic or a plan as one reader may see it, newest first, ready for `{% timeline %}`."""

from workflow.models import Event
from workflow.querysets import roles_on
from workflow.transition import process_named

# They stand with the outcome, from where they can be voided; what was registered before that rule has them in the log too.
LEADERS_WORDS = {"批示内容"}


def events(case, about=None, seen: dict[str, set[int]] | None = None) -> list[dict]:
    """Of the case and of what belongs to it; `about` (process, id) keeps one child's. `case` was read with the user's roles.

    `seen`: process → ids of the children this reader may open; what passed inside the others is left out.
    """
    held = roles_on(case)
    rows = Event.objects.filter(case_process=case.root_model().process_name, case_id=case.root_id).order_by("-sequence")
    if about is not None:
        rows = rows.filter(process=about[0], object_id=about[1])
    return [_shown(event) for event in rows if _may_see(event, held, seen or {})]


def _may_see(event: Event, held: frozenset[str], seen: dict[str, set[int]]) -> bool:
    """A row's `seen_by`; what belongs to a topic is not for everybody who reads the topic: a unit that helps does not
    read what another unit answered, nor a leader's words on an outcome that was not sent to it."""
    rows = process_named(event.process).rows_of(event.act)
    limited = rows[0].seen_by if rows else ()
    if limited and event.object_id not in seen.get(event.process, {event.object_id}):
        return False
    return not limited or bool(held & set(limited))


def _shown(event: Event) -> dict:
    who = f"{event.actor_name}（{event.capacity}）" if event.capacity else event.actor_name
    moved = event.from_state != event.to_state
    return {
        "id": event.sequence, "when": event.happened_at, "act": event.act, "label": event.label, "who": who,
        "on_behalf_of": event.on_behalf_of, "reason": event.reason,
        "to_label": process_named(event.process).states(event.to_state).label if moved and event.to_state else "",
        "body": "\n".join(f"{label}：{text}" for label, text in event.data.get("shown", []) if label not in LEADERS_WORDS),
    }  # fmt: skip

"""The timeline of a report as one reader may see it: every step, without what only the office or the unit is to know."""

from collections.abc import Iterable

from workflow.forms import plain_label
from workflow.models import Event
from workflow.querysets import roles_on
from workflow.transition import process_named
from workflow.wiped import without_wiped

from .acts import Act
from .models import OpinionReport, Transfer
from .roles import INSIDE, OFFICE, UNIT, Role
from .words import BETWEEN

# What an act brought about that no form shows, as the timeline calls it.
FACTS = {
    "issue": "编入", "voided": "作废", "old": "原单位", "new": "接续单位", "document": "文号",
}  # fmt: skip
IN_OFFICE, OWN = {"secrecy_signs": "涉密标志字样"}, {"became_proposal": "已起草"}
# A unit hears how it got the report; what became of it, and why, is between the house and its authors (sight.outcomes).
FOR_UNITS = {Act.HAND_OVER, Act.SUCCEED}
# What the head and the leader remark in passing a text is for the house.
REMARKED = {Act.REVIEW, Act.SIGN}


def timeline(report: OpinionReport, parts: Iterable[Transfer]) -> list[dict]:
    """Entries for `{% timeline %}`, newest first; one query.

    `report` and `parts` (sight.parts_of) were read through `with_roles_of` the reader. A unit's reader is told of
    their own unit's part, and of how it came to the unit.
    """
    held = roles_on(report)
    events = without_wiped(Event.objects.filter(case_process="opinion", case_id=report.pk).order_by("sequence"))
    named = {part.pk: part.unit.name for part in parts}
    mine = None if held - set(UNIT) else set(named)
    seen = [event for event in events if _may_see(event, held, mine)]
    return [_entry(event, named, held) for event in reversed(seen)]


def _may_see(event: Event, held: frozenset[str], mine: set[int] | None) -> bool:
    if mine is not None:
        return event.object_id in mine if event.process == Transfer.process_name else event.act in FOR_UNITS
    rows = process_named(event.process).rows_of(event.act)
    limited = set(rows[0].seen_by) if rows else set()
    return not limited or bool(held & limited)


def _entry(event: Event, parts: dict[int, str], held: frozenset[str]) -> dict:
    about = parts.get(event.object_id, "") if event.process == Transfer.process_name else ""
    states = process_named(event.process).states
    moved = event.from_state != event.to_state
    return {
        "id": event.sequence, "when": event.happened_at, "label": f"{event.label}（{about}）" if about else event.label,
        "who": f"{event.actor_name}（{event.capacity}）" if event.capacity else event.actor_name,
        "on_behalf_of": event.on_behalf_of, "to_label": states(event.to_state).label if moved else "",
        "reason": event.reason if _may_read_reason(event, held) else "",
        "reason_label": _reason_label(event),
        "body": "\n".join(f"{label}：{text}" for label, text in _shown(event, held)),
    }  # fmt: skip


def _may_read_reason(event: Event, held: frozenset[str]) -> bool:
    if event.process == Transfer.process_name:
        return event.act not in BETWEEN or bool(held & {*INSIDE, *UNIT})
    return event.act not in REMARKED or bool(held & set(INSIDE))


def _reason_label(event: Event) -> str:
    rows = process_named(event.process).rows_of(event.act)
    field = rows[0].form.base_fields.get("reason") if rows and rows[0].form else None
    return plain_label(field.label) if field else "理由"


def _shown(event: Event, held: frozenset[str]) -> list[list[str]]:
    named = FACTS | (IN_OFFICE if held & {Role.AUTHOR, *OFFICE} else {})
    named |= OWN if held & {Role.AUTHOR, Role.COAUTHOR} else {}
    facts = [[label, _text(event.data[key])] for key, label in named.items() if event.data.get(key)]
    return [*event.data.get("shown", []), *facts]


def _text(value) -> str:
    return "；".join(value) if isinstance(value, list) else str(value)

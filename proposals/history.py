"""The timeline of a proposal as one user may see it."""

from workflow.models import Event
from workflow.querysets import roles_on
from workflow.transition import process_named

from .acts import ProposalAct
from .models import Assignment, Cosignature, Proposal
from .roles import REVIEWERS, Role
from .states import TONES

OFFICES = {*REVIEWERS, Role.DISPATCH}
UNITS = {Role.OPERATOR, Role.UNIT_LEADER}


def timeline(proposal: Proposal, user=None) -> list[dict]:
    """All events of the case, newest last; what a row's `seen_by` hides from the reader is left out.

    `proposal` must come from `with_roles_of(user)`. With `user` given, a unit is not told what another
    unit does inside. Each entry: sequence, at, who, capacity, act, label, about (the unit or person a
    child's event is about), state, tone, reason, shown (pairs of label and text).
    """
    held = roles_on(proposal)
    own = _own_shares(proposal, user, held)
    events = Event.objects.filter(case_process="proposal", case_id=proposal.pk).order_by("sequence")
    seen = [event for event in events if _may_see(event, held, own)]
    about = _names(seen)
    return [_entry(event, about.get((event.process, event.object_id), "")) for event in seen]


def _own_shares(proposal: Proposal, user, held: frozenset[str]) -> set[int] | None:
    """The shares whose inner events a unit may see; None: no such limit for this reader."""
    if user is None or held & OFFICES or not held & UNITS:
        return None
    return set(Assignment.objects.visible_to(user).filter(proposal=proposal).values_list("pk", flat=True))


def _names(events: list[Event]) -> dict[tuple[str, int], str]:
    """(process, id) → the unit of a share, the person of an invitation."""
    kinds = {"assignment": (Assignment, "unit__name"), "cosignature": (Cosignature, "person__name")}
    found = {}
    for process, (model, name) in kinds.items():
        ids = {event.object_id for event in events if event.process == process}
        if ids:
            rows = model.objects.filter(pk__in=ids).values_list("pk", name)
            found |= {(process, pk): text for pk, text in rows}
    return found


def why_returned(proposal: Proposal) -> str:
    """What the committee wants changed, from the latest return; "" when it never was returned."""
    returns = Event.objects.filter(process="proposal", object_id=proposal.pk, act=ProposalAct.RETURN)
    return returns.order_by("-sequence").values_list("reason", flat=True).first() or ""


def _may_see(event: Event, held: frozenset[str], own: set[int] | None) -> bool:
    rows = process_named(event.process).rows_of(event.act)
    limited = set(rows[0].seen_by) if rows else set()
    if not limited:
        return True
    if own is not None and event.process == "assignment" and event.object_id not in own:
        held = held - UNITS
    return bool(held & limited)


def _entry(event: Event, about: str) -> dict:
    changed = event.from_state != event.to_state
    states = process_named(event.process).states
    return {
        "sequence": event.sequence,
        "at": event.happened_at,
        "who": event.actor_name,
        "capacity": event.capacity,
        "on_behalf_of": event.on_behalf_of,
        "label": event.label,
        "about": about,
        "act": event.act,
        "state": states(event.to_state).label if changed else "",
        "tone": TONES.get(event.to_state, "neutral") if changed else "neutral",
        "reason": event.reason,
        "shown": event.data.get("shown", []),
    }

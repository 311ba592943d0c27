"""The timeline of a proposal as one user may see it."""

from dataclasses import dataclass
from datetime import datetime

from workflow.forms import plain_label
from workflow.models import Event
from workflow.querysets import roles_on
from workflow.transition import process_named
from workflow.wiped import without_wiped

from .acts import AssignmentAct, CosignatureAct, ProposalAct
from .blind import without_hidden
from .models import Assignment, Commitment, Cosignature, ExtensionRequest, Proposal
from .roles import PROPOSERS, REVIEWERS, Role
from .states import TONES

AGREE = CosignatureAct.AGREE
SIGNERS = {*PROPOSERS, Role.CONVENER, Role.COSIGNER, Role.INVITEE, *REVIEWERS}
OFFICES = {*REVIEWERS, Role.DISPATCH}
UNITS = {Role.OPERATOR, Role.UNIT_LEADER}


def timeline(proposal: Proposal, user=None) -> list[dict]:
    """All events of the case, newest last; what a row's `seen_by` hides from the reader is left out.

    `proposal` must come from `with_roles_of(user)`. With `user` given, a unit is not told what another
    unit does inside; without it nobody reads a unit's internal notes. Each entry: sequence, at, who,
    capacity, act, label, about (the unit or person a child's event is about), state,
    tone, reason and what it is called, shown (pairs of label and text).
    """
    held = roles_on(proposal)
    own = _own_shares(proposal, user, held)
    events = without_wiped(Event.objects.filter(case_process="proposal", case_id=proposal.pk).order_by("sequence"))
    notes = _noting_shares(events, user)
    seen = [event for event in events if _may_see(event, held, own, notes)]
    seen = seen if held & set(REVIEWERS) else without_hidden(seen, user)
    about = _names(seen)
    inside = bool(held & set(REVIEWERS))
    entries = [_entry(event, about.get((event.process, event.object_id), ""), inside) for event in seen]
    return entries if held & SIGNERS else _without_remarks(entries)


def _without_remarks(entries: list[dict]) -> list[dict]:
    """Who agreed is known to all; what they wrote beside it is for those who sign and the committee."""
    return [entry | {"reason": "", "reason_label": ""} if entry["act"] == AGREE else entry for entry in entries]


def _own_shares(proposal: Proposal, user, held: frozenset[str]) -> set[int] | None:
    """The shares whose inner events a unit may see; None: no such limit for this reader."""
    if user is None or held & OFFICES or not held & UNITS:
        return None
    return set(Assignment.objects.visible_to(user).filter(proposal=proposal).values_list("pk", flat=True))


@dataclass(frozen=True)
class Note:
    """内部备注 of a unit on its share."""

    at: datetime
    who: str
    text: str


def notes_of(shares: set[int]) -> dict[int, list[Note]]:
    """Share → its internal notes, newest first. Only for shares of the reader's own unit."""
    if not shares:
        return {}
    events = Event.objects.filter(process="assignment", object_id__in=shares, act=AssignmentAct.NOTE)
    found: dict[int, list[Note]] = {}
    for event in events.order_by("-happened_at", "-pk"):
        found.setdefault(event.object_id, []).append(Note(event.happened_at, event.actor_name, event.reason))
    return found


def _noting_shares(events: list[Event], user) -> set[int]:
    """The shares whose internal notes the reader sees: those of a unit they work for, whatever else they are."""
    noted = {event.object_id for event in events if event.process == "assignment" and _is_of_the_unit(event)}
    if user is None or not noted:
        return set()
    clauses = Assignment.role_clauses(user)
    mine = clauses[Role.OPERATOR] | clauses[Role.UNIT_LEADER]
    return set(Assignment.objects.filter(mine, pk__in=noted).values_list("pk", flat=True))


def _is_of_the_unit(event: Event) -> bool:
    rows = process_named(event.process).rows_of(event.act)
    return bool(rows) and bool(rows[0].seen_by) and set(rows[0].seen_by) <= UNITS


def _names(events: list[Event]) -> dict[tuple[str, int], str]:
    """(process, id) → the unit of a share, the person of an invitation."""
    kinds = {"assignment": (Assignment, "unit__name"), "cosignature": (Cosignature, "person__name"),
             "extension": (ExtensionRequest, "assignment__unit__name"),
             "commitment": (Commitment, "owner__name")}  # fmt: skip
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


def reason_label(event: Event) -> str:
    """What the form calls its note: 修改意见, 附言, 交办说明; 理由 where there is no form any more."""
    rows = process_named(event.process).rows_of(event.act)
    form = rows[0].form if rows else None
    field = form.base_fields.get("reason") if form else None
    return plain_label(field.label) if field else "理由"


# What an act brought about that no form shows: facts of the event as the timeline calls them.
FACTS = {
    "receipt_number": ("流水号", str),
    "serial": ("案号", lambda serial: f"第 {serial:03d} 号"),
    "old": ("更正前", str),
    "proof": ("签署", str),
    "split_receipt": ("分案流水号", str),
    "converted_as": ("转为", str),
    "old_due": ("原期限", str),
    "new_due": ("新期限", str),
    "award_document": ("决定文件", str),
}


# The same for the reviewers alone.
INSIDE = {"secrecy_signs": ("涉密标志字样", "；".join)}


# An act of succession says it in its own words.
SUCCEEDED = {
    "old": ("原单位", str), "new": ("接续单位", str), "document": ("文号", str), "void_letter": ("作废的发文号", str),
}  # fmt: skip


def _shown(event: Event, inside: bool) -> list[list[str]]:
    facts = FACTS | INSIDE if inside else FACTS
    if event.act == ProposalAct.SUCCEED:
        facts = facts | SUCCEEDED
    known = [[label, text(event.data[key])] for key, (label, text) in facts.items() if event.data.get(key)]
    return [*event.data.get("shown", []), *known]


def _may_see(event: Event, held: frozenset[str], own: set[int] | None, notes: set[int]) -> bool:
    if _is_of_the_unit(event):
        return event.object_id in notes
    if _is_about_consent(event):
        return bool(held & SIGNERS)
    rows = process_named(event.process).rows_of(event.act)
    limited = set(rows[0].seen_by) if rows else set()
    if not limited:
        return True
    if own is not None and (share := _share_of(event)) is not None and share not in own:
        held = held - UNITS
    return bool(held & limited)


def _is_about_consent(event: Event) -> bool:
    """Whether the proposer agrees to publication, and why not, is told on the page to the same readers alone."""
    return event.act == ProposalAct.CORRECT and event.data.get("field") == "publish_consent"


def _share_of(event: Event) -> int | None:
    """The share that an event is about: the unit's own, or that for which it asked."""
    return event.object_id if event.process == "assignment" else event.data.get("share")


def _entry(event: Event, about: str, inside: bool) -> dict:
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
        "reason_label": reason_label(event) if event.reason else "",
        "shown": _shown(event, inside),
    }

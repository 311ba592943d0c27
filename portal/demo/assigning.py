"""What the desks of 交办 show: units' requests for more time, and the units that proposers wish."""

from datetime import datetime, timedelta

from django.utils import timezone

from proposals.acts import AssignmentAct, ExtensionAct
from proposals.models import Assignment, ExtensionRequest, Proposal
from proposals.states import AssignmentState, ExtensionState, ProposalState

from .story import Story

REASON = "涉及专项资金评审和招标程序，预计还需一段时间。"
GRANTED, REFUSED = "请抓紧办理，按期答复。", "已有资金渠道，请按原期限办理。"
# What became of the requests, in the order of the shares that ask.
FATES = (ExtensionState.PENDING, ExtensionState.GRANTED, ExtensionState.PENDING, ExtensionState.REFUSED)
LONGER = timedelta(days=25)


def ask_for_time(stories: list[Story], now: datetime) -> None:
    """A few shares that are in hand and due before long, those due first in front."""
    day = timezone.localdate(now)
    found = [(row, story) for story in stories for row in story.rows.get("Assignment", ()) if _may_ask(row, day)]
    found.sort(key=lambda pair: (pair[0].due_on, pair[0].assigned_at))
    for (row, story), fate in zip(found, FATES, strict=False):
        _ask(story, row, fate, now)


def _may_ask(row: Assignment, day) -> bool:
    in_hand = row.state == AssignmentState.HANDLING and row.round == 1 and not row.is_assist
    return in_hand and row.signed_at is not None and row.due_on > day + timedelta(days=2)


def _ask(story: Story, row: Assignment, fate: str, now: datetime) -> None:
    county, wanted = story.county, row.due_on + LONGER
    operator, at = county.operators[row.unit_id], max(now - timedelta(hours=9), row.signed_at)
    request = story.add(
        ExtensionRequest(
            proposal=story.proposal, assignment=row, reason=REASON, wanted_on=wanted, due_on=row.due_on,
            asked_by=county.user(operator), asked_at=at, state=ExtensionState.PENDING,
        )
    )  # fmt: skip
    shown = [("申请延至", _words(wanted))]
    story.note(
        AssignmentAct.REQUEST_EXTENSION, operator, at, case=row, reason=REASON, shown=shown,
        wanted_on=wanted.isoformat(),
    )  # fmt: skip
    if fate != ExtensionState.PENDING:
        _decide(story, request, fate, at + timedelta(hours=1))


def _decide(story: Story, request: ExtensionRequest, fate: str, at: datetime) -> None:
    row, dispatcher = request.assignment, story.county.dispatcher_for(request.assignment.unit)
    granted = fate == ExtensionState.GRANTED
    request.decided_by, request.decided_at = story.county.user(dispatcher), at
    request.decision = GRANTED if granted else REFUSED
    shown = [("同意延至", _words(request.wanted_on))] if granted else []
    act = ExtensionAct.GRANT if granted else ExtensionAct.REFUSE
    story.note(act, dispatcher, at, fate, case=request, reason=request.decision, shown=shown)
    if granted:
        old = row.due_on
        row.original_due_on, row.decided_due_on, row.due_on = old, request.wanted_on, request.wanted_on
        request.granted_on = request.wanted_on
        story.note(AssignmentAct.EXTEND, None, at, case=row, old_due=_words(old), new_due=_words(request.wanted_on))


def _words(day) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def wish_units(stories: list[Story]) -> None:
    """Two of three proposers of what waits to be handed out wish units."""
    through = Proposal.suggested_units.through
    waiting = [story for story in stories if story.proposal.state == ProposalState.FILED]
    through.objects.bulk_create(
        through(proposal=story.proposal, organization=story.county.organizations[f"unit:{name}"])
        for n, story in enumerate(waiting)
        if n % 3
        for name in story.topic.units
    )

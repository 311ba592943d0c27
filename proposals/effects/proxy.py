"""代录: what the committee enters for a proposer, and the proposer's answer to it."""

from django.utils import timezone

from deadlines.calendar import add_workdays
from documents.uploads import attach
from proposals.acts import CosignatureAct
from proposals.attachments import ENTRY
from proposals.drafting import keep_text, write_suggestions
from proposals.kinds import CollectiveProof, EntrySource, Kind, ProxyAnswer
from proposals.models import Cosignature
from proposals.numbering import receipt_number
from proposals.proxies import CONFIRM_WORKDAYS, Received
from proposals.secrecy import recording
from proposals.windows import timing_at
from workflow.recording import Record, record_parts
from workflow.transition import Step


def enter(step: Step) -> None:
    """The time at which it was received decides the window; the receipt number comes in the order of entering."""
    proposal, received = step.case, step.data["received"]
    write_suggestions(proposal, received.suggestions)
    proposal.suggested_units.set(received.units)
    _co_sign(step, received)
    step.write(
        receipt_number=receipt_number(proposal.session),
        timing=timing_at(proposal.session, received.received_at),
        submitted_at=received.received_at,
        proxy_due_on=add_workdays(step.day, CONFIRM_WORKDAYS),
    )
    if proposal.kind == Kind.COLLECTIVE:
        step.write(collective_proof=CollectiveProof.ENTERED)
    attach([file.pk for file in received.scans], step.actor, ENTRY, proposal.pk)
    keep_text(proposal, "代录", step.actor, step.at)
    recording.record(proposal, [])
    if proposal.secrecy_signs:
        step.facts["secrecy_signs"] = proposal.secrecy_signs
    step.on_behalf_of = proposal.proposer_name
    step.facts |= {"receipt_number": proposal.receipt_number, "shown": _shown(received)}


def _co_sign(step: Step, received: Received) -> None:
    """As they signed on the paper; the proposal's own event speaks for them."""
    rows = [
        Cosignature(
            proposal=step.case, person=person, position=n, invited_at=received.received_at,
            answered_at=received.received_at,
        )
        for n, person in enumerate(received.cosigners, start=1)
    ]  # fmt: skip
    record_parts(CosignatureAct.ENTER_BY_PROXY, [Record(row, {}) for row in rows])


def _shown(received: Received) -> list[list[str]]:
    at = timezone.localtime(received.received_at)
    rows = [
        ["原件形式", EntrySource(received.source).label],
        ["收到时间", f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"],
        ["联名人", "、".join(person.name for person in received.cosigners)],
    ]
    return [row for row in rows if row[1]]


def confirm(step: Step) -> None:
    step.write(proxy_answer=ProxyAnswer.CONFIRMED, proxy_answered_at=step.at)


def dispute(step: Step) -> None:
    step.write(proxy_answer=ProxyAnswer.DISPUTED, proxy_answered_at=step.at)

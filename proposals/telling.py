"""What each audience is told of an act: one sentence that says what it means for them, and by when."""

from datetime import date

from django.utils import timezone

from notices import kinds
from notices.recipients import Notice
from workflow.models import Event

from .acts import AssignmentAct, CommitmentAct
from .acts import ProposalAct as P
from .blind import tells_reason
from .clocks import decide_return_by
from .history import reason_label
from .kinds import LateStep
from .letter_words import in_force
from .models import Assignment, Commitment, Cosignature, ExtensionRequest, Lead, Proposal
from .states import ProposalState
from .telling_words import WORDS, asks_for_something
from .wording import APART

# 催办 does not wait for anybody's digest, neither that of a share nor that of a promise.
URGENT = {AssignmentAct.URGE, CommitmentAct.URGE}
# What an act is called to those for whom it is something else.
LABELS = {
    (P.REJECT, "suggestion_unit"): "转意见建议，请签收",
    (CommitmentAct.BEGIN, "promise_owner"): "有一项承诺由你单位落实",
}


def notice_for(audience: str, case, event: Event, with_reason: bool):
    """A function of the user: what somebody of this audience is told."""
    about = _about(audience, case, event)
    act, number = LABELS.get((event.act, audience), event.label), _called(about, audience)
    subject = f"【提案】{act}：{number}"
    lines = [sentence(audience, case, event)]
    kind = kinds.ACT if asks_for_something(lines[0]) else kinds.INFO
    if event.reason and with_reason and tells_reason(event, audience) and not proposal_of(case).moved_offline_at:
        lines.append(f"{reason_label(event)}：{event.reason}")
    body, url = "\n".join(lines), about.get_absolute_url()
    return lambda user: Notice(
        user.pk, subject, body, url, kind=kind, act=act, number=number, urgent=event.act in URGENT
    )


def sentence(audience: str, case, event: Event) -> str:
    words = WORDS[event.process]
    texts = words.get((event.act, event.to_state)) or words[event.act]
    return texts[audience].format_map(_Facts(case, event))


def proposal_of(case) -> Proposal:
    return case if isinstance(case, Proposal) else case.proposal


def _about(audience: str, case, event: Event):
    """The case at which this audience has to look: the one it can open."""
    if isinstance(case, Lead):
        return case
    if audience == "main_proposers":
        return case.merged_into
    if audience == "new_unit":
        return _new_share(case, event)
    if audience == "new_units":
        return proposal_of(case)
    return share_of(case) or proposal_of(case)


def share_of(case) -> Assignment | None:
    """The share that the case is, or for which it asks."""
    if isinstance(case, ExtensionRequest):
        return case.assignment
    return case if isinstance(case, (Assignment, Commitment)) else None


def _called(about, audience: str) -> str:
    """The number; before there is one, what the case is to those who are told."""
    if isinstance(about, Lead):
        return f"线索 {about.receipt}"
    proposal = proposal_of(about)
    if proposal.receipt_number or proposal.is_numbered:
        return proposal.number
    return "请您联名的提案" if audience in ("invitees", "invitee") else "您起草的提案"


class _Facts(dict):
    """The words in braces, each looked up only when a sentence uses it."""

    def __init__(self, case, event: Event):
        super().__init__()
        self.case, self.event = case, event

    def __missing__(self, name: str) -> str:
        return FACTS[name](self.case, self.event)


def _day(on: date | None) -> str:
    return f"{on.month}月{on.day}日" if on else "规定期限"


def _moment(at) -> str:
    return f"{_day(local := timezone.localtime(at))} {local:%H:%M} " if at else "联名截止"


def _shares(case) -> list[Assignment]:
    if share := share_of(case):
        return [share]
    return list(case.assignments.current().answering().select_related("unit").order_by("position", "pk"))


def _latest(case, name: str) -> str:
    return _day(max((day for share in _shares(case) if (day := getattr(share, name))), default=None))


def _new_share(case, event: Event) -> Assignment:
    return Assignment.objects.for_acting().get(pk=event.data["new_assignment"])


def _added(event: Event) -> list[Assignment]:
    """The 会办 shares that the act made; they have the same dates."""
    made = Assignment.objects.filter(pk__in=event.data["new_assignments"])
    return list(made.select_related("unit").order_by("position"))


def _comment_by(case: Assignment, event: Event) -> str:
    reply = case.replies.filter(round=case.round).first()
    return _day(reply.comment_due_on if reply else None)


def _person(case: Cosignature, event: Event) -> str:
    return case.person.name


def _unit_reads(case, event: Event) -> str:
    """Nothing of what it says: whether it may be read already, and else when."""
    return "，请查看" if event.data.get("open") else "，你单位评价提案质量后或评价期限过后可以看到"


def _change_by(case: Proposal, event: Event) -> str:
    return f"于{_day(case.change_due_on)}前" if case.change_due_on else ""


def _granted(case, event: Event) -> str:
    if case.is_amendment:
        return "提案委同意修改申请，提案已改为新的文字。"
    return "提案委同意撤案申请，提案不再办理；案号保留，不再另用。"


def _late_words(case: Assignment, event: Event) -> str:
    """What the share is late with on the day of the act; nothing for one that is only reminded."""
    urge = case.urges.filter(at=event.happened_at).first()
    if urge is None or not urge.step:
        return ""
    return f"{LateStep(urge.step).label}已逾期（期限{_day(urge.due_on)}），"


def _recalled(case: Assignment, event: Event) -> str:
    is_withdrawn = case.proposal.state == ProposalState.WITHDRAWN
    return "提案人经提案委同意撤案" if is_withdrawn else event.reason.removesuffix("。")


def _corrected(case: Proposal, event: Event) -> str:
    if event.data.get("field") == "publish_consent":
        return f"提案委把您的提案登记为“{event.data['new']}”，如与您的意思不符，可联系提案委。"
    return "提案委更正了提案的登记内容，请查看办理记录。"


FACTS = {
    "corrected": _corrected,
    "recalled": _recalled,
    "urge_kind": lambda case, event: event.data.get("notice_number") or event.data.get("urge_kind", ""),
    "late_words": _late_words,
    "promise_unit": lambda case, event: str(case.owner or case.reply.assignment.unit),
    "apart": lambda case, event: f"（{APART}）" if case.is_separate else "",
    "sender": lambda case, event: str(in_force(case.unit)),
    "answering_unit": lambda case, event: str(case.reply.assignment.unit),
    "promise_by": lambda case, event: _day(case.due_on),
    "decline_reason": lambda case, event: case.get_decline_reason_display(),
    "channel": lambda case, event: case.channel,
    "ended": lambda case, event: event.data["old"],
    "heir": lambda case, event: event.data["new"],
    "granted": _granted,
    "asked": lambda case, event: case.get_kind_display(),
    "view": lambda case, event: "同意" if event.data.get("agrees") else "不同意",
    "actor": lambda case, event: event.actor_name,
    "proposer": lambda case, event: proposal_of(case).proposer_name,
    "closes": lambda case, event: _moment(proposal_of(case).cosigning_closes),
    "receipt": lambda case, event: case.receipt_number,
    "number": lambda case, event: case.number,
    "proxy_by": lambda case, event: _day(case.proxy_due_on),
    "change_by": _change_by,
    "disposition": lambda case, event: case.get_disposition_display(),
    "split_receipt": lambda case, event: event.data.get("split_receipt", ""),
    "converted_as": lambda case, event: case.converted_as or case.get_disposition_display(),
    "suggestion_unit": lambda case, event: str(case.disposition_unit or "接收单位"),
    "main": lambda case, event: case.merged_into.number,
    "units": lambda case, event: "、".join(str(share.unit) for share in _shares(case)),
    "sign_by": lambda case, event: _latest(case, "sign_due_on"),
    "reply_by": lambda case, event: _latest(case, "due_on"),
    "unit": lambda case, event: str(share_of(case).unit),
    "wanted_by": lambda case, event: _day(date.fromisoformat(event.data["wanted_on"])),
    "does": lambda case, event: "报会办意见" if case.is_assist else "答复",
    "new_unit": lambda case, event: str(_new_share(case, event).unit),
    "new_sign_by": lambda case, event: _day(_new_share(case, event).sign_due_on),
    "new_reply_by": lambda case, event: _day(_new_share(case, event).due_on),
    "suggested": lambda case, event: str(case.return_suggestion),
    "decide_by": lambda case, event: _day(decide_return_by(case, case.proposal.timing)),
    "added": lambda case, event: "、".join(str(share.unit) for share in _added(event)),
    "added_sign_by": lambda case, event: _day(_added(event)[0].sign_due_on),
    "added_by": lambda case, event: _day(_added(event)[0].due_on),
    "comment_by": _comment_by,
    "rate_by": lambda case, event: _day(case.rating_due_on),
    "person": _person,
    "key_year": lambda case, event: str(event.data.get("year", "")),
    "key_leader": lambda case, event: event.data.get("leader") or "县级领导",
    "key_supervisor": lambda case, event: event.data.get("supervisor") or "政协领导",
    "unit_reads": _unit_reads,
    "proposer_reads": lambda case, event: (
        "，请查看" if event.data.get("open") else "，您评价答复后或评价期限过后可以看到"
    ),
}

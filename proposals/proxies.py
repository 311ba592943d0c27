"""代录: the committee enters what came on paper, by telephone or by e-mail (design §6; docs/decisions/proxy-entry.md)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from documents.models import Attachment
from members.models import Organization, Person
from members.periods import today
from members.posts import posts_of
from workflow.engine import open_by_row
from workflow.errors import NotAllowed

from .acts import ProposalAct
from .kinds import Entry, EntrySource, Kind, ProxyAnswer
from .models import Proposal
from .states import ProposalState
from .windows import session_for_new

CONFIRM_WORKDAYS = 15
# What stands when the proposer does not answer.
ORIGINALS = {EntrySource.PAPER: "扫描件", EntrySource.PHONE: "电话记录", EntrySource.EMAIL: "电子邮件"}


@dataclass(frozen=True)
class Received:
    """What was received, for whom; exactly one of member and organization.

    `text` holds title, situation, category and the declarations as the original gives them.
    """

    source: str
    received_at: datetime
    note: str
    text: dict
    suggestions: list[str]
    member: Person | None = None
    organization: Organization | None = None
    cosigners: Iterable[Person] = ()
    units: Iterable[Organization] = ()
    scans: list[Attachment] = field(default_factory=list)


def may_enter(user) -> bool:
    """The committee's staff and head; what they enter is checked once more by the table's roles."""
    return posts_of(user).in_proposal_committee("staff", "head")


def why_own(user, member: Person | None, organization: Organization | None) -> str:
    """Why this user may not enter for this proposer: nobody enters for themselves. "" when they may."""
    if member is not None and member.pk == user.person_id:
        return "这是您本人，请用“写提案”自己提交。"
    if organization is not None and organization.pk in posts_of(user).organizations("contact", "convener"):
        return f"您是{organization}的联系人，请用“写提案”提交。"
    return ""


def enter(user, received: Received) -> Proposal:
    """The proposal, in 待审查 with its receipt number. Raises Refused."""
    if not may_enter(user):
        raise NotAllowed("代录提案由提案委工作人员办理。", "如需提交提案，请用“写提案”。")
    if own := why_own(user, received.member, received.organization):
        raise NotAllowed(own, "如有疑问，请联系提案委其他工作人员。", code="own_entry")
    proposal = Proposal(
        session=session_for_new(), kind=_kind(received), first_proposer=received.member,
        organization=received.organization, drafter=received.member or contact_of(received.organization),
        entry=Entry.PROXY, entry_source=received.source, entry_note=received.note, entered_by=user, **received.text,
    )  # fmt: skip
    open_by_row(ProposalAct.ENTER_BY_PROXY, proposal, user, {"received": received})
    proposal.refresh_from_db(fields=["receipt_number"])
    return proposal


def _kind(received: Received) -> str:
    if received.organization is not None:
        return Kind.COLLECTIVE
    return Kind.JOINT if received.cosigners else Kind.INDIVIDUAL


def contact_of(organization: Organization | None) -> Person | None:
    """Who speaks and rates for a body today: its contact, else its convener."""
    if organization is None:
        return None
    people = Person.objects.filter(
        appointments__in=organization.appointments.on(today()).filter(post__in=("contact", "convener"))
    )
    return people.order_by("appointments__post", "pk").first()


def just_entered(user, received: Received) -> Proposal | None:
    """What the same form sent a moment ago (a second click, an answer lost on the way)."""
    moment_ago = timezone.now() - timedelta(minutes=2)
    same = Proposal.objects.filter(entered_by=user, created_at__gte=moment_ago, title=received.text["title"])
    same = same.filter(first_proposer=received.member, organization=received.organization)
    return same.filter(situation=received.text["situation"]).first()


def awaits_answer(user, day: date) -> Q:
    """Entered for somebody who has not answered and still may in time; nobody confirms what they entered."""
    open_ones = Q(entry=Entry.PROXY, proxy_answer="", state__in=ProposalState.UNDER_REVIEW, proxy_due_on__gte=day)
    return open_ones & ~Q(entered_by_id=user.pk)


def entry_words(proposal: Proposal, with_clerk: bool = True) -> str:
    """提案委代录（纸质，何静录入）; "" for what the proposer submitted. Who entered it is said inside only."""
    if not proposal.by_proxy:
        return ""
    clerk = f"，{proposal.entered_by}录入" if with_clerk else ""
    return f"提案委代录（{proposal.get_entry_source_display()}{clerk}）"


def answer_words(proposal: Proposal) -> str:
    """Where the proposer's confirmation stands; "" for what the proposer submitted."""
    if not proposal.by_proxy:
        return ""
    on, due = proposal.proxy_answered_at, proposal.proxy_due_on
    if proposal.proxy_answer:
        words = {ProxyAnswer.CONFIRMED: "提案人已确认无误", ProxyAnswer.DISPUTED: "提案人反映有出入，请对照原件核对"}
        return f"{words[proposal.proxy_answer]}（{_day(timezone.localdate(on))}）"
    original = ORIGINALS.get(proposal.entry_source, "原件")
    if proposal.state not in ProposalState.PENDING:
        return f"提案人没有答复，以{original}为准"
    if due and today() > due:
        return f"{CONFIRM_WORKDAYS} 个工作日内没有答复，以{original}为准"
    return f"等提案人确认（{_day(due)}前）" if due else "等提案人确认"


def _day(on: date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"

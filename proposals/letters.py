"""The reply as a letter: its title, whom it addresses and how, its date, who gets a copy (domain §3.4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from members.models import Appointment, Organization, Post
from members.models.organization import System
from members.periods import today
from members.posts import dispatch_systems_for

from .kinds import Kind
from .letter_words import in_force
from .models import Assignment, Proposal, Reply

COMMITTEE = "县政协提案委"


@dataclass(frozen=True)
class Letter:
    sender: str
    title: str
    salutation: str
    opening: str
    dated_on: date
    copies: str
    you: str = "您"


def letter(share: Assignment, reply: Reply, merged: Iterable[Proposal] = ()) -> Letter:
    """`merged`: the cases merged into this one; their proposers are answered by the same letter."""
    cases = [share.proposal, *merged]
    sender = formal(sender_of(share, reply))
    return Letter(
        sender=sender,
        title=f"{sender}关于对{committee_of(share.proposal)}{numbered(share.proposal)}提案的答复",
        salutation=f"{'、'.join(dict.fromkeys(addressed(case) for case in cases))}：",
        opening=f"{_you(cases)}提出的{_named(cases)}收悉，现答复如下：",
        dated_on=timezone.localdate(reply.sent_at) if reply.sent_at else today(),
        copies=reply.copies or default_copies(share),
        you=_you(cases),
    )


def sender_of(share: Assignment, reply: Reply) -> Organization:
    """The unit that gave the letter its number, whatever became of it since; before that the one in force."""
    if reply.issued_by_id not in (None, share.unit_id):
        return reply.issued_by
    return share.unit if reply.issued_by_id or reply.sent_at else in_force(share.unit)


def formal(unit: Organization) -> str:
    """The unit as its letterhead has it: 西平县教育局, 中共西平县委宣传部, 西平县权寨镇."""
    name = unit.name
    if name.startswith("县委"):
        return f"中共西平{name}"
    if name.startswith("县"):
        return f"西平{name}"
    return f"西平县{name}" if unit.system == System.TOWNSHIP and "西平" not in name else name


def committee_of(case: Proposal) -> str:
    """政协西平县第十一届委员会第四次会议."""
    return f"政协西平县{case.session.formal_name}"


def default_copies(share: Assignment) -> str:
    """提案委, the dispatch offices of the unit's system, the 会办 units (domain §3.4)."""
    return "、".join([COMMITTEE, *dispatch_offices(share), *_assistants(share)])


def leader_of(unit: Organization) -> str:
    """The unit's leader of today; "" where there is none or several to choose from."""
    held = Appointment.objects.on(today()).filter(organization=unit, post=Post.UNIT_LEADER)
    names = list(held.values_list("person__name", flat=True)[:2])
    return names[0] if len(names) == 1 else ""


def numbered(case: Proposal) -> str:
    """第001号; a blank to fill in where the number is still missing."""
    return f"第{case.short_number if case.is_numbered else case.ledger_number or '　'}号"


def addressed(case: Proposal) -> str:
    """周明远委员, 周明远等委员 or 民盟西平支部."""
    if case.organization_id:
        return case.proposer_name
    return f"{case.proposer_name}{'等委员' if case.kind == Kind.JOINT else '委员'}"


def _you(cases: list[Proposal]) -> str:
    if len(cases) > 1 or cases[0].kind == Kind.JOINT:
        return "你们"
    return "贵单位" if cases[0].organization_id else "您"


def _named(cases: list[Proposal]) -> str:
    """《甲》（第1号）和并案办理的《乙》（第2号）."""
    main, *merged = [f"《{case}》（{numbered(case)}）" if case.is_numbered else f"《{case}》" for case in cases]
    return f"{main}和并案办理的{'、'.join(merged)}" if merged else main


def dispatch_offices(share: Assignment) -> list[str]:
    """The dispatch offices that answer for the unit."""
    systems = dispatch_systems_for(share.unit.system)
    offices = Organization.objects.of_kind("dispatch").on(today()).filter(system__in=systems)
    return [office.name for office in offices]


def _assistants(share: Assignment) -> list[str]:
    return [row.unit.name for row in share.assistants.current().select_related("unit").order_by("position", "pk")]

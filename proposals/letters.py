"""The reply as a letter: its title, whom it addresses and how, its date, who gets a copy (domain §3.4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from members.models import Organization
from members.periods import today
from members.posts import dispatch_systems_for

from .kinds import Kind
from .models import Assignment, Proposal, Reply

COMMITTEE = "县政协提案委"


@dataclass(frozen=True)
class Letter:
    title: str
    salutation: str
    opening: str
    dated_on: date
    copies: str


def letter(share: Assignment, reply: Reply, merged: Iterable[Proposal] = ()) -> Letter:
    """`merged`: the cases merged into this one; their proposers are answered by the same letter."""
    cases = [share.proposal, *merged]
    return Letter(
        title=f"{reply.issuer or share.unit.name}关于对政协西平县{share.proposal.session.formal_name}{_numbered(share.proposal)}提案的答复",
        salutation=f"{'、'.join(dict.fromkeys(_addressed(case) for case in cases))}：",
        opening=f"{_you(cases)}提出的{_named(cases)}收悉，现答复如下：",
        dated_on=timezone.localdate(reply.sent_at) if reply.sent_at else today(),
        copies="、".join([COMMITTEE, *_offices(share), *_assistants(share)]),
    )


def _numbered(case: Proposal) -> str:
    """第224号; a blank to fill in where the number is still missing."""
    return f"第{case.ledger_number or case.serial or '　'}号"


def _addressed(case: Proposal) -> str:
    """周明远委员, 周明远等委员 or 民盟西平支部."""
    if case.organization_id:
        return case.proposer_name
    return f"{case.proposer_name}{'等委员' if case.kind == Kind.JOINT else '委员'}"


def _you(cases: list[Proposal]) -> str:
    if len(cases) > 1 or cases[0].kind == Kind.JOINT:
        return "您们"
    return "贵单位" if cases[0].organization_id else "您"


def _named(cases: list[Proposal]) -> str:
    """《甲》（第1号）和并案办理的《乙》（第2号）."""
    main, *merged = [f"《{case}》（{_numbered(case)}）" if case.is_numbered else f"《{case}》" for case in cases]
    return f"{main}和并案办理的{'、'.join(merged)}" if merged else main


def _offices(share: Assignment) -> list[str]:
    """The dispatch offices that answer for the unit."""
    systems = dispatch_systems_for(share.unit.system)
    offices = Organization.objects.of_kind("dispatch").on(today()).filter(system__in=systems)
    return [office.name for office in offices]


def _assistants(share: Assignment) -> list[str]:
    return [row.unit.name for row in share.assistants.current().select_related("unit").order_by("position", "pk")]

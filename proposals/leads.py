"""提案线索: taking one in, finding it again by number and code, and what became of it."""

import hashlib
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from members.personal_numbers import hide_numbers
from members.query_codes import NOBODYS, code_hash, code_of_form, is_right
from workflow.actors import SYSTEM
from workflow.engine import open_case
from workflow.errors import Refused

from .acts import LeadAct
from .lead_states import LeadState
from .models import Lead, LeadCollection, LeadSource, Proposal
from .numbering import next_number
from .states import ProposalState as P


@dataclass(frozen=True)
class Taken:
    """A lead with the code that is told once; `hidden`: numbers were taken out of its text."""

    lead: Lead
    code: str
    hidden: bool


def collection_now() -> LeadCollection | None:
    """The collection to speak of: the one that is open, else the next to open, else the last."""
    rows = list(LeadCollection.objects.filter(active=True).select_related("session__term").order_by("opens"))
    now = timezone.now()
    return next((row for row in rows if row.closes >= now), rows[-1] if rows else None)


@transaction.atomic
def take(data: dict, form_key: str, user=None) -> Taken:
    """Save a lead; the same words sent twice with one form are one lead, told again with its code.

    Raises Refused when nothing is collected now, or when this form was sent before with other words.
    """
    collection = collection_now()
    if collection is None or not collection.is_open():
        raise Refused("现在不征集提案线索。", "请在征集期间再来；急事请拨打 12345 热线。", code="closed")
    given = {name: data.get(name, "") for name in ("title", "description", "place")}
    texts = {name: hide_numbers(text)[: Lead._meta.get_field(name).max_length] for name, text in given.items()}
    now, code = timezone.now(), code_of_form(form_key)
    receipt = f"XS{timezone.localdate(now).year}-{next_number(f'lead:{timezone.localdate(now).year}'):04d}"
    lead = Lead(
        collection=collection, state=LeadState.WAITING, receipt=receipt, code_hash=code_hash(receipt, code),
        form_key=hashlib.sha256(form_key.encode()).hexdigest(), received_at=now, contributor=user,
        source=LeadSource.INSIDE if user else LeadSource.PUBLIC, contact=data.get("contact", ""), **texts,
    )  # fmt: skip
    try:
        with transaction.atomic():
            open_case(LeadAct.BRING, "提交线索", lead, user or SYSTEM)
    except IntegrityError:
        lead = _sent_before(lead, texts)
    return Taken(lead, code, texts != given)


def _sent_before(again: Lead, texts: dict[str, str]) -> Lead:
    """What came with this very form: after a double click it is the second answer that people see."""
    first = Lead.objects.filter(form_key=again.form_key, contributor=again.contributor, **texts).first()
    if first is None:
        raise Refused("这条线索已经提交过了。", "不用再提交；请用得到的编号和查询码查询。", code="sent_before")
    return first


def find(receipt: str, code: str) -> Lead | None:
    """The lead whose number and code these are. A wrong number takes as long as a wrong code."""
    receipt = receipt.strip().upper()
    lead = Lead.objects.select_related("collection").filter(receipt=receipt).first()
    return lead if is_right(lead.code_hash if lead else NOBODYS, receipt, code) else None


@dataclass(frozen=True)
class Stage:
    """One thing that became of a lead, in words for its contributor; `published`: the case everybody may read."""

    words: str
    published: Proposal | None = None


WORDS = {
    P.SUBMITTED: "已有委员据此提交提案，正在审查。", P.REVIEWED: "已有委员据此提交提案，正在审查。",
    P.RETURNED: "已有委员据此提交提案，正在修改。", P.FILED: "据此提出的提案已立案，等待交办。",
    P.NOT_FILED: "据此提出的提案经审查没有立案。", P.MERGED: "据此提出的提案已与同类提案合并办理。",
    P.WITHDRAWN: "据此提出的提案已由提案人撤回。", P.HANDLING: "据此提出的提案已立案，正在办理。",
    P.REPLIED: "据此提出的提案，承办单位已经答复。", P.TRIPARTITE: "据此提出的提案，承办单位已经答复，正在会商。",
    P.CLOSED: "据此提出的提案，承办单位已经答复，办理结束。",
}  # fmt: skip


def stages(lead: Lead) -> list[Stage]:
    """What became of it. Nothing of a draft, and of a proposal nothing but its stage until it is published."""
    if lead.state == LeadState.WAITING:
        return [Stage("已收到，等待提案委筛选。")]
    if lead.state == LeadState.DECLINED:
        return [Stage(f"没有采用。原因：{lead.get_decline_reason_display()}。{lead.answer}")]
    if lead.state == LeadState.REDIRECTED:
        return [Stage(f"已转{lead.channel}办理。{lead.answer}")]
    used = Proposal.objects.received().filter(lead_use__lead=lead).select_related("session__term").order_by("pk")
    found = [Stage(WORDS[P(row.state)], row if row.published_at else None) for row in used if row.state in WORDS]
    return [Stage("已推荐给政协委员参考。"), *found]


def drafts_with(lead: Lead, user):
    """What this user began with the lead and has not submitted yet."""
    mine = Q(drafter_id=user.person_id) if user.person_id else Q(pk__in=[])
    return Proposal.objects.filter(mine, lead_use__lead=lead, state__in=P.PRIVATE)

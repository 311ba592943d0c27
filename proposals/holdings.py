"""What of the proposals is held about a person, for the copy they may take of their data (members.privacy)."""

from members.models import Person
from members.privacy.holdings import Part, register, time

from .models import Cosignature, Lead, Proposal, Rating


def _proposals(person: Person, user) -> list[list]:
    rows = Proposal.objects.filter(first_proposer=person).select_related("session__term").order_by("pk")
    return [[p.number, p.title, p.get_state_display(), time(p.submitted_at)] for p in rows]


def _cosignatures(person: Person, user) -> list[list]:
    rows = Cosignature.objects.filter(person=person).select_related("proposal__session__term").order_by("pk")
    return [[c.proposal.number, c.proposal.title, c.get_state_display(), time(c.invited_at)] for c in rows]


def _ratings(person: Person, user) -> list[list]:
    rows = Rating.objects.filter(person=person).select_related("reply__assignment__proposal__session__term")
    return [
        [r.reply.assignment.proposal.number, r.reply.assignment.proposal.title, r.get_attitude_display(),
         r.get_result_display(), r.comment, time(r.at)]
        for r in rows.order_by("pk")
    ]  # fmt: skip


def _leads(person: Person, user) -> list[list]:
    rows = Lead.objects.filter(contributor__person=person).order_by("pk")
    return [[row.receipt, row.title, row.description, row.get_state_display(), time(row.received_at)] for row in rows]


def register_own() -> None:
    register(Part("我的提案", ("案号或流水号", "案由", "状态", "提交时间"), _proposals))
    register(Part("我的联名", ("案号或流水号", "案由", "状态", "邀请时间"), _cosignatures))
    register(Part("我的评价", ("案号或流水号", "案由", "对办理工作", "对办理结果", "意见", "时间"), _ratings))
    register(Part("我提供的线索", ("编号", "标题", "情况说明", "状态", "收到时间"), _leads))

"""A small county with one person for every role, and the way of a proposal through it."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from documents.uploads import receive
from members.models import Organization, Session, User
from proposals import drafting, leads, proxies, replies
from proposals.acts import AssignmentAct, CosignatureAct, LeadAct, ProposalAct
from proposals.models import Assignment, Category, Lead, LeadCollection, Proposal
from tests.documents.files import pdf, png
from workflow.engine import perform

from . import people
from .kept import kept


@dataclass
class County:
    session: Session
    business: Category
    author: User
    cosigner: User
    invitee: User
    other_member: User
    staff: User
    head: User
    reviewer: User
    dispatch: User
    unit: Organization
    operator: User
    leader: User
    other_unit: Organization
    other_operator: User
    other_leader: User
    third_unit: Organization
    third_operator: User
    party: Organization
    contact: User
    administrator: User

    def roles(self) -> dict[str, User]:
        """Every actor by name, for matrices."""
        return {k: v for k, v in self.__dict__.items() if isinstance(v, User)}


@kept
def county() -> County:
    committee = people.organization("committee", "提案委员会", code="proposals")
    office = people.organization("dispatch", "县委县政府督查室")
    units = [people.organization("unit", name, system="government") for name in ("县教育局", "县财政局", "县水利局")]
    return County(
        session=people.session(),
        business=business_category(),
        author=people.member("周明远"),
        cosigner=people.member("李素芬"),
        invitee=people.member("郭建业"),
        other_member=people.member("赵文博"),
        staff=people.holder(committee, "staff", "何静"),
        head=people.holder(committee, "head", "孙立群"),
        reviewer=people.holder(committee, "reviewer", "马晓燕"),
        dispatch=people.holder(office, "staff", "丁国强"),
        unit=units[0],
        operator=people.holder(units[0], "operator", "吴小兰"),
        leader=people.holder(units[0], "unit_leader", "郑向东"),
        other_unit=units[1],
        other_operator=people.holder(units[1], "operator", "冯雪"),
        other_leader=people.holder(units[1], "unit_leader", "陈志刚"),
        third_unit=units[2],
        third_operator=people.holder(units[2], "operator", "曹立新"),
        party=(party := people.organization("party", "民盟西平支部")),
        contact=people.holder(party, "contact", "蒋文静"),
        administrator=people.user("系统管理员", is_superuser=True),
    )


def business_category(name: str = "教科文卫体") -> Category:
    return Category.objects.get_or_create(system="business", name=name)[0]


@kept
def draft(
    c: County, title: str = "关于加强校园周边交通管理的提案", suggestions=("增设减速带", "错时上下学")
) -> Proposal:
    """A complete draft of the author's."""
    return _written(drafting.create(c.author), c, c.author, title, suggestions)


def _written(
    proposal: Proposal, c: County, writer: User, title: str = "关于加强校园周边交通管理的提案",
    suggestions=("增设减速带", "错时上下学"),
) -> Proposal:  # fmt: skip
    data = {
        "title": title, "situation": "上下学时段校门口拥堵，存在安全隐患。",
        "business_category": c.business, "no_secrets": True, "own_work": True,
        "publish_consent": True,
    }  # fmt: skip
    return drafting.save(proposal, writer, data, suggestions=list(suggestions))


def collective_draft(c: County) -> Proposal:
    """A complete draft of the party's, by its contact."""
    return _written(drafting.create(c.contact, c.party), c, c.contact)


def convener_of(c: County) -> User:
    """The party's convener, appointed when first asked for."""
    known = User.objects.filter(person__appointments__organization=c.party, person__appointments__post="convener")
    return known.first() or people.holder(c.party, "convener", "贺敏")


def confirmed(c: County) -> Proposal:
    """The party's draft with its convener's confirmation, ready to be submitted by the contact."""
    proposal = collective_draft(c)
    perform(ProposalAct.CONFIRM_COLLECTIVE, proposal, convener_of(c))
    return proposal


@kept
def cosigning(c: County) -> Proposal:
    """A proposal on its way round: one has agreed, one is invited."""
    proposal = draft(c)
    invited = {"persons": [c.cosigner.person_id, c.invitee.person_id], "closes_at": soon()}
    perform(ProposalAct.INVITE, proposal, c.author, invited)
    perform(CosignatureAct.AGREE, proposal.cosignatures.get(person=c.cosigner.person), c.cosigner, {})
    return proposal


def soon(days: int = 2) -> str:
    return (timezone.localtime() + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")


@kept
def submitted(c: County, **fields) -> Proposal:
    proposal = draft(c, **fields)
    perform(ProposalAct.SUBMIT, proposal, c.author)
    return proposal


def received(c: County, **changes) -> proxies.Received:
    """What the committee's staff has on paper from the author."""
    text = {
        "title": "关于修补乡道的提案", "situation": "路面破损。", "business_category": c.business, "no_secrets": True,
        "own_work": False, "publish_consent": None, "publish_refusal": "",
    }  # fmt: skip
    given = {
        "source": "paper", "received_at": timezone.now() - timedelta(hours=1), "note": "", "text": text,
        "suggestions": ["补坑", "清沟"], "member": c.author.person, "scans": [scan(c.staff, "原件.png")],
    }  # fmt: skip
    return proxies.Received(**{**given, **changes})


def entered(c: County, user: User | None = None, **changes) -> Proposal:
    """代录 by the committee's staff: in 待审查."""
    return proxies.enter(user or c.staff, received(c, **changes))


@kept
def reviewed(c: County, **fields) -> Proposal:
    proposal = submitted(c, **fields)
    perform(
        ProposalAct.PRE_REVIEW, proposal, c.reviewer,
        {"recommendation": "file", "business_category": c.business.pk},
    )  # fmt: skip
    return proposal


@kept
def filed(c: County, numbered: bool = True, **fields) -> Proposal:
    proposal = reviewed(c, **fields)
    perform(ProposalAct.FILE, proposal, c.head, {})
    if numbered:
        perform(ProposalAct.NUMBER, proposal, c.staff)
    return proposal


@kept
def assigned(c: County, division: str = "sole", **fields) -> Proposal:
    proposal = filed(c, **fields)
    data = {
        "sole": {"division": "sole", "unit": c.unit.pk},
        "lead": {"division": "lead", "unit": c.unit.pk, "others": [c.other_unit.pk]},
        "separate": {"division": "separate", "others": [c.unit.pk, c.other_unit.pk]},
    }[division]
    perform(ProposalAct.ASSIGN, proposal, c.staff, data)
    return proposal


def share(proposal: Proposal, unit: Organization) -> Assignment:
    return Assignment.objects.current().get(proposal=proposal, unit=unit)


@kept
def signed(c: County, **fields) -> Assignment:
    proposal = assigned(c, **fields)
    mine = share(proposal, c.unit)
    perform(AssignmentAct.SIGN_FOR, mine, c.operator)
    return mine


def contact(c: County, mine: Assignment, operator: User | None = None) -> None:
    perform(
        AssignmentAct.LOG_CONTACT, mine, operator or c.operator,
        {
            "stage": "before", "method": "visit", "on": timezone.localdate().isoformat(),
            "participants": "提案人、经办人", "content": "听取提案人意见，商定办理思路。",
        },
    )  # fmt: skip


def write_reply(mine: Assignment, operator: User, result_class: str = "A") -> None:
    answers = {s.pk: ("adopted", "已采纳，年内完成。") for s in mine.proposal.suggestions.all()}
    due = timezone.localdate() + timedelta(days=90)
    promises = [(mine.unit, "年内完成改造", due)] if result_class == "B" else []
    data = {"body": "您提出的提案收悉，现答复如下。", "result_class": result_class}
    replies.save_draft(mine, operator, data, answers=answers, commitments=promises)


@kept
def replied(
    c: County, mine: Assignment, operator: User | None = None, leader: User | None = None,
    result_class: str = "A", proposer: User | None = None,
) -> Assignment:  # fmt: skip
    """Carry a signed-for share to its sent reply."""
    checked(c, mine, operator, leader, result_class, proposer)
    perform(AssignmentAct.SEND, mine, operator or c.operator)
    return mine


@kept
def checked(
    c: County, mine: Assignment, operator: User | None = None, leader: User | None = None,
    result_class: str = "A", proposer: User | None = None,
) -> Assignment:  # fmt: skip
    """Carry a signed-for share to a reply that only has to be sent."""
    operator, leader = operator or c.operator, leader or c.leader
    contact(c, mine, operator)
    write_reply(mine, operator, result_class)
    perform(AssignmentAct.SEND_DRAFT, mine, operator)
    perform(AssignmentAct.COMMENT_ON_DRAFT, mine, proposer or c.author, {"comment": "同意"})
    perform(AssignmentAct.SUBMIT_REPLY, mine, operator)
    perform(AssignmentAct.SIGN_OFF, mine, leader, {})
    perform(AssignmentAct.CHECK, mine, c.dispatch, {})
    return mine


def scan(owner: User, name: str = "评价表.png"):
    """A waiting upload of the owner's, as 代录 needs it."""
    return receive(SimpleUploadedFile(name, png(), "image/png"), owner)


def sealed(owner: User, name: str = "盖章答复函.pdf"):
    """A waiting upload of the owner's: the scan of a sealed letter."""
    return receive(SimpleUploadedFile(name, pdf(), "application/pdf"), owner)


def meeting(outcome: str = "agreed") -> dict:
    return {
        "on": timezone.localdate().isoformat(), "place": "县政协三楼会议室", "participants": "三方人员",
        "findings": "逐项商定。", "outcome": outcome,
    }  # fmt: skip


def rating(attitude: str = "satisfied", result: str = "satisfied", reason: str = "") -> dict:
    return {"attitude": attitude, "result": result, "reason": reason}


def quality(overall: str = "good", reason: str = "") -> dict:
    """A unit's rating of the proposal it answered."""
    return {**dict.fromkeys(("topic", "substance", "form", "benefit"), "good"), "overall": overall, "reason": reason}


def rated_and_published(c: County) -> Assignment:
    """Both sides have rated, and everybody may read it."""
    mine = replied(c, signed(c))
    perform(AssignmentAct.RATE, mine, c.author, rating())
    perform(AssignmentAct.RATE_PROPOSAL, mine, c.operator, quality())
    perform(ProposalAct.PUBLISH, mine.proposal, c.staff)
    return mine


def lead(c: County, contributor: User | None = None, title: str = "学校门口没有人行道") -> Lead:
    """A lead that waits to be screened; the session collects leads now."""
    now = timezone.now()
    LeadCollection.objects.get_or_create(
        session=c.session, defaults={"opens": now - timedelta(days=1), "closes": now + timedelta(days=9)}
    )
    words = {"title": title, "description": "上下学时车多人挤，存在隐患。", "place": "柏城街道"}
    return leads.take(words, f"factory-{Lead.objects.count()}", contributor).lead


def offered_lead(c: County, **fields) -> Lead:
    one = lead(c, **fields)
    perform(LeadAct.OFFER, one, c.staff, {})
    return one


def amended(proposal, word: str) -> dict:
    """Every part changed: one suggestion reworded, one left out, one new."""
    return {"title": f"新案由{word}", "situation": "新的情况。", "suggestions": ["错时上下学"] * 3, "reason": "有变化"}

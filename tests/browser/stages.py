"""A case at every stage, so that every page and every act has somebody who may open it."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from announcements.models import Announcement
from consultations.models import Idea, Outcome, Plan, Recommendation, Topic
from grassroots.models import Matter, Venue
from members.models import Member, Person
from members.periods import today
from members.privacy import reveals
from members.profile import deciding, requesting
from notices.delivery import deliver_due
from opinions.models import OpinionReport, Transfer
from proposals import awards
from proposals.acts import AssignmentAct, ProposalAct
from proposals.models import Assignment, Commitment, ExtensionRequest, Proposal
from tests.factories import announcements, consultations, grassroots, opinions, people
from tests.factories import county as make
from workflow.engine import perform


@dataclass
class Stages:
    empty: Proposal
    draft: Proposal
    cosigning: Proposal
    submitted: Proposal
    by_proxy: Proposal
    reviewed: Proposal
    returned: Proposal
    rejected: Proposal
    suggested: Proposal
    merged: Proposal
    late: Proposal
    filed: Proposal
    numbered: Proposal
    closed: Proposal
    awaiting: Assignment
    unwanted: Assignment
    prolonging: ExtensionRequest
    overdue: Assignment
    handling: Assignment
    assisting: Assignment
    drafted: Assignment
    awaiting_sign_off: Assignment
    awaiting_check: Assignment
    checked: Assignment
    replied: Assignment
    supplemented: Assignment
    second_round: Assignment
    tripartite: Assignment
    promise: Commitment
    candidate: Proposal
    supervised: Proposal
    demanded: Assignment
    announced: Announcement
    unsent: Announcement
    reported: OpinionReport
    reported_part: Transfer
    unreported: OpinionReport
    asking: Topic
    next_plan: Plan
    idea: Idea
    recommended: Recommendation
    unwritten: Outcome
    matter: Matter
    talking: Matter
    room: Venue


def every_stage(c) -> Stages:
    """Each case is called after its stage."""
    _personal(c)
    main = _handled(c)
    return Stages(
        **_written(c), **_decided(c), **main, **_answered(c), **_supervised(c), **_consulted(c),
        assisting=make.share(main["handling"].proposal, c.other_unit),
        announced=announcements.published(c, priority="urgent", receipt_required=True), unsent=announcements.draft(c),
        reported=(part := opinions.handed_over(c, opinions.issued(c))).report, reported_part=part, unreported=opinions.draft(c), **_consulting(),
    )  # fmt: skip


def _consulted(c) -> dict:
    """A topic on which opinions are taken, a plan on its way, a recommendation that is being done, a draft."""
    c.office = consultations.house(c).office
    c.office.password = c.staff.password
    c.office.save(update_fields=["password"])
    recommended, asking = consultations.answered(c), consultations.asking(c, anonymous=True)
    for who in (c.author, c.other_member):
        consultations.opinion(asking, who)
    idea = consultations.idea(c, later := consultations.new_plan(c))
    unwritten = consultations.outcome(c, consultations.held(c))
    return {
        "asking": asking,
        "next_plan": later,
        "idea": idea,
        "recommended": recommended,
        "unwritten": unwritten,
    }


def _consulting() -> dict:
    """A matter on which units work, and one before its meeting."""
    r = grassroots.rooms()
    return {"matter": grassroots.matter(r, "handling"), "talking": grassroots.matter(r, "convening"), "room": r.village}


def _personal(c) -> None:
    """The author and another member have agreed to the notice; there is something on every part of the profile."""
    for who, phone in ((c.author, "13900000001"), (c.other_member, "13900000002")):
        Person.objects.filter(pk=who.person_id).update(phone=phone)
        people.agree(who)
    changes = requesting.request(c.author.person, {"employer": "县二高", "position": "校长"})
    deciding.refuse(changes[0], c.staff, "请附调动文件。")
    reveals.note(c.other_member, c.author.person, reveals.DIRECTORY)


def _written(c) -> dict:
    from proposals import drafting

    empty = drafting.save(drafting.create(c.author), c.author, {"title": "空白"}, suggestions=[])
    cosigning = make.cosigning(c)
    drafting_only = make.draft(c, title="关于草稿的提案")
    return {"empty": empty, "draft": drafting_only, "cosigning": cosigning, "by_proxy": make.entered(c)}


def _decided(c) -> dict:
    returned, rejected = make.reviewed(c, title="关于退回修改的提案"), make.reviewed(c, title="关于不予立案的提案")
    perform(ProposalAct.RETURN, returned, c.head, {"reason": "请把两件事分开写。"})
    reason = {"rejection_reason": _reason(), "disposition": "letter", "reason": "属个人诉求。"}
    perform(ProposalAct.REJECT, rejected, c.head, reason)
    suggested, merged, late = (
        make.reviewed(c, title=f"关于{word}的提案") for word in ("转意见建议", "并案", "逾期未改")
    )
    suggestion = {**reason, "disposition": "suggestion", "disposition_unit": c.unit.pk}
    perform(ProposalAct.REJECT, suggested, c.head, suggestion)
    main = make.filed(c, title="关于主提案的提案")
    perform(ProposalAct.MERGE, merged, c.head, {"into": main.pk, "reason": "内容相同"})
    perform(ProposalAct.RETURN, late, c.head, {"reason": "请补充数据。"})
    Proposal.objects.filter(pk=late.pk).update(change_due_on="2026-01-05")
    return {
        "submitted": make.submitted(c, title="关于待审查的提案"), "reviewed": make.reviewed(c, title="关于待审定的提案"),
        "returned": returned, "rejected": rejected, "suggested": suggested, "merged": merged, "late": late, "filed": make.filed(c, numbered=False, title="关于待编号的提案"),
        "numbered": make.filed(c, title="关于待交办的提案"),
    }  # fmt: skip


def _reason() -> int:
    from proposals.models import RejectionReason

    return RejectionReason.objects.filter(active=True).first().pk


def _handled(c) -> dict:
    awaiting = make.share(make.assigned(c, title="关于待签收的提案"), c.unit)
    Assignment.objects.filter(pk=awaiting.pk).update(sign_due_on=today() - timedelta(days=3))
    unwanted = make.signed(c, title="关于申请退办的提案")
    wish = {"reason": "不属本单位职责。", "suggested_unit": c.third_unit.pk}
    perform(AssignmentAct.REQUEST_RETURN, unwanted, c.operator, wish)
    handling = make.signed(c, title="关于主办会办的提案", division="lead")
    make.contact(c, handling)
    perform(AssignmentAct.SIGN_FOR, make.share(handling.proposal, c.other_unit), c.other_operator)
    make.write_reply(handling, c.operator, "B")
    drafted = make.signed(c, title="关于征求意见的提案")
    make.contact(c, drafted)
    make.write_reply(drafted, c.operator, "B")
    perform(AssignmentAct.SEND_DRAFT, drafted, c.operator)
    late, overdue = make.signed(c, title="关于申请延期的提案"), make.signed(c, title="关于超过六个月的提案")
    wanted = {"wanted_on": (late.due_on + timedelta(days=9)).isoformat(), "reason": "需专家论证。"}
    perform(AssignmentAct.REQUEST_EXTENSION, late, c.operator, wanted)
    long_ago = timezone.now() - timedelta(days=200)
    Assignment.objects.filter(pk=overdue.pk).update(first_assigned_at=long_ago, due_on=timezone.localdate(long_ago))
    return {
        "awaiting": awaiting, "unwanted": unwanted, "handling": handling, "drafted": drafted,
        "prolonging": late.extensions.get(), "overdue": overdue,
    }  # fmt: skip


def _answered(c) -> dict:
    signing = make.signed(c, title="关于待审签的提案")
    make.contact(c, signing)
    make.write_reply(signing, c.operator, "B")
    perform(AssignmentAct.SEND_DRAFT, signing, c.operator)
    perform(AssignmentAct.COMMENT_ON_DRAFT, signing, c.author, {"comment": "同意。"})
    perform(AssignmentAct.SUBMIT_REPLY, signing, c.operator)
    checking = make.checked(c, make.signed(c, title="关于待发出的提案"))
    waiting = _unchecked(c)
    replied = make.replied(c, make.signed(c, title="关于待评价的提案"), result_class="B")
    supplemented = make.replied(c, make.signed(c, title="关于补充答复的提案"))
    perform(AssignmentAct.NOTE, supplemented, c.leader, {"reason": "请把完成日期写上。"})
    perform(AssignmentAct.WRITE_SUPPLEMENT, supplemented, c.operator, {"body": "减速带已经安装完毕。"})
    awards.open_selection(c.session)
    return {
        "promise": replied.proposal.commitments.get(), "awaiting_sign_off": signing, "awaiting_check": waiting, "checked": checking, "replied": replied,
        "supplemented": supplemented,
        "second_round": _dissatisfied(c, 1), "tripartite": _dissatisfied(c, 2), "closed": _closed(c),
    }  # fmt: skip


def _unchecked(c) -> Assignment:
    """Signed off, not yet checked."""
    mine = make.signed(c, title="关于待复核的提案")
    make.contact(c, mine)
    make.write_reply(mine, c.operator)
    perform(AssignmentAct.SEND_DRAFT, mine, c.operator)
    perform(AssignmentAct.COMMENT_ON_DRAFT, mine, c.author, {"comment": "同意。"})
    perform(AssignmentAct.SUBMIT_REPLY, mine, c.operator)
    perform(AssignmentAct.SIGN_OFF, mine, c.leader, {})
    return mine


def _dissatisfied(c, times: int) -> Assignment:
    mine = make.signed(c, title=f"关于 {times} 次不满意的提案")
    for _ in range(times):
        make.replied(c, mine)
        perform(AssignmentAct.RATE, mine, c.author, make.rating("satisfied", "dissatisfied", "没有解决。"))
    return mine


def _closed(c) -> Proposal:
    mine = make.replied(c, make.signed(c, title="关于办结公开的提案"))
    perform(AssignmentAct.RATE, mine, c.author, make.rating())
    perform(ProposalAct.PUBLISH, mine.proposal, c.staff)
    return mine.proposal


def _supervised(c) -> dict:
    """A candidate, and a 重点提案 led by a vice-chair with a record that asks the unit something."""
    Member.objects.filter(person=c.other_member.person).update(seat_kind="vice_chair")
    leader = people.holder(people.organization("leadership", "县政府"), "leader", "林志远")
    candidate = make.filed(c, title="关于候选的提案")
    demanded = make.signed(c, title="关于重点督办的提案")
    key, day = demanded.proposal, timezone.localdate().isoformat()
    for one in (candidate, key):
        perform(ProposalAct.NOMINATE_KEY, one, c.staff, {"reason": "群众关注。"})
    perform(ProposalAct.DECIDE_KEY, key, c.head, {"on": day, "document_number": "西协办〔2026〕3号"})
    names = {"leader": leader.person_id, "supervisor": c.other_member.person_id}
    perform(ProposalAct.NAME_LEADERS, key, c.staff, names)
    asked = {"unit_1": demanded.pk, "demand_1": "倒排工期。", "due_1": day}
    seen = {"form": "visit", "on": day, "participants": "提案人、县教育局", "findings": "进度偏慢。", **asked}
    perform(ProposalAct.SUPERVISE, key, c.staff, seen)
    perform(ProposalAct.INSTRUCT, key, leader, {"text": "请抓紧。"})
    return {"candidate": candidate, "supervised": key, "demanded": demanded}


def deliver_everything() -> None:
    """What the worker would have done: put the notices into the inboxes."""
    while deliver_due():
        pass

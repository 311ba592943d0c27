"""What must hold before an act: each refuses with its own sentence and the next step."""

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime

from workflow.errors import Refused
from workflow.querysets import roles_among
from workflow.transition import Step

from .collective import conveners, is_confirmed
from .kinds import AssignmentKind, ProxyAnswer, ResultClass, Timing
from .models import Proposal
from .publishing.drafts import replies_to_publish
from .ratings import has_rated, not_yet_rated, unrated_people
from .replies import passed_positions, reply_to_act_on, unanswered_positions
from .request_facts import facts_of
from .roles import Role
from .states import ProposalState
from .validators import missing


def ready_to_submit(step: Step) -> None:
    gaps = missing(step.case)
    if gaps:
        sentences = "；".join(sentence for _field, sentence in gaps)
        raise Refused(f"还不能提交：{sentences}。", "请点“继续编写”补充后再提交。", code="incomplete")


def ready_to_invite(step: Step) -> None:
    is_personal(step)
    ready_to_submit(step)
    if step.case.state == ProposalState.COSIGNING:
        cosigning_is_open(step)


def cosigning_is_open(step: Step) -> None:
    """The closing second itself still belongs to the co-signing."""
    closes = step.case.cosigning_closes
    if closes and closes < step.at:
        raise Refused("联名截止时间已过，提案即将自动提交。", "请稍候刷新，或直接点“提交”。", code="cosigning_over")


def is_personal(step: Step) -> None:
    if step.case.first_proposer_id is None:
        raise Refused("集体提案不邀请个人联名。", "请直接提交。", code="collective")


def nobody_agreed_yet(step: Step) -> None:
    refusal = why_agreed_text_stays(step.case)
    if refusal is not None:
        raise refusal


def why_agreed_text_stays(proposal: Proposal) -> Refused | None:
    """The refusal to change a text to which somebody has agreed; None while nobody has."""
    if not proposal.cosignatures.agreed().exists():
        return None
    return Refused("已有委员同意联名，文字不能再改。", "如确需修改，请提交后点“申请修改文字”。", code="agreed")


def proxy_can_be_confirmed(step: Step) -> None:
    proposal: Proposal = step.case
    if not proposal.by_proxy:
        raise Refused("这件提案不是代录的。", "不需要确认。", code="not_proxy")
    if proposal.proxy_answer == ProxyAnswer.CONFIRMED:
        raise Refused("这件代录的提案已经确认过。", "如需改动，请联系提案委退回修改。", code="proxy_answered")
    if proposal.entered_by_id == step.actor.pk:
        raise Refused("自己代录的提案不能由自己确认。", "请由提案单位的其他联系人或召集人确认。", code="own_entry")


def proxy_can_be_disputed(step: Step) -> None:
    proxy_can_be_confirmed(step)
    if step.case.proxy_answer == ProxyAnswer.DISPUTED:
        raise Refused("您已经反映过有出入的地方。", "请等提案委核对；核对清楚后可点“确认无误”。", code="proxy_answered")


def cosigning_time_is_over(step: Step) -> None:
    closes = step.case.cosigning_closes
    if closes is None or closes >= step.at:
        raise Refused("联名时间未到。", "到时由系统自动提交。", code="not_yet")


def invitation_is_open(step: Step) -> None:
    proposal = step.case.proposal
    if proposal.state != ProposalState.COSIGNING:
        raise Refused("联名已经结束。", "如仍想支持这件提案，请与第一提案人联系。", code="cosigning_over")
    if proposal.cosigning_closes and proposal.cosigning_closes < step.at:
        raise Refused("联名截止时间已过。", "如仍想支持这件提案，请与第一提案人联系。", code="cosigning_over")


def may_sign(step: Step) -> None:
    invitation_is_open(step)
    if not step.case.is_in_office():
        raise Refused("您已不担任委员，不能再联名。", "如任职登记有误，请联系提案委核对。", code="no_seat")


def may_be_asked_again(step: Step) -> None:
    invitation_is_open(step)
    if not step.case.is_in_office():
        raise Refused(f"{step.case.person}已不担任委员。", "请另邀其他委员联名。", code="no_seat")


def convener_can_be_asked(step: Step) -> None:
    proposal = step.case
    if roles_among(proposal, {Role.CONVENER}):
        raise Refused("您就是召集人。", "请直接点“召集人确认”或提交。", code="own_confirmation")
    awaits_confirmation(step)
    if not conveners(proposal).exists():
        raise Refused(
            f"系统里没有登记{proposal.organization}的召集人。", "请上传盖章（签字）原件的扫描件，或联系提案委登记召集人。",
            code="no_convener",
        )  # fmt: skip


def awaits_confirmation(step: Step) -> None:
    ready_to_submit(step)
    if is_confirmed(step.case):
        raise Refused("召集人已经确认了这份文字。", "可以提交了。", code="confirmed")


def support_is_open(step: Step) -> None:
    closes = step.case.session.support_closes
    if closes and closes < step.at:
        raise Refused(
            f"附议时间已于 {date_format(localtime(closes), 'n月j日 H:i')} 截止。", "如仍想支持这件提案，请与第一提案人联系。",
            code="support_over",
        )  # fmt: skip


def came_late(step: Step) -> None:
    proposal = step.case
    if proposal.timing != Timing.ADJOURNED or not proposal.submitted_at:
        raise Refused("这件提案已经是大会提案。", "不需要另行准予。", code="on_time")
    if proposal.submitted_at <= proposal.session.window_closes:
        raise Refused("这件提案不是大会截止之后提交的。", "请核对届次和征集时间。", code="on_time")


def was_admitted(step: Step) -> None:
    if not step.case.admitted_late:
        raise Refused("这件提案没有经过逾期准予。", "不需要撤销。", code="not_admitted")


def nothing_merged_in(step: Step) -> None:
    if facts_of(step.case)["has_merged"]:
        raise Refused("已有提案并入本案。", "请先撤销那些提案的并案决定。", code="has_merged")


def not_moved_offline(step: Step) -> None:
    if step.case.moved_offline_at:
        raise Refused("这件提案已经转线下办理。", "不需要再转；后续请按保密要求在线下办理。", code="offline")


def not_offline_yet(step: Step) -> None:
    not_moved_offline(step)
    nothing_merged_in(step)


def not_numbered(step: Step) -> None:
    if step.case.is_numbered:
        raise Refused(f"已经编号：{step.case.number}。", "无需再次编号。", code="numbered")


def numbered(step: Step) -> None:
    if not step.case.is_numbered:
        raise Refused("这件提案还没有编号。", "请先编号，再交办。", code="not_numbered")


def all_answered(step: Step) -> None:
    if step.case.assignments.unanswered().exists():
        raise Refused("还有承办单位没有答复。", "等全部答复后由系统转入评价。", code="unanswered")


def return_is_in_time(step: Step) -> None:
    if step.case.round > 1:
        raise Refused(
            "再次办理的提案不能退办。", "请在期限内再次答复；确有困难的，请联系交办机构。", code="later_round"
        )
    limit = step.case.return_due_on
    if limit and step.day > limit:
        raise Refused(
            f"退办期限 {date_format(limit)} 已过，不能再申请退办。",
            "如确不属本单位职责，请联系交办机构，由交办机构或提案委负责人改交。",
            code="return_late",
        )


def may_be_reassigned(step: Step) -> None:
    """A further round answers the rating of this very unit's reply."""
    if step.case.round > 1:
        raise Refused(
            "再次办理的提案不能改交。",
            "请由原单位再次答复；需要其他单位参与的，请组织三方会商商定。",
            code="later_round",
        )


def may_have_assistants(step: Step) -> None:
    """Who answers alone or leads, in the first round; the row of the table says until when."""
    if step.case.is_assist:
        raise Refused("会办单位不另设会办单位。", "请在主办单位的交办件上增加。", code="assist")
    if step.case.is_separate:
        raise Refused("分办的各单位分别答复提案人，不设会办单位。", "请由各单位分别答复。", code="separate")
    if step.case.round > 1:
        raise Refused("再次办理的提案不再增加会办单位。", "请由承办单位自行征求有关单位意见。", code="later_round")


def is_answering(step: Step) -> None:
    if step.case.is_assist:
        raise Refused("会办单位不直接答复提案人。", "请报送会办意见，由主办单位答复。", code="assist")


def is_assisting(step: Step) -> None:
    if not step.case.is_assist:
        raise Refused("本单位是答复单位。", "请撰写答复稿。", code="answering")


def draft_is_complete(step: Step) -> None:
    """The reply says something to each suggestion, with a class, and promises when it is B."""
    is_answering(step)
    gaps = _reply_gaps(step, reply_to_act_on(step.case))
    if gaps:
        raise Refused(f"答复稿还缺：{'；'.join(gaps)}。", "请点“撰写答复”补充。", code="reply_incomplete")


def _reply_gaps(step: Step, reply) -> list[str]:
    if reply is None or not reply.body.strip():
        return ["答复正文"]
    gaps = []
    if not reply.result_class:
        gaps.append("办理结果（A、B、C、D）")
    if reply.has_gaps:
        open_items = unanswered_positions(step.case, reply)
        gaps.append("第" + "、".join(map(str, open_items)) + "条建议的采纳情况")
    if reply.result_class == ResultClass.B and not reply.promised:
        gaps.append("B 类答复至少一项承诺事项（责任单位、期限）")
    if reply.half_promised:
        gaps.append("承诺事项的内容、责任单位或期限（没有写完的请补上或删去）")
    if passed := _passed_promises(step, reply):
        gaps.append(f"{passed}（原填的已过，请改填）")
    return gaps


def _passed_promises(step: Step, reply) -> str:
    """第1、2项承诺的完成期限; "" while none was due before today. Asked for only where there is one."""
    if reply.first_due_on is None or reply.first_due_on >= step.day:
        return ""
    return f"第{'、'.join(map(str, passed_positions(reply, step.day)))}项承诺的完成期限"


def promises_lie_ahead(step: Step) -> None:
    """Time goes by while a reply is being approved; what comes back from the office can be dated anew."""
    reply = reply_to_act_on(step.case)
    if reply is not None and (passed := _passed_promises(step, reply)):
        raise Refused(
            f"{passed}已过。", "请交办机构点“复核退回”，由承办单位改填期限后重新报审签。", code="promise_passed"
        )


def draft_may_be_sent(step: Step) -> None:
    """Once; again when it was changed after the comment, or at once when class or verdicts are others now."""
    draft_is_complete(step)
    reply = reply_to_act_on(step.case)
    if not reply.draft_sent_at or reply.differs:
        return
    if _awaits_comment(reply, step):
        raise Refused("答复稿已送提案人征求意见。", "请等待提案人的意见。", code="draft_sent")
    if reply.saved_at is None or reply.saved_at <= (reply.commented_at or reply.draft_sent_at):
        raise Refused(
            "这份答复稿已征求过提案人意见，之后没有改动。",
            "可以直接报审签；有改动的，保存后可以再送。",
            code="draft_sent",
        )


def _awaits_comment(reply, step: Step) -> bool:
    return not reply.commented_at and bool(reply.comment_due_on) and reply.comment_due_on >= step.day


def draft_awaits_comment(step: Step) -> None:
    reply = reply_to_act_on(step.case)
    if reply is None or not reply.draft_sent_at:
        raise Refused("承办单位还没有送来答复稿。", "收到答复稿后再提意见。", code="no_draft")
    if reply.commented_at:
        raise Refused(
            "您已对这份答复稿提过意见。", "承办单位改动较大再送来时，可以再提；正式答复后请您评价。", code="commented"
        )


def reply_is_ready(step: Step) -> None:
    """No reply without a contact, a class, all 会办 opinions in or expired, and the proposer's comment (design §6)."""
    draft_is_complete(step)
    _contacted(step)
    opinions_are_in(step)
    _commented_or_waited(step)


def _contacted(step: Step) -> None:
    if not reply_to_act_on(step.case).contacted:
        raise Refused("还没有与提案人联系的记录。", "请先登记至少一次面商，再报审签。", code="no_contact")


def opinions_are_in(step: Step) -> None:
    if step.case.kind != AssignmentKind.LEAD:
        return
    waiting = step.case.assistants.open().filter(due_on__gte=step.day)
    names = [str(row.unit) for row in waiting.select_related("unit")]
    if names:
        raise Refused(
            f"还在等待会办意见：{'、'.join(names)}。", "请催请会办单位，或等到会办期限之后。", code="waiting_opinions"
        )


def _commented_or_waited(step: Step) -> None:
    if not settings.REPLY_DRAFT_FOR_COMMENT:
        return
    reply = reply_to_act_on(step.case)
    if not reply.draft_sent_at:
        raise Refused("答复稿还没有征求提案人意见。", "请先点“送提案人征求意见”。", code="draft_not_sent")
    if reply.differs:
        raise Refused(
            "征求意见以后改过办理结果或采纳情况，提案人还没有看到。",
            "请再点一次“送提案人征求意见”。",
            code="draft_changed",
        )
    if _awaits_comment(reply, step):
        raise Refused(
            f"提案人还没有对答复稿提出意见（期限 {date_format(reply.comment_due_on)}）。", "请等待意见，或在期限过后再报审签。", code="waiting_comment"
        )  # fmt: skip


def checked(step: Step) -> None:
    reply = reply_to_act_on(step.case)
    if reply is None or not reply.checked_at:
        raise Refused("答复稿还没有经交办机构复核。", "请等待复核通过后再发出。", code="not_checked")


def not_checked_yet(step: Step) -> None:
    reply = reply_to_act_on(step.case)
    if reply is not None and reply.checked_at:
        raise Refused("这份答复已经复核通过。", "请由承办单位发出。", code="checked")
    promises_lie_ahead(step)


def not_rated_yet(step: Step) -> None:
    has_reply(step)
    if has_rated(step.case, step.actor):
        raise Refused("您已评价过这份答复。", "评价提交后不能更改；如有误，请联系提案委。", code="rated")


def somebody_is_left_to_rate(step: Step) -> None:
    has_reply(step)
    if not unrated_people(step.case).exists():
        raise Refused("这份答复的提案人和联名人都已评价。", "不需要代录。", code="rated")


def has_reply(step: Step) -> None:
    if reply_to_act_on(step.case) is None:
        raise Refused("系统里没有登记这份答复，不能评价。", "请联系提案委核对台账。", code="no_reply")


def may_be_published(step: Step) -> None:
    """Three consents: the proposer's, a unit's attribute, and the committee's act itself (domain §3.6)."""
    not_published(step)
    proposal: Proposal = step.case
    if not proposal.publish_consent:
        raise Refused(
            "提案人没有同意公开。", "如需公开，请先征得提案人同意，再由提案委负责人点“更正”登记。", code="no_consent"
        )
    if not replies_to_publish(proposal):
        raise Refused(
            "没有一份答复属于“主动公开”。",
            "请与承办单位核对公开属性；登记有误的，由提案委负责人点“更正答复登记”。",
            code="not_disclosed",
        )


def not_published(step: Step) -> None:
    """Published since the latest reply; after a later round's reply the new text may be published."""
    published, replied = step.case.published_at, step.case.replied_at
    if published and (replied is None or published >= replied):
        raise Refused("这件提案已经公开。", "如需撤下或改动，请先点“撤下公开”，改好再公开。", code="published")


def is_published(step: Step) -> None:
    if not step.case.published_at:
        raise Refused("这件提案没有公开。", "不需要撤下。", code="not_published")


def rating_time_is_over(step: Step) -> None:
    """Every answering share that has no deciding rating is past its rating date."""
    dates = list(not_yet_rated(step.case).values_list("rating_due_on", flat=True))
    if not dates or any(day is None or day >= step.day for day in dates):
        raise Refused("评价期限未到。", "到期仍未评价的，由系统办结。", code="not_yet")

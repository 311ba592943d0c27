"""The states of a proposal and its children, their public names, and their named groups."""

from enum import nonmember

from django.db import models


class ProposalState(models.TextChoices):
    DRAFT = "draft", "草稿"
    COSIGNING = "cosigning", "联名确认中"
    SUBMITTED = "submitted", "待审查"
    REVIEWED = "reviewed", "待审定"
    RETURNED = "returned", "退回修改"
    FILED = "filed", "已立案（待交办）"
    NOT_FILED = "not_filed", "不予立案"
    MERGED = "merged", "并案"
    WITHDRAWN = "withdrawn", "撤案"
    HANDLING = "handling", "办理中"
    REPLIED = "replied", "已答复（待评价）"
    TRIPARTITE = "tripartite", "三方会商"
    CLOSED = "closed", "办结"

    # Named groups; no list of states stands anywhere else.
    PRIVATE = nonmember(("draft", "cosigning"))
    EDITABLE = nonmember(("draft", "returned"))
    PENDING = nonmember(("submitted", "reviewed", "returned"))
    UNDER_REVIEW = nonmember(("submitted", "reviewed"))
    WITH_UNIT = nonmember(("handling", "replied", "tripartite"))
    FILED_ON = nonmember(("filed", "handling", "replied", "tripartite", "closed"))
    HANDED_ON = nonmember(("handling", "replied", "tripartite", "closed"))
    ANSWERED = nonmember(("replied", "tripartite", "closed"))
    PUBLISHABLE = nonmember(("replied", "closed"))
    AFTER_RATING = nonmember(("tripartite", "closed"))
    DECIDED = nonmember(("filed", "not_filed", "merged", "returned"))
    UNSUBMITTED = nonmember(("draft", "cosigning", "returned"))
    BEFORE_FILING = nonmember(("draft", "cosigning", "submitted", "reviewed", "returned"))
    FINISHED = nonmember(("not_filed", "merged", "withdrawn", "closed"))
    # Similar cases: those compared at all, and those whose existence everybody who writes may learn.
    COMPARED = nonmember(
        ("submitted", "reviewed", "returned", "filed", "not_filed", "merged", "handling", "replied", "tripartite",
         "closed")
    )  # fmt: skip
    KNOWN_TO_WRITERS = nonmember(("filed", "merged", "handling", "replied", "tripartite", "closed"))
    MAY_GO_OFFLINE = nonmember(("submitted", "reviewed", "filed", "not_filed", "merged"))
    AMENDABLE = nonmember(("submitted", "reviewed", "filed", "handling"))
    WITHDRAWABLE = nonmember(("filed", "handling"))
    IN_LEDGERS = nonmember(
        ("submitted", "returned", "filed", "not_filed", "merged", "withdrawn", "handling", "replied", "closed")
    )


class AssignmentState(models.TextChoices):
    AWAITING_SIGN = "awaiting_sign", "待签收"
    HANDLING = "handling", "办理中"
    RETURN_REQUESTED = "return_requested", "申请退办"
    AWAITING_SIGN_OFF = "awaiting_sign_off", "待审签"
    AWAITING_CHECK = "awaiting_check", "待复核"
    REPLIED = "replied", "已答复"
    OPINION_GIVEN = "opinion_given", "已报会办意见"
    OPINION_MISSED = "opinion_missed", "逾期未报会办意见"
    RECALLED = "recalled", "已撤回"

    OPEN = nonmember(("awaiting_sign", "handling", "return_requested", "awaiting_sign_off", "awaiting_check"))
    BEFORE_REPLY = nonmember(("awaiting_sign", "handling"))
    WITH_THE_UNIT = nonmember(("awaiting_sign", "handling", "awaiting_sign_off", "awaiting_check"))
    DONE = nonmember(("replied", "opinion_given"))
    OVER = nonmember((*DONE, "opinion_missed"))
    FINISHED = nonmember(("opinion_given", "opinion_missed", "recalled"))
    BEING_APPROVED = nonmember(("awaiting_sign_off", "awaiting_check"))
    BEFORE_SIGNING = nonmember(("awaiting_sign", "handling", "return_requested", "awaiting_sign_off"))
    MISSABLE = nonmember(("awaiting_sign", "handling", "awaiting_sign_off"))
    RECALLABLE = nonmember((*OPEN, "opinion_given", "opinion_missed"))
    IN_CONTACT = nonmember(("handling", "replied"))
    HELD = nonmember((*OPEN, *OVER))
    IN_LEDGERS = nonmember(("handling", "replied", "opinion_given"))
    IN_HAND = nonmember((*OPEN, *OVER))


class CosignatureState(models.TextChoices):
    INVITED = "invited", "待确认"
    AGREED = "agreed", "同意联名"
    DECLINED = "declined", "谢绝"
    EXPIRED = "expired", "未确认"
    RECALLED = "recalled", "已撤回邀请"
    TAKEN_BACK = "taken_back", "已撤回附议"

    OPEN = nonmember(("invited",))
    STANDING = nonmember(("invited", "agreed"))
    NOT_SIGNED = nonmember(("declined", "expired", "recalled", "taken_back"))
    FINISHED = nonmember(("agreed", "expired"))
    IN_LEDGERS = nonmember(("agreed",))


class ChangeRequestState(models.TextChoices):
    PENDING = "pending", "待提案委决定"
    GRANTED = "granted", "已同意"
    REFUSED = "refused", "未同意"
    TAKEN_BACK = "taken_back", "已撤回"
    LAPSED = "lapsed", "已失效"

    FINISHED = nonmember(("granted", "refused", "taken_back", "lapsed"))


class ExtensionState(models.TextChoices):
    PENDING = "pending", "待交办机构决定"
    GRANTED = "granted", "已同意延期"
    REFUSED = "refused", "未同意延期"
    LAPSED = "lapsed", "已失效"

    FINISHED = nonmember(("granted", "refused", "lapsed"))


# The tone in which a state is shown; the word always stands beside the colour.
TONES = {
    "draft": "neutral", "cosigning": "info", "submitted": "info", "reviewed": "info",
    "returned": "warning", "filed": "info", "not_filed": "neutral", "merged": "neutral",
    "withdrawn": "neutral", "handling": "info", "replied": "warning", "tripartite": "danger",
    "closed": "success", "awaiting_sign": "warning", "return_requested": "warning",
    "awaiting_sign_off": "info", "awaiting_check": "info", "opinion_given": "success", "opinion_missed": "danger",
    "recalled": "neutral", "invited": "warning", "agreed": "success", "declined": "neutral",
    "expired": "neutral", "pending": "warning", "granted": "success", "refused": "neutral",
    "taken_back": "neutral", "lapsed": "neutral", "waiting": "warning", "offered": "info",
    "redirected": "neutral", "used": "success",
    "open": "info", "reported_done": "warning", "done": "success", "voided": "neutral",
}  # fmt: skip

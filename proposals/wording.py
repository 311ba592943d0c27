"""What people read around an act: what will follow from it, and what is said once it is done."""

from .acts import AssignmentAct as A
from .acts import ChangeRequestAct as R
from .acts import CosignatureAct as C
from .acts import ProposalAct as P

# act: (before doing it, after it was done)
PROPOSAL = {
    P.HAND_OVER: ("委员会收到消息，核对后由本人提交；之前您还可以继续修改。", "已送委员本人核对。"),
    P.INVITE: (
        "受邀委员会收到邀请。有人同意联名后，文字就不能再改；截止时间一到，提案自动提交。",
        "邀请已发出。",
    ),
    P.BACK_TO_DRAFT: ("提案回到草稿，可以继续修改；已发出的邀请暂停。", "已回到草稿，可以继续修改。"),
    P.SUBMIT: ("提交后由提案委审查，文字随即锁定；还没有答复的联名邀请作废。", "提案已提交。"),
    P.WITHDRAW: ("撤回后这件提案不再办理，也不能恢复；如需再提，请另写一件。", "提案已撤回。"),
    P.PRE_REVIEW: ("提交后由提案委负责人审定。您的初审意见只在提案委内部可见。", "初审意见已提交。"),
    P.REVIEW_AGAIN: ("提案退回审查员重新初审，提案人不会收到通知。", "已退回重审。"),
    P.FILE: ("立案后编号、交办。提案人会收到通知。", "已立案。"),
    P.RETURN: ("提案退回提案人修改，修改后重新提交。提案人会收到您写的意见。", "已退回提案人修改。"),
    P.REJECT: ("提案不再办理，按所选去向处理。提案人会收到通知和您写的说明。", "已作不予立案处理。"),
    P.MERGE: ("本案不再单独办理，随主提案一并答复；提案人和主提案的提案人都会收到通知。", "已并案。"),
    P.UNDO_DECISION: ("提案回到“待审定”，已编的案号仍归本案。提案人会收到通知。", "决定已撤销，提案回到待审定。"),
    P.NUMBER: ("给提案编上本次会议的下一个案号，编后不变、不重用。", "已编号。"),
    P.ASSIGN: ("交给承办单位签收办理，答复期限从交办之日起算。单位和提案人会收到通知。", "已交办。"),
    P.RECORD_MEETING: ("会商结果登记后不能更改；“达成一致”即办结，“再次办理”则由单位重新办理。", "会商情况已登记。"),
    P.PUBLISH: ("提案和答复将在门户网站公开，不登录也能看到；联系电话不公开。", "已公开。"),
    P.UNPUBLISH: ("网站上不再显示这件提案和答复。", "已撤下。"),
    P.ASK_AMEND: (
        "改动由提案委对照后决定，决定之前提案照原来的文字办理。承办单位答复以后不能再改。",
        "修改申请已提交，由提案委决定。",
    ),
    P.ASK_WITHDRAWAL: (
        "由提案委决定，联名人会收到通知并可以表示意见。同意后提案不再办理、不能恢复，案号保留不再另用。",
        "撤案申请已提交，由提案委决定。",
    ),
    P.CORRECT: ("更正即时生效，改前改后的内容都留在办理记录里。", "已更正。"),
}

ASSIGNMENT = {
    A.SIGN_FOR: ("签收后由本单位办理；如不属本单位职责，请在退办期限内申请退办。", "已签收。请尽快与提案人联系。"),
    A.REQUEST_RETURN: ("由交办机构决定。决定之前答复期限不停止计算。", "退办申请已提交，等待交办机构决定。"),
    A.APPROVE_RETURN: (
        "原单位不再承办，新单位重新签收；答复期限重新计算，但不超过首次交办后 6 个月。",
        "已改交新单位。",
    ),
    A.REFUSE_RETURN: ("由原单位继续办理，答复期限不变。", "已通知单位继续办理。"),
    A.LOG_CONTACT: ("记入办理过程，提案人也能看到；没有面商记录不能报审签。", "面商已登记。"),
    A.GIVE_OPINION: ("报本单位领导审签后送主办单位，提案人不会看到。", "会办意见已报领导审签。"),
    A.SEND_DRAFT: (
        "提案人会看到答复稿，并在 10 个工作日内提出意见；期满没有意见即可报审签。",
        "答复稿已送提案人征求意见。",
    ),
    A.COMMENT_ON_DRAFT: ("承办单位会按您的意见修改答复稿；正式答复后再请您评价。", "您的意见已送承办单位。"),
    A.SUBMIT_REPLY: ("报本单位领导审签；审签期间答复稿不能修改。", "已报单位领导审签。"),
    A.SIGN_OFF: ("审签后答复送交办机构复核；会办意见则送主办单位。", "已审签。"),
    A.REFUSE_SIGN_OFF: ("退回经办人修改。", "已退回经办人修改。"),
    A.CHECK: ("复核通过后由承办单位发出答复。", "复核通过，已通知承办单位发出。"),
    A.CHECK_BACK: ("退回承办单位修改，修改后重新审签、复核。", "已退回承办单位修改。"),
    A.SEND: ("答复正式送达提案人并编发文号，此后不能修改；提案人有 15 个工作日评价。", "答复已发出，等待提案人评价。"),
    A.RATE: ("评价提交后不能更改。评为“不满意”的，由承办单位重新办理。", "评价已提交，谢谢您。"),
    A.RATE_BY_PROXY: ("按纸质表代录，记录里注明“代录”；提交后不能更改。", "评价已代录。"),
}

RATED_BY_COSIGNER = "评价提交后不能更改。办理以第一提案人的评价为准，您的评价一并记录，承办单位也能看到。"

COSIGNATURE = {
    C.AGREE: ("您的姓名会列在联名人中，提案提交后您也要参加评价。", "您已同意联名。"),
    C.DECLINE: ("您不参加联名，提案人会看到您的答复。", "已谢绝联名。"),
    C.RECALL: ("对方不能再答复这次邀请。", "邀请已撤回。"),
    C.INVITE_AGAIN: ("对方会再次收到邀请。", "已再次邀请。"),
}

CHANGE_REQUEST = {
    R.GIVE_VIEW: ("您的意见供提案委决定时参考，提案人也能看到；决定之前可以再改。", "您的意见已记录。"),
    R.GRANT: ("同意后立即生效：修改的，提案换成新的文字；撤案的，提案不再办理，交办一并撤回。", "已同意申请。"),
    R.REFUSE: ("提案照原样办理，提案人会收到您写的理由。", "已答复提案人：不同意。"),
    R.TAKE_BACK: ("提案照原样办理；以后还可以再申请。", "申请已撤回。"),
}

WORDS = {"proposal": PROPOSAL, "assignment": ASSIGNMENT, "cosignature": COSIGNATURE, "change_request": CHANGE_REQUEST}


def consequence(process: str, act: str) -> str:
    """One line: what will follow from the act."""
    return WORDS[process].get(act, ("", ""))[0]


def done(process: str, act: str) -> str:
    """What is said after the act."""
    return WORDS[process].get(act, ("", "已完成。"))[1]

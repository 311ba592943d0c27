"""What the words in a ledger mean. Words are compared without spaces and in half width."""

import re

from proposals.kinds import Disposition, Kind, ResultClass, Satisfaction
from proposals.states import ProposalState

OUTCOMES = {
    "立案": ProposalState.FILED, "予以立案": ProposalState.FILED, "已立案": ProposalState.FILED,
    "同意立案": ProposalState.FILED,
    "不予立案": ProposalState.NOT_FILED, "不立案": ProposalState.NOT_FILED, "未立案": ProposalState.NOT_FILED,
    "未予立案": ProposalState.NOT_FILED,
    "并案": ProposalState.MERGED, "并案处理": ProposalState.MERGED, "并案办理": ProposalState.MERGED,
    "已并案": ProposalState.MERGED, "合并": ProposalState.MERGED, "合并办理": ProposalState.MERGED,
    "撤案": ProposalState.WITHDRAWN, "已撤案": ProposalState.WITHDRAWN, "撤销": ProposalState.WITHDRAWN,
    "撤回": ProposalState.WITHDRAWN,
    "待审": ProposalState.SUBMITTED, "待审查": ProposalState.SUBMITTED, "待审定": ProposalState.SUBMITTED,
    "未审": ProposalState.SUBMITTED, "未审查": ProposalState.SUBMITTED, "审查中": ProposalState.SUBMITTED,
    "退回修改": ProposalState.RETURNED,
}  # fmt: skip
ACCEPTED_OUTCOMES = "立案、不予立案、并案、撤案、待审"

KINDS = {
    "个人": Kind.INDIVIDUAL, "个人提案": Kind.INDIVIDUAL, "委员": Kind.INDIVIDUAL, "委员提案": Kind.INDIVIDUAL,
    "委员个人": Kind.INDIVIDUAL, "委员个人提案": Kind.INDIVIDUAL, "单独": Kind.INDIVIDUAL, "独立": Kind.INDIVIDUAL,
    "联名": Kind.JOINT, "联名提案": Kind.JOINT, "委员联名": Kind.JOINT, "委员联名提案": Kind.JOINT, "联合": Kind.JOINT,
    **dict.fromkeys(
        ("集体", "集体提案", "党派", "党派提案", "团体", "团体提案", "人民团体", "人民团体提案", "界别", "界别提案",
         "小组", "小组提案", "委员小组", "委员小组提案", "委员组", "委员组提案", "专委会", "专委会提案", "联组", "联组提案"),
        Kind.COLLECTIVE,
    ),
}  # fmt: skip

DISPOSITIONS = {
    **dict.fromkeys(("社情民意", "转社情民意", "转为社情民意", "作社情民意", "作社情民意处理", "社情民意信息"), Disposition.OPINION),
    **dict.fromkeys(
        ("意见建议", "转意见建议", "转为意见建议", "作意见建议", "作意见建议处理", "意见和建议", "转意见和建议", "建议",
         "转建议", "转有关部门研究参考", "转有关部门参考", "转有关部门", "研究参考"),
        Disposition.SUGGESTION,
    ),
    **dict.fromkeys(("来信", "转来信", "委员来信", "转委员来信", "转为来信", "作来信处理", "作委员来信处理"), Disposition.LETTER),
    **dict.fromkeys(("退回", "退回提案者", "退回提案人", "退回委员", "退委员"), Disposition.BACK),
    **dict.fromkeys(("不处理", "不作处理", "不再处理", "存档", "留存"), Disposition.NONE),
}  # fmt: skip
ACCEPTED_DISPOSITIONS = "转社情民意、转意见建议、转来信、退回提案者、不作处理，或“转”加上已有的单位名称"

NOT_YET = "not yet"
# The letter decides, whatever stands behind it, as long as that holds no other letter: A类, A（已解决）, "C 因条件限制…".
RESULT_LETTER = re.compile(r"^([A-D])[^A-Z]*$", re.IGNORECASE)
RESULTS = {
    **dict.fromkeys(
        ("已解决", "已经解决", "解决", "基本解决", "已解决或基本解决", "解决或基本解决", "已经解决或基本解决", "已采纳", "采纳",
         "解决或采纳", "已解决或采纳", "意见已采纳、问题已解决", "已解决/基本解决", "已通过其他途径解决",
         "已解决/基本解决,或已通过其他途径解决", "已解决或基本解决(采纳)", "已落实", "已办结"),
        ResultClass.A,
    ),
    **dict.fromkeys(
        ("正在解决", "列入计划", "部分解决", "正在解决或列入计划", "正在解决或已列入计划", "已列入计划", "列入规划", "列入计划逐步解决",
         "列入计划拟解决", "已列入规划计划逐步解决", "正在解决或列入计划逐步解决", "正在解决或有关工作已启动", "部分解决或列入计划", "部分解决或已列入计划解决", "部分采纳", "计划解决"),
        ResultClass.B,
    ),
    **dict.fromkeys(
        ("暂难解决", "因条件限制暂难解决", "条件限制", "受条件限制", "因条件限制暂难解决,已说明情况", "暂时难以解决",
         "因条件限制暂时不能解决", "受条件限制留作参考或不可行", "客观条件限制,以后逐步解决", "条件限制尚不能解决", "暂不能解决"),
        ResultClass.C,
    ),
    **dict.fromkeys(("留作参考", "供参考", "参考", "作参考", "留作工作参考"), ResultClass.D),
    **dict.fromkeys(("办理中", "正在办理", "在办", "未答复", "尚未答复", "未办结", "处理中"), NOT_YET),
}  # fmt: skip
ACCEPTED_RESULTS = "A、B、C、D，或已解决或基本解决、正在解决或列入计划、因条件限制暂难解决、留作参考；还没有答复的空着"

RATINGS = {
    "满意": Satisfaction.SATISFIED, "非常满意": Satisfaction.SATISFIED, "很满意": Satisfaction.SATISFIED,
    "基本满意": Satisfaction.BASICALLY, "较满意": Satisfaction.BASICALLY, "比较满意": Satisfaction.BASICALLY,
    "不满意": Satisfaction.DISSATISFIED, "未评价": "", "未评": "", "逾期未评": "", "未反馈": "", "未返回": "",
}  # fmt: skip
ACCEPTED_RATINGS = "满意、基本满意、不满意；没有评价的空着"


def _first_words(meaning: dict) -> dict:
    """Value → the word that the guide gives for it."""
    return {value: word for word, value in reversed(meaning.items())}


# How a stored value is called in a sentence, by column.
LABELS = {
    "kind": dict(Kind.choices), "outcome": _first_words(OUTCOMES), "disposition": dict(Disposition.choices),
    "attitude": dict(Satisfaction.choices), "rating": dict(Satisfaction.choices),
}  # fmt: skip

"""Figures of proposals and of the members' part in them (domain.md §0, §5.4). The conditions are those of
proposals/statistics.py and of the unit assessment, so that no number is counted in two ways."""

from django.db.models import Q

from proposals import statistics
from proposals.kinds import Kind, ResultClass, Satisfaction, Verdict
from proposals.models import Category
from proposals.states import ProposalState
from reports.assessment.measures import BY_KEY as MEASURES
from reports.assessment.measures import MET, MISSED

from .bases import BOTH_DATES, NOT_DONE, TAKES_PART
from .registry import PERCENT, Counted, Figure
from .sight import MEMBERS, PROPOSALS

RULES = "提案工作条例；历年提案审查情况报告的通行口径"
YEARLY = "历年提案工作情况报告的通行口径"
BY_CATEGORY, CATEGORY_WORD = "category_", "类别："

RECEIVED = Counted("proposals")
FILED = Counted("proposals", statistics.IS_FILED)
HANDLED = Counted("proposals", statistics.IS_HANDLED)
REPLIED = Counted("answers", Q(open=0))
RETURNED = Counted("answers", Q(open=0, rated__gt=0))
CONTACT = MEASURES["contact"]
WORST_RESULT, WORST_RATING = ResultClass.WORST_FIRST, statistics.WORST_RATING_FIRST
CLASSES = {
    "A": "已解决或基本解决", "B": "正在解决或列入计划", "C": "因条件限制暂难解决", "D": "留作参考",
}  # fmt: skip


def _state(key: str, name: str, only: Q, what: str, **more) -> Figure:
    return Figure(
        key, PROPOSALS, name, "件", "收到的提案（有流水号，提交过的）", what, RULES, Counted("proposals", only), **more
    )


def _kind(kind: Kind, name: str) -> Figure:
    return Figure(
        f"kind_{kind.value}", PROPOSALS, name, "件", "立案的提案", f"其中{kind.label}提案的件数", RULES,
        Counted("proposals", statistics.IS_FILED & Q(kind=kind)), public=True,
    )  # fmt: skip


def by_category() -> list[Figure]:
    """Filed proposals of each category; not in the registry, as categories are rows that may change. One query."""
    known = Category.objects.filter(system="business").values_list("pk", "name")
    return [
        _category(pk or 0, name, Q(business_category_id=pk) if pk else Q(business_category__isnull=True))
        for pk, name in (*known, (None, statistics.NO_CATEGORY))
    ]  # fmt: skip


def _category(key: int, name: str, only: Q) -> Figure:
    return Figure(
        f"{BY_CATEGORY}{key}", PROPOSALS, f"{CATEGORY_WORD}{name}", "件", "立案的提案", f"业务类别为“{name}”的件数", RULES,
        Counted("proposals", statistics.IS_FILED & only), public=True,
    )  # fmt: skip


def _class(result: str) -> Figure:
    return Figure(
        f"result_{result.lower()}", PROPOSALS, f"{result} 类", "件", "已答复的提案",
        f"办理结果为 {result} 类（{CLASSES[result]}）的件数；看最近一次答复，分办的取最不理想的一类", YEARLY,
        Counted("answers", Q(open=0, result=statistics.rank_of(result, WORST_RESULT))), for_units=True, public=True,
    )  # fmt: skip


def _satisfied(key: str, name: str, column: str, worst: Satisfaction, what: str) -> Figure:
    rank = statistics.rank_of(worst, WORST_RATING)
    return Figure(
        key, PROPOSALS, name, PERCENT, "第一提案人填写了这一项评价的提案（收回率另列；收回而没有填写这一项的不计入）",
        f"{what}的件数 ÷ 填写了这一项的件数；看最近一次评价，分办的取最不满意的", "满意率分办理工作和办理结果公布，附收回率",
        Counted("answers", Q(open=0, rated__gt=0, **{f"{column}__lte": rank})),
        Counted("answers", Q(open=0, rated__gt=0, **{f"{column}__isnull": False})),
        rates=True, for_units=True, public=True,
    )  # fmt: skip


FIGURES = (
    _state("received", "收到", Q(), "件数；收到＝立案＋并案＋不予立案＋撤案＋待审", public=True),
    _state("filed", "立案", statistics.IS_FILED, "已立案和以后各环节的件数，不含被并入的", public=True),
    _state("merged", "并案", statistics.IS_MERGED, "被并入其他提案的件数", public=True),
    _state("not_filed", "不予立案", statistics.IS_NOT_FILED, "不予立案的件数（转社情民意、意见建议、来信等）", public=True),
    _state("withdrawn", "撤案", Q(state=ProposalState.WITHDRAWN), "提交后撤案的件数", public=True),
    _state("pending", "待审", Q(state__in=ProposalState.PENDING), "待审查、待审定和退回修改的件数"),
    Figure(
        "filing_rate", PROPOSALS, "立案率", PERCENT, "收到的提案", "立案件数 ÷ 收到件数", "立案率＝立案÷收到",
        FILED, RECEIVED, public=True,
    ),
    _kind(Kind.INDIVIDUAL, "个人提案"), _kind(Kind.JOINT, "联名提案"), _kind(Kind.COLLECTIVE, "集体提案"),
    Figure(
        "handled", PROPOSALS, "已交办", "件", "立案的提案", "已经交给承办单位的件数（台账里立案的都算）", YEARLY, HANDLED,
        for_units=True, public=True,
    ),
    Figure(
        "replied", PROPOSALS, "已答复", "件", "已交办的提案",
        "独办、主办、分办单位都已答复的件数；再次办理不撤销第一次答复", YEARLY, REPLIED, for_units=True, public=True,
    ),
    Figure(
        "reply_rate", PROPOSALS, "办复率", PERCENT, "已交办的提案", "已答复件数 ÷ 已交办件数", "办复率＝已答复÷已交办",
        REPLIED, HANDLED, for_units=True, public=True,
    ),
    Figure(
        "on_time_rate", PROPOSALS, "按期答复率", PERCENT, "已答复、交办和答复日期都有登记的提案",
        "每个承办单位的每次答复都在当时的期限内的件数 ÷ 日期齐全的已答复件数；批准延期的按延期后的日期，再次办理另算期限，不改变第一次是否按期"
        "（看提案人收到答复的日期，复核迟的也算迟；考核单位看“按期办复率”）",
        "按期答复率＝按期答复÷日期齐全的已答复（办复率另列）",
        Counted("answers", BOTH_DATES & Q(late=0)), Counted("answers", BOTH_DATES), for_units=True,
    ),
    *(_class(result) for result in ResultClass.values),
    Figure(
        "resolved_rate", PROPOSALS, "解决率", PERCENT, "已答复的提案", "A 类件数 ÷ 已答复件数", "解决率＝A÷已答复",
        Counted("answers", Q(open=0, result=statistics.rank_of("A", WORST_RESULT))), REPLIED, for_units=True, public=True,
    ),
    Figure(
        "with_result", PROPOSALS, "有办理结果的", "件", "已答复的提案", "办理结果登记为 A、B、C、D 类的件数，四类合计", YEARLY,
        Counted("answers", Q(open=0, result__isnull=False)), for_units=True,
    ),
    Figure(
        "closed", PROPOSALS, "办结", "件", "已交办的提案", "评价（或逾期未评、三方会商）之后办结的件数", YEARLY,
        Counted("proposals", Q(state=ProposalState.CLOSED)), for_units=True,
    ),
    Figure(
        "contact_rate", PROPOSALS, "面商率", PERCENT, "各单位承办的件次（独办、主办、分办）", CONTACT.formula, CONTACT.source,
        Counted("shares", Q(part_contact=MET)), Counted("shares", Q(part_contact__in=(MET, MISSED))), for_units=True,
    ),
    Figure(
        "adoption_rate", PROPOSALS, "建议采纳率", PERCENT, "已答复的具体建议，一条一条地算", MEASURES["adopted"].formula,
        MEASURES["adopted"].source, Counted("suggestions", Q(verdict=Verdict.ADOPTED)), Counted("suggestions"),
        for_units=True,
    ),
    Figure(
        "returned", PROPOSALS, "收回评价", "件", "已答复的提案", "第一提案人已评价的件数", YEARLY, RETURNED, rates=True,
        for_units=True, public=True,
    ),
    Figure(
        "return_rate", PROPOSALS, "评价收回率", PERCENT, "已答复的提案", "第一提案人已评价件数 ÷ 已答复件数",
        "收回率与满意率并列公布", RETURNED, REPLIED, rates=True, for_units=True, public=True,
    ),
    _satisfied("attitude_rate", "办理工作满意率", "attitude", Satisfaction.BASICALLY, "对办理工作评“满意”或“基本满意”"),
    _satisfied("attitude_full_rate", "办理工作满意率（只算满意）", "attitude", Satisfaction.SATISFIED, "对办理工作评“满意”"),
    _satisfied("result_rate", "办理结果满意率", "outcome", Satisfaction.BASICALLY, "对办理结果评“满意”或“基本满意”"),
    _satisfied("result_full_rate", "办理结果满意率（只算满意）", "outcome", Satisfaction.SATISFIED, "对办理结果评“满意”"),
    Figure(
        "shares", PROPOSALS, "交办件次", "件次", "已交办的提案", "交给各承办单位的件次，一件交几个单位算几次，含会办", YEARLY,
        Counted("shares"), for_units=True,
    ),
    Figure(
        "members_involved", MEMBERS, "参与提案的委员", "人", "收到的提案", "第一提案人和同意联名的人，一人算一次；集体提案不算到个人",
        YEARLY, Counted("people"), public=True,
    ),
    Figure(
        "participation_rate", MEMBERS, "参与率", PERCENT, "在任委员（届次看闭幕当天，年度看最后一天；截至的那一天更早的，看那一天）",
        "提交或联名提案的在任委员人数 ÷ 在任委员人数", "参与率＝提交提案的委员÷在任委员",
        Counted("members", TAKES_PART), Counted("members"),
    ),
    Figure(
        "first_proposer_rate", MEMBERS, "领衔率", PERCENT, "在任委员（同上）", "作为第一提案人提交提案的在任委员人数 ÷ 在任委员人数",
        "参与率＝提交提案的委员÷在任委员", Counted("members", Q(proposed=True)), Counted("members"),
    ),
    Figure(
        "idle_members", MEMBERS, "没有履职记录的委员", "人", "在任委员（同上）",
        "没有提交或联名提案、没有反映社情民意、没有在协商议题中发表意见的人数", "委员履职统计的通行做法",
        Counted("members", NOT_DONE),
    ),
)  # fmt: skip
STAGES = ("received", "filed", "handled", "replied", "returned", "closed")
ACCOUNT = ("filed", "merged", "not_filed", "withdrawn", "pending")

"""What is measured: each measure once, with its name, its formula in words, where it comes from and its conditions.

Every share falls into exactly one part of a measure: 达到, 未达到, 未登记 (an old ledger does not tell; never a fault),
未到期 (the time for it is not over), or it is not asked about at all. The denominator is 达到 + 未达到.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, CharField, Q, Value, When

from proposals.kinds import AssignmentKind, Origin, Satisfaction
from proposals.states import AssignmentState as A
from proposals.states import ProposalState
from proposals.statistics import HAS_REPLIED

MET, MISSED, UNRECORDED, WAITING = "met", "missed", "unrecorded", "waiting"
COUNTED = "counted"  # both together: the denominator
PARTS = {
    COUNTED: "计入的", MET: "达到的", MISSED: "没有达到的", UNRECORDED: "未登记、不计入的", WAITING: "未到期、不计入的",
}  # fmt: skip

LEDGER = Q(proposal__origin=Origin.LEDGER)
PORTAL = ~LEDGER
ANSWERING = Q(kind__in=AssignmentKind.ANSWERING)
REPLIED = ANSWERING & HAS_REPLIED
EVERYTHING = Q(pk__isnull=False)
NOTHING = Q(pk__in=[])

CUSTOM = "各地承办单位考核的通行做法"
BOTH = (Satisfaction.SATISFIED, Satisfaction.BASICALLY)


@dataclass(frozen=True)
class Measure:
    """`conditions(day)` gives (part, Q over the shares of population.py) in the order in which they are asked;
    what none of them takes is 未到期. `weight` is what a committee starts with; `answers`: it counts suggestions."""

    key: str
    name: str
    formula: str
    source: str
    asked: Q
    conditions: Callable[[date], list[tuple[str, Q]]]
    weight: int = 0
    answers: bool = False

    @property
    def noun(self) -> str:
        return "条" if self.answers else "件"

    def part(self, day: date) -> Case:
        """The part into which a share falls on that day; None when it is not asked about."""
        whens = [When(condition, then=Value(part)) for part, condition in self.conditions(day)]
        part = Case(*whens, default=Value(WAITING), output_field=CharField())
        return Case(When(self.asked, then=part), output_field=CharField())


def _signed(day: date) -> list[tuple[str, Q]]:
    return [
        (MET, Q(signed_on__isnull=False, signed_late=False)),
        (MISSED, Q(signed_on__isnull=False, signed_late=True)),
        (UNRECORDED, LEDGER | Q(sign_due_on__isnull=True)),
        (MISSED, Q(state=A.AWAITING_SIGN, sign_due_on__lt=day)),
    ]


def _contacted(day: date) -> list[tuple[str, Q]]:
    return [
        (MET, Q(is_contacted=True)),
        (UNRECORDED, LEDGER),
        (MISSED, HAS_REPLIED | Q(contact_due_on__lt=day)),
    ]


def _on_time(day: date) -> list[tuple[str, Q]]:
    return [
        (UNRECORDED, Q(due_on__isnull=True) | Q(state=A.REPLIED, replied_at__isnull=True)),
        (MET, Q(state=A.REPLIED, replied_late=False)),
        (MISSED, Q(state=A.REPLIED)),
        (UNRECORDED, LEDGER),
        (WAITING, Q(waits_for_check=True)),
        (MISSED, Q(due_on__lt=day)),
    ]


def _answered(day: date) -> list[tuple[str, Q]]:
    """For shares only what is not on record: the answers themselves are counted one by one."""
    return [(UNRECORDED, Q(is_answered=False)), (COUNTED, EVERYTHING)]


def _resolved(day: date) -> list[tuple[str, Q]]:
    return [(MET, Q(last_class="A")), (MISSED, Q(last_class__in=("B", "C", "D"))), (UNRECORDED, EVERYTHING)]


def _returned(day: date) -> list[tuple[str, Q]]:
    over = Q(rating_due_on__lt=day) | Q(proposal__state=ProposalState.CLOSED, is_rated=False)
    return [(MET, Q(is_shown=True)), (UNRECORDED, LEDGER & Q(is_rated=False)), (MISSED, over & Q(is_rated=False))]


def _graded(field: str, grades) -> Callable[[date], list[tuple[str, Q]]]:
    def conditions(day: date) -> list[tuple[str, Q]]:
        return [
            (UNRECORDED, Q(**{field: ""})),
            (MET, Q(**{f"{field}__in": grades})),
            (MISSED, EVERYTHING),
        ]  # fmt: skip

    return conditions


RATED = REPLIED & Q(is_shown=True)

MEASURES = (
    Measure(
        "sign", "签收及时率", "在签收期限内签收的件数 ÷ 已签收和签收期限已过的件数（含会办）", "签收期限见期限规则；" + CUSTOM,
        EVERYTHING, _signed, 10,
    ),
    Measure(
        "contact", "面商率",
        "有联系、面商记录的件数 ÷ 已答复、首次联系期限已过或已有记录的件数（独办、主办、分办；走访、座谈、电话、书面、答复稿征求意见都算）",
        "面商率＝有面商记录的件数÷主办件数", ANSWERING, _contacted, 15,
    ),
    Measure(
        "on_time", "按期办复率",
        "在办理期限内答复的件数 ÷ 已答复和办理期限已过的件数（独办、主办、分办；批准延期的按延期后的日期，再次办理的看最近一轮；单位按期审签、交办机构过了期限才复核的算按期，还在等复核的不计入）",
        "办复率＝按期已答复÷已交办", ANSWERING, _on_time, 25,
    ),
    Measure(
        "adopted", "采纳率", "最近一次答复中写明“采纳”的建议条数 ÷ 已答复的建议条数（“部分采纳”不计入采纳）",
        "采纳率＝采纳的建议条数÷建议总条数", REPLIED, _answered, 10, answers=True,
    ),
    Measure(
        "resolved", "解决率", "办理结果为 A 类的件数 ÷ 已答复的件数（看最近一次答复）", "解决率＝A÷已答复",
        REPLIED, _resolved, 10,
    ),
    Measure(
        "returned", "评价收回率", "第一提案人已评价的件数 ÷ 已评价和评价期限已过的件数", "收回率与满意率并列公布",
        REPLIED, _returned,
    ),
    Measure(
        "attitude_satisfied", "办理态度满意率（满意）", "对办理态度评“满意”的件数 ÷ 已评价的件数（第一提案人最近一次评价）",
        "满意率分办理态度和办理结果，附收回率", RATED, _graded("attitude", (Satisfaction.SATISFIED,)),
    ),
    Measure(
        "attitude", "办理态度满意率", "对办理态度评“满意”或“基本满意”的件数 ÷ 已评价的件数（第一提案人最近一次评价）",
        "满意率＝（满意＋基本满意）÷已评价", RATED, _graded("attitude", BOTH), 15,
    ),
    Measure(
        "result_satisfied", "办理结果满意率（满意）", "对办理结果评“满意”的件数 ÷ 已评价的件数（第一提案人最近一次评价）",
        "满意率分办理态度和办理结果，附收回率", RATED, _graded("outcome", (Satisfaction.SATISFIED,)),
    ),
    Measure(
        "result", "办理结果满意率", "对办理结果评“满意”或“基本满意”的件数 ÷ 已评价的件数（第一提案人最近一次评价）",
        "满意率＝（满意＋基本满意）÷已评价", RATED, _graded("outcome", BOTH), 15,
    ),
)  # fmt: skip
BY_KEY = {measure.key: measure for measure in MEASURES}
ADOPTED = BY_KEY["adopted"]
CHOICES = [(measure.key, measure.name) for measure in MEASURES]

"""Figures of 社情民意, 协商议政 and 基层协商, by the definitions of those apps (domain.md §6, §9, §10)."""

from django.db.models import Q

from consultations.kinds import Answer
from consultations.states import ItemState
from consultations.statistics import ADOPTED
from grassroots import figures as grassroots
from grassroots.kinds import Verdict
from opinions.kinds import Level
from opinions.states import State

from .bases import BASES
from .registry import PERCENT, Counted, Figure
from .sight import CONSULTATIONS, GRASSROOTS, OPINIONS

REPORTS = "收到的社情民意（提交过、没有撤回的），按提交日期；采用和批示不论什么时候来的"
FEEDBACK = "社情民意信息采用、批示要逐级登记并每年通报"
ASKED = "已报送的协商成果里、看统计的人能看到的建议（年度定稿是全部），按议题所属年度（届次看开幕的年度）"
TRACKED = "协商成果采纳、落实、反馈办法"
ROOMS = "看统计的人能看到的议事室（年度定稿是全部议事室）"
DEFINED = {
    "rooms": "没有撤销的协商议事室个数", "matters": "群众和委员向议事室提出的议题件数，含不予受理的",
    "meetings": "已签发纪要的协商会次数", "people": "已签发纪要的协商会上，委员、利益相关方、部门、群众、专家的人数相加，一人参加几次算几次",
    "consensus": "已签发的纪要写明的共识要点条数", "solved": "共识要点中已报完成的条数",
    "rated": "提出人对办理结果的评价次数，每轮办理评一次", "satisfied": "评“满意”的次数", "fair": "评“基本满意”的次数",
    "dissatisfied": "评“不满意”的次数",
}  # fmt: skip


def _report(key: str, name: str, only: Q, what: str) -> Figure:
    return Figure(key, OPINIONS, name, "条", REPORTS, what, FEEDBACK, Counted("opinions", only))


def _item(key: str, name: str, only: Q, what: str) -> Figure:
    return Figure(key, CONSULTATIONS, name, "条", ASKED, what, TRACKED, Counted("items", only))


def _venue(figure: grassroots.Figure) -> Figure:
    base = BASES[f"grassroots_{figure.base}"]
    unit = "人次" if figure.weight is not None else base.noun
    dated = {
        "rooms": "统计期最后一天（截至某一天的，那一天）还在的", "matters": "按收到日期", "ratings": "按评价日期",
    }.get(figure.base, "按协商会日期")  # fmt: skip
    return Figure(
        f"grassroots_{figure.key}", GRASSROOTS, figure.label, unit, f"{ROOMS}，{dated}",
        DEFINED[figure.key], "县级“有事好商量”统计口径", Counted(base.key, figure.only, figure.weight),
    )  # fmt: skip


FIGURES = (
    _report("opinions_received", "社情民意反映", Q(), "条数"),
    _report("opinions_issued", "社情民意编发", Q(state=State.ISSUED), "编入《社情民意》期刊的条数"),
    *(
        _report(f"opinions_{level.value}", f"{level.label}采用", Q(**{f"adopted_{level.value}": True}),
                f"被{level.label}单位采用的条数，单篇、综合都算，一条算一次；并入综合稿的，每条都算")
        for level in Level
    ),
    _report(
        "opinions_instructed", "社情民意获批示", Q(instructed=True), "有领导批示的条数，一条算一次；并入综合稿的，每条都算"
    ),
    Figure(
        "opinions_adoption_rate", OPINIONS, "社情民意采用率", PERCENT, REPORTS, "至少被一级采用的条数 ÷ 反映条数", FEEDBACK,
        Counted("opinions", Q(adopted=True)), Counted("opinions"),
    ),
    _item("items_all", "提出建议", Q(), "条数"),
    _item("items_adopted", "采纳", Q(answer=Answer.ADOPTED), "承办单位答复“采纳”的条数"),
    _item("items_partly", "部分采纳", Q(answer=Answer.PARTLY), "承办单位答复“部分采纳”的条数"),
    _item("items_declined", "未采纳", Q(answer=Answer.DECLINED), "承办单位答复“未采纳”的条数"),
    _item("items_waiting", "待答复", Q(answer=""), "还没有答复的条数"),
    Figure(
        "conversion_rate", CONSULTATIONS, "协商成果转化率", PERCENT, ASKED, "（采纳＋部分采纳）÷ 提出建议的条数", TRACKED,
        Counted("items", ADOPTED), Counted("items"),
    ),
    Figure(
        "fulfilment_rate", CONSULTATIONS, "协商成果落实率", PERCENT, ASKED, "已落实的条数 ÷（采纳＋部分采纳）的条数", TRACKED,
        Counted("items", Q(state=ItemState.DONE)), Counted("items", ADOPTED),
    ),
    *(_venue(figure) for figure in grassroots.FIGURES),
    Figure(
        "grassroots_satisfied_rate", GRASSROOTS, "群众满意率", PERCENT, f"{ROOMS}，按评价日期",
        "评“满意”“基本满意”的次数 ÷ 评价次数", "县级“有事好商量”统计口径",
        Counted("grassroots_ratings", Q(verdict__in=(Verdict.SATISFIED, Verdict.FAIR))), Counted("grassroots_ratings"),
    ),
)  # fmt: skip

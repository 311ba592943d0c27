"""提案工作情况报告: the figures of a session from the receipt to the rating, in the sentences such reports use (domain.md
§3.5, §5.1, §5.4). What only the author can write is a marked blank. A figure of nothing is left out or said in words.
"""

from members.chinese_numbers import chinese_number
from members.models import Session
from proposals.kinds import ResultClass, Satisfaction
from proposals.statistics import OUTSIDE
from reports.session_text import percent

from . import review_sentences as review
from .review_sentences import Section, blank
from .work_figures import Work

CLASSES = {
    ResultClass.A: "已经解决或基本解决的（A类）", ResultClass.B: "正在解决或列入计划逐步解决的（B类）",
    ResultClass.C: "因条件限制暂难解决的（C类）", ResultClass.D: "留作参考的（D类）",
}  # fmt: skip
ASKED = (("attitude", "办理工作"), ("result", "办理结果"))


def title_lines(session: Session) -> tuple[str, str]:
    return f"政协西平县{session.formal_name}以来", "提案工作情况的报告"


def title(session: Session) -> str:
    return "".join(title_lines(session))


def sections(work: Work) -> list[Section]:
    figures = work.figures
    if not figures["received"]:
        return [Section("一、提案提交和立案情况", (f"{work.session}以来，没有收到提案。",))]
    parts = [
        ("提案提交和立案情况", _submitted(work)), ("提案办理情况", _handled(work)), ("提案者评价情况", _rated(work)),
        ("各类提案办理情况", _by_category(work)), ("重点提案督办情况", _key(work)),
        ("主要做法和存在的问题", (blank("主要做法，可写提高提案质量、协商办理、督办、公开等；存在的问题"),)),
        ("下一步工作", (blank("下一步提案工作的安排"),)),
    ]  # fmt: skip
    kept = [(name, tuple(filter(None, words))) for name, words in parts]
    named = enumerate(((name, words) for name, words in kept if words), start=1)
    return [Section(f"{chinese_number(number)}、{name}", words) for number, (name, words) in named]


def note() -> str:
    return (
        f"{review.note(OUTSIDE)}办复率＝已答复件数÷已交办件数。按期答复率＝每次答复都在期限内的件数÷交办、答复日期都有登记的已答复件数。"
        "附表里各单位的按期办复率看最近一轮，单位按期审签、复核迟的算按期。"
        "面商率、采纳率只统计有登记的；满意率＝（满意＋基本满意）÷填写了这一项的件数，收回而没有填写的不计入。各项占比分别四舍五入，合计不一定是100%。"
    )


def _submitted(work: Work) -> list[str]:
    figures = work.figures
    return [
        f"{work.session}以来，共收到提案{figures['received']}件{review.involved(figures)}。{_taking_part(work)}",
        f"经审查，{review.outcomes(figures, OUTSIDE)}。{_pending(figures)}",
        *review.kinds(figures),
    ]


def _taking_part(work: Work) -> str:
    value = work.values["participation_rate"]
    return f"在任委员{value.whole}人，提交或联名提案的{value.part}人，参与率{value.shown}。" if value.part else ""


def _pending(figures: dict) -> str:
    return f"另有{figures['pending']}件正在审查。" if figures["pending"] else ""


def _handled(work: Work) -> list[str]:
    figures = work.figures
    if not figures["handled"]:
        return ["立案的提案还没有交办。"] if figures["filed"] else []
    units = f"，交{work.units}个单位承办" if work.units else ""
    if not figures["replied"]:
        return [f"共交办提案{figures['handled']}件{units}，目前都在办理中。"]
    answered = (
        f"已答复{figures['replied']}件，办复率{percent(figures['replied'], figures['handled'])}{_on_time(figures)}"
    )
    return [
        f"共交办提案{figures['handled']}件{units}。{answered}。",
        _results(figures),
        _contacts(work),
        _adopted(work),
    ]


def _on_time(figures: dict) -> str:
    """，按期答复率97.6%（统计日期齐全的168件，按期164件）; nothing where no date is known."""
    dated, met = figures["dated"], figures["on_time"]
    return f"，按期答复率{percent(met, dated)}（统计日期齐全的{dated}件，按期{met}件）" if dated else ""


def _results(figures: dict) -> str:
    """办理结果：已经解决或基本解决的（A类）47件，占49.0%；… Classes without a case are left out."""
    known = sum(figures["by_result"].values())
    parts = [
        f"{words}{figures['by_result'][key]}件，占{percent(figures['by_result'][key], known)}"
        for key, words in CLASSES.items() if figures["by_result"][key]
    ]  # fmt: skip
    rest = figures["replied"] - known
    silent = f"另有{rest}件没有登记办理结果。" if rest and parts else ""
    return f"从办理结果看，{'；'.join(parts)}。{silent}" if parts else ""


def _contacts(work: Work) -> str:
    value = work.values["contact_rate"]
    if not value.whole:
        return ""
    return f"承办单位与提案者联系、面商的{value.part}件次，面商率{value.shown}（统计{value.whole}件次）。"


def _adopted(work: Work) -> str:
    value = work.values["adoption_rate"]
    if not value.whole:
        return ""
    return f"承办单位逐条答复了{value.whole}条具体建议，采纳{value.part}条，采纳率{value.shown}。"


def _rated(work: Work) -> list[str]:
    """发出征询意见表591份，收回527份，收回率89.2%. Each question with its own rate."""
    rating = work.figures["rating"]
    if not rating["sent"]:
        return []
    if not rating["returned"]:
        return [f"发出征询意见表{rating['sent']}份，还没有收回。"]
    back = percent(rating["returned"], rating["sent"])
    return [
        f"发出征询意见表{rating['sent']}份，收回{rating['returned']}份，收回率{back}。",
        *(_grades(rating, key, name) for key, name in ASKED),
    ]


def _grades(rating: dict, key: str, name: str) -> str:
    """对办理工作，满意500件、基本满意26件，满意率99.8%；不满意1件。"""
    grades, filled = rating[key], sum(rating[key].values())
    if not filled:
        return ""
    pleased = [
        f"{grade.label}{grades[grade]}件" for grade in (Satisfaction.SATISFIED, Satisfaction.BASICALLY) if grades[grade]
    ]
    unpleased = f"；不满意{grades[Satisfaction.DISSATISFIED]}件" if grades[Satisfaction.DISSATISFIED] else ""
    count = grades[Satisfaction.SATISFIED] + grades[Satisfaction.BASICALLY]
    share = f"{'、'.join(pleased)}，满意率{percent(count, filled)}" if pleased else "没有评满意的"
    silent = rating["returned"] - filled
    return f"对{name}，{share}{unpleased}{f'；没有填写的{silent}件' if silent else ''}。"


def _by_category(work: Work) -> list[str]:
    found = []
    for number, line in enumerate(work.categories, start=1):
        found.append(
            f"（{chinese_number(number)}）{review.called(line.name)}立案{line.filed}件，占{line.share}{_outcome(line)}。"
            f"{blank('办理成效，可写哪些建议转化为政策、项目和实事')}"
        )
    return found


def _outcome(line) -> str:
    parts = [f"{key}类{count}件" for key, count in line.results.items() if count]
    return f"；已答复的，{'、'.join(parts)}" if parts else ""


def _key(work: Work) -> tuple[str, ...]:
    words = f"确定重点提案{work.key_proposals}件。" if work.key_proposals else ""
    return (f"{words}{blank('领办、督办的情况和成效')}",)

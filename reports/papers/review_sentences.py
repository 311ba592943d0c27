"""提案审查情况报告: the figures of a session in the sentences such reports use (domain.md §0, §5.4).

What only the author can write is a marked blank: 【请补写：……】. A figure of nothing is said in words, never as 0%.
"""

from dataclasses import dataclass

from django.utils import timezone

from members.chinese_numbers import chinese_number
from members.models import Session
from proposals.kinds import Disposition, Kind
from proposals.statistics import INSIDE, NO_CATEGORY, NOT_RECORDED, OUTSIDE
from reports.session_text import percent

WAYS = {
    Disposition.OPINION: "转为社情民意信息{}件", Disposition.SUGGESTION: "转为意见建议{}件",
    Disposition.LETTER: "转为委员来信{}件", Disposition.BACK: "退回提案者{}件", Disposition.NONE: "不作处理{}件",
    Disposition.OFFLINE: "转线下渠道办理{}件",
    NOT_RECORDED: "去向未登记{}件",
}  # fmt: skip
HABITS = {
    OUTSIDE: "并案单列：被并入的提案不计入立案数，主提案计入立案数。",
    INSIDE: "并案计入立案：被并入的提案和主提案都计入立案数。",
}


@dataclass(frozen=True)
class Section:
    title: str
    paragraphs: tuple[str, ...]


def blank(what: str) -> str:
    return f"【请补写：{what}】"


def title_lines(session: Session) -> tuple[str, str]:
    return f"政协西平县{session.formal_name}", "提案审查情况的报告"


def title(session: Session) -> str:
    return "".join(title_lines(session))


def sections(session: Session, figures: dict, counting: str) -> list[Section]:
    if not figures["received"]:
        return [Section("一、提案提交和审查情况", (f"{_until(session)}，没有收到提案。",))]
    return [
        Section("一、提案提交和审查情况", tuple(_reviewed(session, figures, counting))),
        Section("二、立案提案的分类情况", tuple(_classes(figures))),
        Section("三、提案的主要特点", tuple(
            blank(f"主要特点之{word}，可写选题、调研、联名和集体提案、建议的可行性等") for word in "一二三"
        )),
        Section("四、下一步工作", (blank("编号交办、办理协商、督办、公开等安排"),)),
    ]  # fmt: skip


def categories(figures: dict) -> list[tuple[str, str, str]]:
    """The table: category, count, share; the total last. Empty when nothing was filed."""
    if not figures["filed"]:
        return []
    rows = [(row["name"], str(row["count"]), percent(row["count"], figures["filed"])) for row in figures["by_category"]]
    return [*rows, ("合计", str(figures["filed"]), "100.0%")]


def note(counting: str) -> str:
    return f"统计口径：{HABITS[counting]}立案率＝立案件数÷收到件数。"


def _until(session: Session) -> str:
    at = timezone.localtime(session.window_closes)
    minutes = f"{at.minute}分" if at.minute else ""
    return (
        f"{session}提案征集从{_day(timezone.localtime(session.window_opens))}开始，到{_day(at)}{at.hour}时{minutes}截止"
    )


def _day(at) -> str:
    return f"{at.year}年{at.month}月{at.day}日"


def _reviewed(session: Session, figures: dict, counting: str) -> list[str]:
    return [
        f"{_until(session)}。本次会议共收到提案{figures['received']}件{involved(figures)}。",
        f"经审查，{outcomes(figures, counting)}。{pending(figures)}",
        *ways(figures),
        *kinds(figures),
    ]


def involved(figures: dict) -> str:
    people = figures["members_involved"]
    return f"，{people}名委员提出提案或参加联名" if people else ""


def outcomes(figures: dict, counting: str) -> str:
    """立案171件，立案率85.1%；并案11件；不予立案19件. What there is none of is left out."""
    filed = figures["filed"]
    if not filed:
        parts = ["没有立案的提案"]
    else:
        merged = f"（含并案{figures['merged']}件）" if counting == INSIDE and figures["merged"] else ""
        parts = [f"立案{filed}件{merged}，立案率{percent(filed, figures['received'])}"]
    if counting == OUTSIDE and figures["merged"]:
        parts.append(f"并案{figures['merged']}件")
    parts += [
        f"{word}{figures[name]}件" for name, word in (("not_filed", "不予立案"), ("withdrawn", "撤案")) if figures[name]
    ]
    return "；".join(parts)


def pending(figures: dict) -> str:
    return f"另有{figures['pending']}件正在审查。" if figures["pending"] else "审查工作已全部完成。"


def ways(figures: dict) -> list[str]:
    """Where the not filed ones went; nothing when there are none."""
    ways = [WAYS[key].format(count) for key, count in figures["by_outcome_disposition"].items() if count]
    if not ways:
        return []
    return [f"不予立案的{figures['not_filed']}件提案，已按有关规定处理：{'，'.join(ways)}。"]


def kinds(figures: dict) -> list[str]:
    """Members' and collectives' among the filed ones."""
    if not figures["filed"]:
        return []
    alone, joint, collective = (figures["by_kind"][kind] for kind in (Kind.INDIVIDUAL, Kind.JOINT, Kind.COLLECTIVE))
    parts = []
    if alone + joint:
        parts.append(f"委员提案{alone + joint}件" + (f"（其中联名提案{joint}件）" if joint else ""))
    if collective:
        parts.append(f"党派、团体、界别、委员组和专委会等集体提案{collective}件")
    return [f"立案的提案中，{'，'.join(parts)}。"]


def _classes(figures: dict) -> list[str]:
    if not figures["filed"]:
        return ["本次会议没有立案的提案。"]
    found = [f"立案的{figures['filed']}件提案，按类别统计见附表。"]
    for number, row in enumerate(figures["by_category"], start=1):
        found.append(
            f"（{chinese_number(number)}）{called(row['name'])}{row['count']}件，占{percent(row['count'], figures['filed'])}。"
            f"{blank('主要围绕哪些问题、提出哪些建议')}"
        )
    return found


def called(name: str) -> str:
    """经济建设类, but 未分类的."""
    return f"{name}的" if name == NO_CATEGORY else f"{name}类"

"""The session's figures as a clerk reads them out."""

from fractions import Fraction

from proposals.kinds import Disposition, Kind, ResultClass, Satisfaction
from proposals.statistics import INSIDE, NOT_RECORDED

from .assessment.figures import UNKNOWN, tenth


def percent(part: int, whole: int) -> str:
    """85.1%, rounded as every figure is; — where there is nothing to divide by."""
    return f"{tenth(Fraction(part * 100, whole))}%" if whole else UNKNOWN


def lines(session, figures: dict, counting: str) -> list[str]:
    return [
        f"{session}提案统计（{'并案计入立案' if counting == INSIDE else '并案单列'}）",
        "",
        *_filing(figures, counting),
        *_categories(figures),
        *_handling(figures),
        *_ratings(figures["rating"]),
        *_merges(figures["merges"]),
    ]


def _filing(figures: dict, counting: str) -> list[str]:
    kinds = "，".join(f"{kind.label} {figures['by_kind'][kind]}" for kind in Kind)
    merged = f"（含并案 {figures['merged']}）" if counting == INSIDE else f"，并案 {figures['merged']}"
    ways = [(Disposition(key).label if key != NOT_RECORDED else "去向未登记", count)
            for key, count in figures["by_outcome_disposition"].items() if count]  # fmt: skip
    found = [
        f"收到 {figures['received']} 件：立案 {figures['filed']}{merged}，不予立案 {figures['not_filed']}，"
        f"撤案 {figures['withdrawn']}，待审 {figures['pending']}；立案率 {percent(figures['filed'], figures['received'])}",
        f"立案提案按形式：{kinds}",
        f"参与提案的委员 {figures['members_involved']} 人",
    ]
    if ways:
        found.append("不予立案的去向：" + "，".join(f"{label} {count}" for label, count in ways))
    return found


def _categories(figures: dict) -> list[str]:
    rows = [
        f"  {row['name']}  {row['count']}  {percent(row['count'], figures['filed'])}" for row in figures["by_category"]
    ]
    return ["按类别：", *rows] if rows else []


def _handling(figures: dict) -> list[str]:
    results = "，".join(f"{result} 类 {figures['by_result'][result]}" for result in ResultClass.values)
    return [
        f"交办 {figures['handled']} 件，已答复 {figures['replied']} 件，答复率 {percent(figures['replied'], figures['handled'])}，"
        f"按期答复率 {percent(figures['on_time'], figures['dated'])}",
        f"办理结果：{results}",
    ]


def _ratings(rating: dict) -> list[str]:
    found = [f"评价：发出 {rating['sent']}，收回 {rating['returned']}"]
    for asked, title in (("attitude", "对办理态度"), ("result", "对办理结果")):
        grades = "，".join(f"{grade.label} {rating[asked][grade]}" for grade in Satisfaction)
        full, filled = rating[asked][Satisfaction.SATISFIED], sum(rating[asked].values())
        pleased, silent = full + rating[asked][Satisfaction.BASICALLY], rating["returned"] - filled
        found.append(
            f"  {title}：{grades}{f'，未登记 {silent}' if silent else ''}；"
            f"满意率（含基本满意）{percent(pleased, filled)}，"
            f"其中满意 {percent(full, filled)}"
        )
    return found


def _merges(merges: list[dict]) -> list[str]:
    if not merges:
        return []
    return ["并案：" + "，".join(f"并入第 {row['into']} 号 {row['count']} 件" for row in merges)]

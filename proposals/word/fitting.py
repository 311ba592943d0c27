"""What was read → what a draft can hold. What does not fit is kept word for word; names are compared, never trusted."""

import re
from dataclasses import dataclass, field

from members.models import Organization
from proposals.forms.review import categories
from proposals.kinds import CategorySystem
from proposals.models import Category
from proposals.units import units_in_force
from proposals.validators import SITUATION_MAX, SUGGESTION_MAX, SUGGESTIONS_MAX, TITLE_MAX, UNITS_MAX

from . import labels
from .reading import Filled

BETWEEN = re.compile(r"[、，,；;\s/]+")
NAMES = {
    labels.TITLE: "案由", labels.SITUATION: "情况分析", labels.SUGGESTIONS: "具体建议",
    labels.CATEGORY: "类别", labels.UNITS: "建议承办单位",
}  # fmt: skip


@dataclass
class Fitted:
    """The draft's fields, and the report: (label, words) of what was read, what was left over, what to mind."""

    data: dict
    suggestions: list[str]
    units: list[Organization]
    read: list[tuple[str, str]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    left: list[tuple[str, str]] = field(default_factory=list)
    mind: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.data["title"] or self.data["situation"] or self.suggestions)


def fit(filled: Filled, owner_name: str) -> Fitted:
    left: list[tuple[str, str]] = []
    texts = filled.suggestions()
    title, situation = _title(filled, left), _cut(filled.text(labels.SITUATION), SITUATION_MAX, "情况分析", left)
    suggestions = [_cut(text, SUGGESTION_MAX, f"具体建议第 {n} 条", left) for n, text in enumerate(texts, start=1)]
    left += [(f"具体建议第 {n} 条", text) for n, text in enumerate(suggestions, start=1) if n > SUGGESTIONS_MAX]
    category, units = _category(filled.text(labels.CATEGORY), left), _units(filled.text(labels.UNITS), left)
    data = {"title": title, "situation": situation, "business_category": category}
    fitted = Fitted(data, suggestions[:SUGGESTIONS_MAX], units, left=left + filled.unplaced)
    _report(fitted)
    _compare(fitted, filled, owner_name)
    return fitted


def _title(filled: Filled, left: list) -> str:
    whole = " ".join(filled.text(labels.TITLE).split())
    return _cut(whole, TITLE_MAX, "案由", left)


def _cut(text: str, most: int, name: str, left: list) -> str:
    """The text as far as the field holds it; the rest goes on the list, so that the person decides."""
    text = text.strip()
    if len(text) > most:
        left.append((f"{name}超出 {most} 字的部分", text[most:]))
    return text[:most]


def _category(text: str, left: list) -> Category | None:
    wanted = _plain(text)
    if not wanted:
        return None
    rows = list(categories(CategorySystem.BUSINESS))
    found = next((row for row in rows if _plain(row.name) == wanted or f"{_plain(row.name)}类" == wanted), None)
    if found is None:
        left.append(("类别（没有这个类别）", text))
    return found


def _units(text: str, left: list) -> list[Organization]:
    known: dict[str, Organization] = {}
    for unit in units_in_force():
        for name in (unit.name, unit.short_name):
            known.setdefault(_local(name), unit)
    found: dict[int, Organization] = {}
    for name in filter(None, BETWEEN.split(text)):
        unit = known.get(_local(name))
        if unit is None:
            left.append(("建议承办单位（没有找到这个单位）", name))
        elif len(found) == UNITS_MAX and unit.pk not in found:
            left.append((f"建议承办单位（最多 {UNITS_MAX} 个）", name))
        else:
            found[unit.pk] = unit
    return list(found.values())


def _plain(text: str) -> str:
    return re.sub(r"[\s　]", "", text)


def _local(name: str) -> str:
    """西平县教育局, 县教育局 and 教育局 are one; an empty name is none."""
    return re.sub("^(?:西平县|县)", "", _plain(name)) or "\0"


def _report(fitted: Fitted) -> None:
    said = {
        labels.TITLE: fitted.data["title"],
        labels.SITUATION: f"{len(fitted.data['situation'])} 字" if fitted.data["situation"] else "",
        labels.SUGGESTIONS: f"{len(fitted.suggestions)} 条" if fitted.suggestions else "",
        labels.CATEGORY: str(fitted.data["business_category"] or ""),
        labels.UNITS: "、".join(map(str, fitted.units)),
    }
    for name, words in said.items():
        if words:
            fitted.read.append((NAMES[name], words))
        else:
            fitted.missing.append(NAMES[name])


def _compare(fitted: Fitted, filled: Filled, owner_name: str) -> None:
    proposer = filled.text(labels.PROPOSER)
    if proposer and _plain(owner_name) not in _plain(proposer):
        fitted.mind.append(
            f"表上的提案人写的是“{_short(proposer)}”，这份草稿的提案人是“{owner_name}”。提案人以登录的人为准。"
        )
    cosigners = [name for name in BETWEEN.split(filled.text(labels.COSIGNERS)) if name]
    if cosigners:
        fitted.mind.append(
            f"表上写有联名人：{_short('、'.join(cosigners))}。联名要由各人在系统里同意，请在提交前“邀请联名”。"
        )


def _short(text: str, most: int = 60) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[:most]}……"

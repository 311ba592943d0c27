"""A plan as it stood at a step, and what changed from one step to the next (domain §9: each step with its changes)."""

from collections.abc import Iterable

from .kinds import Form
from .models import Plan, PlanStep, Topic
from .states import TopicState

NAMES = {
    "title": "议题", "kind": "类别", "form": "协商形式", "month": "协商时间", "lead": "承办专委会", "units": "协办单位",
    "leader": "牵头领导", "attending": "参加人员", "cancelled": "状态",
}  # fmt: skip
TEXTS = {"aim": "总体要求", "duties": "组织实施"}


def rows_of(plan: Plan) -> list[dict]:
    """The topics of the plan as they stand now; two queries."""
    topics = Topic.objects.for_acting().listed().filter(plan=plan)
    return [row_of(topic) for topic in topics.prefetch_related("units").order_by("kind__order", "serial")]


def row_of(topic: Topic) -> dict:
    return {
        "id": topic.pk, "title": topic.title, "kind": topic.kind.name, "form": Form(topic.form).label,
        "month": topic.timing, "lead": topic.lead.name, "units": "、".join(str(unit) for unit in topic.units.all()),
        "leader": str(topic.leader or ""), "attending": topic.attending,
        "cancelled": "已取消" if topic.state == TopicState.CANCELLED else "列入",
    }  # fmt: skip


def texts_of(plan: Plan) -> dict[str, str]:
    return {name: getattr(plan, name) for name in TEXTS}


def changes(old: PlanStep | None, rows: list[dict], texts: dict[str, str]) -> list[str]:
    """What differs from the older step, a sentence each; nothing for the first step."""
    if old is None:
        return []
    before = {row["id"]: row for row in old.rows}
    now = {row["id"]: row for row in rows}
    found = [
        f"增加议题：{row['title']}（{row['kind']}，{row['month']}）" for key, row in now.items() if key not in before
    ]
    found += [f"减去议题：{row['title']}（{row['kind']}）" for key, row in before.items() if key not in now]
    for key, row in now.items():
        found += _differences(before.get(key), row)
    return [
        *found,
        *(f"修改了“{label}”" for name, label in TEXTS.items() if old.texts.get(name, "") != texts.get(name, "")),
    ]


def _differences(old: dict | None, new: dict) -> Iterable[str]:
    if old is None:
        return []
    return [
        f"“{old['title']}”的{label}：{old.get(name) or '未定'} → {new.get(name) or '未定'}"
        for name, label in NAMES.items() if old.get(name, "") != new.get(name, "")
    ]  # fmt: skip


def since_last(plan: Plan, steps: list[PlanStep]) -> list[str]:
    """What was changed since the newest step that froze the topics."""
    frozen = [step for step in steps if step.rows or step.texts]
    return changes(frozen[-1], rows_of(plan), texts_of(plan)) if frozen else []


def with_changes(steps: list[PlanStep]) -> list[tuple[PlanStep, list[str]]]:
    """Each step with what changed since the one before it."""
    found, before = [], None
    for step in steps:
        found.append((step, changes(before, step.rows, step.texts)))
        before = step
    return found

"""What a person took out of the portal, for the copy they may take of their data (members.privacy)."""

from members.models import Person
from members.privacy.holdings import Part, register, time

from .models import ExportRecord


def _taken(person: Person, user) -> list[list]:
    rows = ExportRecord.objects.filter(user=user).order_by("pk") if user else []
    return [[time(r.at), r.get_step_display(), r.what, r.asked, r.audience, r.rows, r.ip or ""] for r in rows]


def register_own() -> None:
    register(Part("导出的列表", ("时间", "方式", "内容", "筛选条件", "使用范围", "行数", "地址"), _taken))

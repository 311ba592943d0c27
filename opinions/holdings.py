"""What a person reported, for the copy they may take of their data (members.privacy)."""

from members.models import Person
from members.privacy.holdings import Part, register, time

from .models import OpinionReport


def _reports(person: Person, user) -> list[list]:
    rows = OpinionReport.objects.filter(author=person, organization__isnull=True).select_related("issue").order_by("pk")
    return [[r.number, str(r), r.get_state_display(), time(r.submitted_at), str(r.issue or "")] for r in rows]


def register_own() -> None:
    register(Part("反映的社情民意", ("编号", "标题", "状态", "提交时间", "编入期刊"), _reports))

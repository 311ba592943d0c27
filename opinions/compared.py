"""Similar reports: which texts are compared, and which of them a writer may learn of.

Whoever may open a report sees its number and title. Others who report learn the title of what was issued, and of what is
still under way only that there is one: nobody's unpublished text is told to anybody.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.timezone import localdate

from notices import comparing
from search import similar
from search.similar import Kind, Text
from workflow.querysets import roles_on

from .models import OpinionReport
from .states import State

KIND = "opinion"
STRONG = 0.9  # how near a text must be that is only told of, so that nobody can ask it word by word


@dataclass(frozen=True)
class Similar:
    """`url` and `number` are empty where the reader may not open it, `title` too where it is not issued."""

    title: str
    number: str
    url: str
    state: str
    day: str
    pk: int | None = None


def register_own() -> None:
    comparing.register(Kind(KIND, rows=rows, mark="changed_at", texts=texts), OpinionReport.process_name)


def rows():
    return OpinionReport.objects.filter(state__in=State.COMPARED)


def texts(ids: Collection[int]) -> dict[int, Text]:
    return _texts(OpinionReport.objects.filter(pk__in=ids))


def _texts(found) -> dict[int, Text]:
    columns = found.order_by("pk").values_list("pk", "title", "situation", "suggestions")
    return {pk: Text(title, f"{situation}\n{suggestions}") for pk, title, situation, suggestions in columns}


def similar_to(user, title: str, text: str = "", exclude: int | None = None, limit: int = 6) -> list[Similar]:
    """The reports nearest to a title, or to title and text, as this user may know of them; best first."""
    reach = rows().exclude(pk=exclude)
    matches = similar.closest(
        KIND, Text(title.strip(), text.strip()), lambda ids: _texts(reach.filter(pk__in=ids)), limit * 2
    )
    by_key = {row.pk: row for row in reach.filter(pk__in=[m.object_id for m in matches]).with_roles_of(user)}
    shown = (_shown(by_key[match.object_id], match.score) for match in matches if match.object_id in by_key)
    return [one for one in shown if one is not None][:limit]


def _shown(row: OpinionReport, score: float) -> Similar | None:
    """What went out within a united text is known by that text; its own title was never printed."""
    is_open, is_issued = bool(roles_on(row)), row.state == State.ISSUED and row.combined_into_id is None
    if not is_open and not is_issued and score < STRONG:
        return None
    return Similar(
        title=row.shown_title if is_open or is_issued else "", number=row.number if is_open else "",
        url=row.get_absolute_url() if is_open else "", state=row.get_state_display(),
        day=f"{localdate(row.submitted_at):%Y年%m月}", pk=row.pk if is_open else None,
    )  # fmt: skip


def of_report(user, report: OpinionReport) -> list[Similar]:
    return similar_to(user, report.title, f"{report.situation}\n{report.suggestions}", report.pk)

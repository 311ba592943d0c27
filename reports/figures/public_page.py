"""What the public page draws of a released year: pictures from the frozen values, the year before beside each number, and
how many of a category can be read in full on the public list, which counts the same rows."""

from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse

from proposals.kinds import ResultClass
from proposals.models import Publication
from reports.models import FigureSnapshot

from .proposal_figures import BY_CATEGORY, CATEGORY_WORD
from .snapshots import Frozen, grouped, public_of

IN_SHORT = {
    "A": "已解决",
    "B": "正在解决",
    "C": "暂难解决",
    "D": "留作参考",
}  # beside a bar; the list below has the whole words


def of(snapshot: FigureSnapshot, before: FigureSnapshot | None) -> dict:
    """The context of the page; one query."""
    found = public_of(snapshot)
    known = {one.key: one for one in found}
    earlier = {one.key: one for one in public_of(before)} if before else {}
    listed = [one for one in found if not one.key.startswith(BY_CATEGORY)]
    return {
        "before": before, "published": _published(snapshot.year, found),
        "groups": [(label, [(one, earlier.get(one.key)) for one in rows]) for label, rows in grouped(listed)],
        "by_category": [
            {"label": one.name.removeprefix(CATEGORY_WORD), "value": one.part}
            for one in found if one.key.startswith(BY_CATEGORY) and one.part
        ],
        "results": [
            {"label": f"{key} {IN_SHORT[key]}", "value": known[f"result_{key.lower()}"].part or 0}
            for key in ResultClass.values if f"result_{key.lower()}" in known
        ],
    }  # fmt: skip


def _published(year: int, found: list[Frozen]) -> list[dict]:
    """Of each category of the year what stands on the public list now, with the address of exactly these."""
    rows = Publication.objects.current().filter(proposal__published_at__isnull=False, proposal__submitted_at__year=year)
    counts = dict(rows.order_by().values_list("proposal__business_category").annotate(n=Count("pk")))
    names = {one.key: one.name.removeprefix(CATEGORY_WORD) for one in found}
    return [
        {"label": names[key], "count": n, "href": f"{reverse('public:list')}?{urlencode({'category': pk, 'submitted': year})}"}
        for pk, n in counts.items() if (key := f"{BY_CATEGORY}{pk}") in names
    ]  # fmt: skip

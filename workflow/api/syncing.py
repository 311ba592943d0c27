"""For programs that keep a copy (design §9): what changed since a moment, in the list and as a walk by cursor.

A view set takes part by two lines: `class Matters(Synced, CaseViewSet)` and, in its addresses before those with an id,
`path("matters/changes/", Matters.as_view({"get": "changes"}), name="matter-changes")`. A child names the column of the
moment on its parent (`changed_field = "report__changed_at"`). Its filters get `changed_since = MomentFilter(…)`.
"""

import django_filters
from drf_spectacular.utils import extend_schema

from xiping_cppcc.api.paging import Changes, Pages, moment_of

WALK = "按变动先后，用游标逐批读取；全部读完后保存 synced_until，下次作为 changed_since。"


class MomentFilter(django_filters.CharFilter):
    """Rows changed since a moment."""

    def __init__(self, *args, label: str = "只要这个时刻以后有变动的", **kwargs):
        super().__init__(*args, label=label, **kwargs)

    def filter(self, rows, value):
        return rows.filter(**{f"{self.field_name}__gte": moment_of(value)}) if value else rows


class Synced:
    """Mixed in before CaseViewSet."""

    paged = ("list", "changes", "choices")
    changed_field = "changed_at"

    @property
    def pagination_class(self):
        return Changes if self.action == "changes" else Pages

    def rows_shown(self, rows: list) -> list[dict]:
        """One page of rows as the list shows them."""
        return self.serializer_class(rows, many=True).data

    def page_of(self, rows):
        """The answer to a list or a walk: the pages of these rows."""
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(self.rows_shown(page))

    @extend_schema(summary="有变动的（同步用）", description=WALK)
    def changes(self, request):
        return self.page_of(self.get_queryset())

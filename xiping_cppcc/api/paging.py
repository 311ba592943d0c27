"""Pages for people, and a walk through changes for programs that keep a copy."""

import base64
import binascii
import json
import re
from datetime import datetime, timedelta
from operator import attrgetter

from django.core.paginator import EmptyPage, Paginator
from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from rest_framework.pagination import BasePagination
from rest_framework.response import Response

from .parameters import bounded_number, invalid
from .problems import Problem

PAGE_SIZE, LARGEST_PAGE, LAST_PAGE = 20, 200, 100_000
# Transactions that began earlier may still be committing; a reader asks for this much again.
OVERLAP = timedelta(seconds=60)
# A plus sign that was not escaped in the address arrives as a space.
SPACE_FOR_PLUS = re.compile(r"(T.*) (\d\d:?\d\d)$")


def _parameter(name: str, description: str, schema: dict) -> dict:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}


SIZE_PARAMETER = _parameter(
    "page_size",
    f"每页条数，默认 {PAGE_SIZE}，最多 {LARGEST_PAGE}。",
    {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": PAGE_SIZE},
)


class Pages(BasePagination):
    """`?page=2&page_size=50` → count, page, pages, page_size, results. A page beyond the last is 404."""

    parameters = ("page", "page_size")
    schema_name = "PageOf"

    def paginate_queryset(self, queryset, request, view=None):
        self.size = bounded_number(request, "page_size", PAGE_SIZE, LARGEST_PAGE)
        number = bounded_number(request, "page", 1, LAST_PAGE)
        try:
            self.page = Paginator(queryset, self.size).page(number)
        except EmptyPage:
            raise Problem("not_found", "没有这一页。", "请从第 1 页开始。") from None
        return list(self.page)

    def get_paginated_response(self, data):
        pages = self.page.paginator
        return Response(
            {
                "count": pages.count,
                "page": self.page.number,
                "pages": pages.num_pages,
                "page_size": self.size,
                "results": data,
            }
        )

    def get_paginated_response_schema(self, schema):
        number = {"type": "integer", "minimum": 0}
        return {
            "type": "object",
            "required": ["count", "page", "pages", "page_size", "results"],
            "properties": {
                "count": {**number, "description": "总条数"},
                "page": {**number, "description": "当前页"},
                "pages": {**number, "description": "总页数"},
                "page_size": {**number, "description": "每页条数"},
                "results": schema,
            },
        }

    def get_schema_operation_parameters(self, view):
        page = {"type": "integer", "minimum": 1, "maximum": LAST_PAGE, "default": 1}
        return [_parameter("page", "页码，从 1 开始。", page), SIZE_PARAMETER]


class Changes(BasePagination):
    """Oldest change first, by a cursor that neither skips nor repeats a row that stays as it is.

    The view names the column with `changed_field`. Answers next_cursor (null at the end) and
    synced_until: what to give as `changed_since` the next time.
    """

    parameters = ("changed_since", "cursor", "page_size")
    schema_name = "ChangesOf"

    def paginate_queryset(self, queryset, request, view=None):
        column = view.changed_field
        size = bounded_number(request, "page_size", PAGE_SIZE, LARGEST_PAGE)
        self.began, after = _cursor(request)
        rows = _changed_since(queryset, column, request)
        if after is not None:
            moment, pk = after
            rows = rows.filter(Q(**{f"{column}__gt": moment}) | Q(**{column: moment, "pk__gt": pk}))
        found = list(rows.order_by(column, "pk")[: size + 1])
        self.next = self._after(found[size - 1], column) if len(found) > size else None
        return found[:size]

    def _after(self, row, column: str) -> str:
        moment = attrgetter(column.replace("__", "."))(row)
        return _encoded(self.began, moment, row.pk)

    def get_paginated_response(self, data):
        until = timezone.localtime(self.began - OVERLAP).isoformat()
        return Response({"next_cursor": self.next, "synced_until": until, "results": data})

    def get_paginated_response_schema(self, schema):
        return {
            "type": "object",
            "required": ["next_cursor", "synced_until", "results"],
            "properties": {
                "next_cursor": {"type": ["string", "null"], "description": "下一批的游标；没有下一批时为 null"},
                "synced_until": {
                    "type": "string",
                    "format": "date-time",
                    "description": "全部读完后保存，下次作为 changed_since",
                },
                "results": schema,
            },
        }

    def get_schema_operation_parameters(self, view):
        moment = {"type": "string", "format": "date-time"}
        return [
            _parameter("changed_since", "只要这个时刻以后有变动的。首次同步不填。", moment),
            _parameter("cursor", "上一批答复里的 next_cursor。", {"type": "string", "maxLength": 200}),
            SIZE_PARAMETER,
        ]


def _changed_since(queryset, column: str, request):
    given = request.query_params.get("changed_since")
    return queryset if given is None else queryset.filter(**{f"{column}__gte": moment_of(given)})


def moment_of(text: str) -> datetime:
    """An ISO 8601 moment; without an offset it is Shanghai's. Raises the problem of `changed_since`."""
    try:
        moment = parse_datetime(SPACE_FOR_PLUS.sub(r"\1+\2", text))
        if moment is None or not 2000 < moment.year < 2200:
            raise ValueError(text)
    except ValueError:
        raise invalid(changed_since="请填写时刻，例如 2026-06-01T08:00:00+08:00。") from None
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


def _encoded(began: datetime, moment: datetime, pk: int) -> str:
    text = json.dumps([began.isoformat(), moment.isoformat(), pk])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _cursor(request) -> tuple[datetime, tuple[datetime, int] | None]:
    """When the walk began, and the row after which it goes on."""
    given = request.query_params.get("cursor")
    if given is None:
        return timezone.now(), None
    try:
        text = base64.b64decode(given + "=" * (-len(given) % 4), b"-_", validate=True)
        began, moment, pk = json.loads(text)
        return _own(began), (_own(moment), _own_key(pk))
    except (ValueError, TypeError, binascii.Error, RecursionError):
        raise invalid(cursor="游标无效，请从头开始同步。") from None


def _own(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if timezone.is_naive(moment) or not 2000 < moment.year < 2200:
        raise ValueError(text)
    return moment


def _own_key(pk) -> int:
    if not isinstance(pk, int) or not 0 <= pk < 2**63:
        raise ValueError(pk)
    return pk

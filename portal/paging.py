"""The links of a pager, which keep the filter of the list."""

from collections.abc import Mapping

from django.core.paginator import Page
from django.http import QueryDict


def page_links(page: Page, params: Mapping) -> dict:
    """links: [{label, href}] with "" for the gaps; previous and following: href or ""."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return {
        "links": [{"label": n, "href": _href(params, n) if isinstance(n, int) else ""} for n in numbers],
        "previous": _href(params, page.number - 1) if page.has_previous() else "",
        "following": _href(params, page.number + 1) if page.has_next() else "",
    }


def _href(params: Mapping, number: int) -> str:
    query = QueryDict(mutable=True)
    for key in params:
        query.setlist(key, params.getlist(key) if hasattr(params, "getlist") else [params[key]])
    query["page"] = number
    return f"?{query.urlencode()}"

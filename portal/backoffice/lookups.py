"""Which conditions the address of a list may hold: those its filters name, and the rows' own numbers.

Django allows every column of the list's own table. Whoever may open a list could then read hashes, whole
telephone numbers and texts that the list does not show, one character after the other.
"""

from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.db.models.constants import LOOKUP_SEP

SAME = {"", "exact", "in"}
# What Django's own filters ask of a column, of a date and of a linked row.
FILTERED = SAME | {"isnull", "gte", "gt", "lte", "lt", "id__exact", "id__in"}
DATED = FILTERED | {"year", "month", "day"}


def named_only(model_admin: ModelAdmin, lookup: str, value: str, request=None) -> bool:
    """Stands for `lookup_allowed` of every admin (portal.backoffice.apps). What is refused is answered with 400."""
    if lookup in _parameters(model_admin, request):
        return True
    return any(_asks(lookup, path, endings) for path, endings in _columns(model_admin, request))


def _parameters(model_admin: ModelAdmin, request) -> set[str]:
    """The names that filters of the house read from the address; they are no columns."""
    filters = model_admin.get_list_filter(request)
    return {f.parameter_name for f in filters if isinstance(f, type) and issubclass(f, SimpleListFilter)}


def _columns(model_admin: ModelAdmin, request) -> list[tuple[str, set[str]]]:
    filters = [f[0] if isinstance(f, (list, tuple)) else f for f in model_admin.get_list_filter(request)]
    dates = [(model_admin.date_hierarchy, DATED)] if model_admin.date_hierarchy else []
    own = [("pk", SAME), (model_admin.opts.pk.name, SAME)]
    return [*((f, FILTERED) for f in filters if isinstance(f, str)), *dates, *own]


def _asks(lookup: str, path: str, endings: set[str]) -> bool:
    """Whether it is this column, compared in one of these ways."""
    rest = lookup.removeprefix(path)
    return rest != lookup and (not rest or rest.startswith(LOOKUP_SEP)) and rest.removeprefix(LOOKUP_SEP) in endings

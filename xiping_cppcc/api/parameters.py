"""Query parameters: only those a view declares, each within its bounds. Anything else is a 400."""

from dataclasses import dataclass

import django_filters
from django import forms
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.request import Request

from .problems import Problem


@dataclass(frozen=True)
class Parameter:
    """A query parameter of a view's own: what it means, its JSON schema, the actions that read it (none: all)."""

    description: str
    schema: dict
    actions: tuple[str, ...] = ()


LARGEST_KEY = 2**63 - 1


class KeyFilter(django_filters.NumberFilter):
    """A key of a row."""

    field_class = forms.IntegerField

    def __init__(self, **kwargs):
        super().__init__(min_value=1, max_value=LARGEST_KEY, **kwargs)


class StrictFilterBackend(DjangoFilterBackend):
    """A filter value that does not fit is told with the parameter's name."""

    def filter_queryset(self, request, queryset, view):
        filterset = self.get_filterset(request, queryset, view)
        if filterset is None:
            return queryset
        if not filterset.is_valid():
            raise invalid(**{name: list(map(str, errors))[0] for name, errors in filterset.errors.items()})
        return filterset.qs


def invalid(**sentences: str) -> Problem:
    """400 for parameters with wrong values: name=sentence."""
    errors = [{"parameter": name, "detail": sentence} for name, sentence in sentences.items()]
    return Problem("invalid_parameter", errors=errors)


def refuse_unknown(request: Request, known: set[str]) -> None:
    """Raise when the address carries a parameter that is not among the known ones."""
    unknown = sorted(set(request.query_params) - known)
    if unknown:
        hint = f"可用的参数：{'、'.join(sorted(known))}。" if known else "这个地址不带参数。"
        raise Problem(
            "unknown_parameter",
            f"地址里有不认识的参数：{'、'.join(name[:40] for name in unknown[:10])}。",
            hint,
            errors=[{"parameter": name[:40], "detail": "没有这个参数。"} for name in unknown[:10]],
        )


def bounded_number(request: Request, name: str, default: int, highest: int) -> int:
    """A parameter that counts from 1 to `highest`. Raises for anything else."""
    given = request.query_params.get(name)
    if given is None:
        return default
    if not (given.isascii() and given.isdigit() and len(given) < 10 and 1 <= int(given) <= highest):
        raise invalid(**{name: f"请填写 1 到 {highest} 的整数。"})
    return int(given)

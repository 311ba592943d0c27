"""What the charts show: rows for the components of templates/components, from the figures and in few queries."""

from collections import Counter

from django.db.models import Count, IntegerField, Max, Q
from django.db.models.functions import Coalesce, TruncMonth

from proposals.kinds import ResultClass
from proposals.statistics import NO_CATEGORY, rank_of

from . import bases
from .asked import CATEGORY, SUBMITTED, UNSORTED, Asked
from .counting import counted
from .heat import Heat, month_code, months_between
from .proposal_figures import STAGES
from .registry import by_key
from .stages import stages
from .table import PART, rows_url

NOWHERE = 0  # in place of a category


def of(asked: Asked, categories: list[tuple[int, str]]) -> dict:
    """The context of the page: proposals by category and by month, results by category, the stages."""
    figures = by_key()
    names = [key for key in STAGES if asked.reader.everything or figures[key].for_units]
    found = stages(asked, counted(asked, [figures[key] for key in names]))
    filed, submitted, undated = _numbers(asked)
    return {
        "stages": found, "funnel": [_stage(one, asked) for one in found], "stage_rows": _stages(found, asked),
        "by_category": _by_category(asked, filed, categories), "by_month": _by_month(asked, submitted), "undated": undated,
        "classes": [f"{one} 类" for one in ResultClass.values], "results": results(asked, categories),
    }  # fmt: skip


def _stage(one, asked: Asked) -> dict:
    figure = one.value.figure
    return {"label": figure.name, "value": one.value.part or 0, "href": rows_url(figure, PART, asked)}


def _stages(found, asked: Asked) -> list[dict]:
    return [{"stage": one, "href": rows_url(one.value.figure, PART, asked)} for one in found]


def _counted_here(asked: Asked):
    """What the pictures count: received proposals, for units and their offices those handed out."""
    return by_key()["received" if asked.reader.everything else "handled"]


def _filed_here(asked: Asked):
    return by_key()["filed"] if asked.reader.everything else _counted_here(asked)


def _numbers(asked: Asked) -> tuple[Counter, Counter, int]:
    """How many of each category, of each month in which they were submitted, and of none; one query for all."""
    filed, here = (_number(figure(asked).part, asked) for figure in (_filed_here, _counted_here))
    rows = bases.proposals(asked).annotate(month_=TruncMonth("submitted_at"))
    rows = rows.values_list("business_category_id", "month_").annotate(filed_=filed, here_=here)
    by_category, by_month, undated = Counter(), Counter(), 0
    for category, month, of_category, of_month in rows:
        by_category[category] += of_category
        if month and of_month:
            by_month[month_code(month)] += of_month
        undated += 0 if month else of_month
    return by_category, by_month, undated


def _number(one, asked: Asked) -> Count:
    return one.base.aggregate(one.only, asked)


def _by_category(asked: Asked, counts: Counter, categories: list) -> list[dict]:
    """Filed ones, in the order of the categories, those without one last."""
    figure = _filed_here(asked)
    listed = [*((pk, pk, name) for pk, name in categories), (None, UNSORTED, NO_CATEGORY)]
    return [
        {"label": name, "value": counts[pk], "href": rows_url(figure, PART, asked.narrowed(**{CATEGORY: wanted}))}
        for pk, wanted, name in listed if counts.get(pk)
    ]  # fmt: skip


def _by_month(asked: Asked, counts: Counter) -> list[dict]:
    figure = _counted_here(asked)
    return [
        {"label": code, "value": counts[code], "href": rows_url(figure, PART, asked.narrowed(**{SUBMITTED: code}))}
        for code in months_between(set(counts))
    ]


def results(asked: Asked, categories: list) -> list[dict]:
    """A to D of the replied ones, by category, those without one last; one query."""
    rows = bases.answers(asked).annotate(
        category=Coalesce(Max("proposal__business_category_id"), NOWHERE, output_field=IntegerField())
    )
    listed = [*categories, (NOWHERE, NO_CATEGORY)]
    numbers = rows.aggregate(**{
        f"n_{pk}_{one}": Count("proposal_id", filter=Q(open=0, category=pk, result=rank_of(one, ResultClass.WORST_FIRST)))
        for pk, _name in listed for one in ResultClass.values
    })  # fmt: skip
    found = {pk: [numbers[f"n_{pk}_{one}"] for one in ResultClass.values] for pk, _name in listed}
    return [
        {"label": name, "values": found[pk], **_result_urls(asked, UNSORTED if pk == NOWHERE else pk)}
        for pk, name in listed if sum(found[pk])
    ]  # fmt: skip


def _result_urls(asked: Asked, category: int) -> dict:
    """Where each of the results leads, and all of them together."""
    figures, narrowed = by_key(), asked.narrowed(**{CATEGORY: category})
    hrefs = [rows_url(figures[f"result_{one.lower()}"], PART, narrowed) for one in ResultClass.values]
    return {"hrefs": hrefs, "total_href": rows_url(figures["with_result"], PART, narrowed)}


def heat_lines(heat: Heat, asked: Asked) -> list[dict]:
    """For the component heat_map: every cell leads to its shares."""
    return [_heat_line(row, row.name, heat.months, asked.narrowed(unit=row.unit_id)) for row in heat.rows]


def heat_totals(heat: Heat, asked: Asked) -> dict:
    """The last line: all units of each month."""
    return _heat_line(heat, "合计", heat.months, asked)


def _heat_line(row, label: str, months: list[str], asked: Asked) -> dict:
    figure, counts = by_key()["shares"], row.counts
    cells = [{"value": counts.get(one, 0), "href": rows_url(figure, PART, asked.narrowed(month=one))} for one in months]
    return {"label": label, "total": row.total, "href": rows_url(figure, PART, asked), "cells": cells}

"""What the charts show: rows for the components of templates/components, from the figures and in few queries."""

from collections import Counter

from django.db.models import Count, IntegerField, Max, Q
from django.db.models.functions import Coalesce, TruncMonth

from proposals.kinds import ResultClass
from proposals.statistics import NO_CATEGORY, rank_of

from . import bases
from .asked import CATEGORY, SUBMITTED, Asked
from .counting import counted
from .heat import Heat, month_code, months_between
from .registry import by_key
from .stages import stages
from .table import PART, rows_url

NOWHERE = 0  # in place of a category


def of(asked: Asked, categories: list[tuple[int, str]]) -> dict:
    """The context of the page: proposals by category and by month, results by category, the stages."""
    figures = by_key()
    names = [
        key
        for key in ("received", "filed", "handled", "replied", "returned")
        if asked.reader.everything or figures[key].for_units
    ]
    found = stages(asked, counted(asked, [figures[key] for key in names]))
    filed, submitted = _numbers(asked)
    return {
        "stages": found, "funnel": [_stage(one, asked) for one in found], "stage_rows": _stages(found, asked),
        "by_category": _by_category(asked, filed, categories), "by_month": _by_month(asked, submitted),
        "classes": [f"{one} 类" for one in ResultClass.values], "results": results(asked, categories),
    }  # fmt: skip


def _stage(one, asked: Asked) -> dict:
    figure = one.value.figure
    return {"label": figure.name, "value": one.value.part or 0, "href": rows_url(figure, PART, asked)}


def _stages(found, asked: Asked) -> list[dict]:
    return [{"stage": one, "href": rows_url(one.value.figure, PART, asked)} for one in found]


def _with(asked: Asked, **conditions) -> Asked:
    return Asked(asked.period, asked.reader, {**asked.conditions, **conditions}, asked.as_of)


def _counted_here(asked: Asked):
    """What the pictures count: received proposals, for units and their offices those handed out."""
    return by_key()["received" if asked.reader.everything else "handled"]


def _filed_here(asked: Asked):
    return by_key()["filed"] if asked.reader.everything else _counted_here(asked)


def _numbers(asked: Asked) -> tuple[Counter, Counter]:
    """How many of each category, and of each month in which they were submitted; one query for both."""
    filed, here = (Count("pk", filter=figure(asked).part.only or None) for figure in (_filed_here, _counted_here))
    rows = bases.proposals(asked).annotate(month_=TruncMonth("submitted_at"))
    rows = rows.values_list("business_category_id", "month_").annotate(filed_=filed, here_=here)
    by_category, by_month = Counter(), Counter()
    for category, month, of_category, of_month in rows:
        by_category[category] += of_category
        if month and of_month:
            by_month[month_code(month)] += of_month
    return by_category, by_month


def _by_category(asked: Asked, counts: Counter, categories: list) -> list[dict]:
    """Filed ones, in the order of the categories; those without a category lead nowhere."""
    figure = _filed_here(asked)
    shown = [
        {"label": name, "value": counts[pk], "href": rows_url(figure, PART, _with(asked, **{CATEGORY: pk}))}
        for pk, name in categories if counts.get(pk)
    ]  # fmt: skip
    return shown + ([{"label": NO_CATEGORY, "value": counts[None]}] if counts.get(None) else [])


def _by_month(asked: Asked, counts: Counter) -> list[dict]:
    figure = _counted_here(asked)
    return [
        {"label": code, "value": counts[code], "href": rows_url(figure, PART, _with(asked, **{SUBMITTED: code}))}
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
        {"label": name, "values": found[pk], "hrefs": _result_urls(asked, pk)} for pk, name in listed if sum(found[pk])
    ]


def _result_urls(asked: Asked, category: int) -> list[str]:
    """Where each of the results leads; those without a category nowhere."""
    if category == NOWHERE:
        return [""] * len(ResultClass.values)
    figures, narrowed = by_key(), _with(asked, **{CATEGORY: category})
    return [rows_url(figures[f"result_{one.lower()}"], PART, narrowed) for one in ResultClass.values]


def heat_lines(heat: Heat, asked: Asked) -> list[dict]:
    """For the component heat_map: every cell leads to its shares."""
    figure = by_key()["shares"]
    return [
        {
            "label": row.name, "total": row.total, "href": rows_url(figure, PART, _with(asked, unit=row.unit_id)),
            "cells": [
                {"value": row.counts.get(code, 0), "href": rows_url(figure, PART, _with(asked, unit=row.unit_id, month=code))}
                for code in heat.months
            ],
        }
        for row in heat.rows
    ]  # fmt: skip

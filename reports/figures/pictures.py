"""What the charts show: rows for the components of templates/components, from the figures and in few queries."""

from collections import defaultdict

from django.db.models import Count, Max, Q
from django.db.models.functions import TruncMonth

from proposals.kinds import ResultClass
from proposals.statistics import NO_CATEGORY, rank_of

from . import bases
from .asked import CATEGORY, SUBMITTED, Asked
from .counting import counted
from .heat import Heat, month_code, months_between
from .registry import by_key
from .stages import stages
from .table import PART, rows_url


def of(asked: Asked, categories: list[tuple[int, str]]) -> dict:
    """The context of the page: proposals by category and by month, results by category, the stages."""
    figures = by_key()
    names = [
        key
        for key in ("received", "filed", "handled", "replied", "returned")
        if asked.reader.everything or figures[key].for_units
    ]
    found = stages(asked, counted(asked, [figures[key] for key in names]))
    return {
        "stages": found, "funnel": [_stage(one, asked) for one in found], "stage_rows": _stages(found, asked),
        "by_category": _by_category(asked, categories), "by_month": _by_month(asked),
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


def _by_category(asked: Asked, categories: list) -> list[dict]:
    """Filed ones, in the order of the categories; those without a category lead nowhere."""
    figure = by_key()["filed"] if asked.reader.everything else _counted_here(asked)
    counts = dict(figure.part.rows(asked).values_list("business_category_id").annotate(n=Count("pk")))
    shown = [
        {"label": name, "value": counts[pk], "href": rows_url(figure, PART, _with(asked, **{CATEGORY: pk}))}
        for pk, name in categories if counts.get(pk)
    ]  # fmt: skip
    return shown + ([{"label": NO_CATEGORY, "value": counts[None]}] if counts.get(None) else [])


def _by_month(asked: Asked) -> list[dict]:
    figure = _counted_here(asked)
    rows = figure.part.rows(asked).filter(submitted_at__isnull=False).annotate(month_=TruncMonth("submitted_at"))
    counts = {month_code(at): n for at, n in rows.values_list("month_").annotate(n=Count("pk"))}
    return [
        {"label": code, "value": counts.get(code, 0), "href": rows_url(figure, PART, _with(asked, **{SUBMITTED: code}))}
        for code in months_between(set(counts))
    ]


def results(asked: Asked, categories: list) -> list[dict]:
    """A to D of the replied ones, by category; one query."""
    rows = bases.answers(asked).annotate(category=Max("proposal__business_category_id"))
    numbers = rows.aggregate(**{
        f"n_{pk}_{one}": Count("proposal_id", filter=Q(open=0, category=pk, result=rank_of(one, ResultClass.WORST_FIRST)))
        for pk, _name in categories for one in ResultClass.values
    })  # fmt: skip
    found, figures = defaultdict(list), by_key()
    for pk, _name in categories:
        found[pk] = [numbers[f"n_{pk}_{one}"] for one in ResultClass.values]
    return [
        {"label": name, "values": found[pk], "hrefs": [
            rows_url(figures[f"result_{one.lower()}"], PART, _with(asked, **{CATEGORY: pk})) for one in ResultClass.values
        ]} for pk, name in categories if sum(found[pk])
    ]  # fmt: skip


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

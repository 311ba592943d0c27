"""Every fragment a page is built from. How they look: /styleguide/. How to use them: docs/components.md."""

# ruff: noqa: PLR0913 (a declaration of props is not a call)

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Literal

from django.core.paginator import Page
from django.forms import BaseForm, BaseFormSet, BoundField, CheckboxInput
from django.template import Library, TemplateSyntaxError
from django.utils.safestring import mark_safe

from portal import charts
from portal.components import Components
from portal.form_errors import errors_of
from portal.paging import page_links
from portal.progress import progress

register = Library()
component = Components(register)

Tone = Literal["neutral", "info", "success", "waiting", "warning", "danger"]
Colour = Literal["green", "yellow", "orange", "red", "black", "none"]
BLANK_CELL = re.compile(r"(<td\b[^>]*>)\s+(</td>)")
LIGHT_ICONS = {"green": "check", "yellow": "clock", "orange": "alert", "red": "late", "black": "late", "none": "none"}
NOTICE_ICONS = {"info": "info", "success": "check", "warning": "alert", "danger": "late"}


# --- Small signs -----------------------------------------------------------------


@component.kept
def icon(*, name: str, label: str = ""):
    """A line icon of static/img/icons.svg; without a label it is decoration."""


@component
def state_badge(*, state: str, label: str, tone: Tone = "neutral"):
    """The state of a case in its public name."""


@component
def light(
    *,
    colour: str,
    word: str,
    days: int | None = None,
    due: date | None = None,
    unit: Literal["天", "个工作日"] = "天",
):
    """绿黄橙红黑 as icon, word and days left (negative: days over)."""
    known = _colour(colour)
    return {"colour": known, "icon": LIGHT_ICONS[known], "left": _days_left(days, unit)}


def _colour(value: str) -> str:
    known = str(value).lower()
    if known not in LIGHT_ICONS:
        raise TemplateSyntaxError(f"light: colour does not accept {value!r}")
    return known


def _days_left(days: int | None, unit: str) -> str:
    if days is None:
        return ""
    if days == 0:
        return "今天到期"
    return f"还剩 {days} {unit}" if days > 0 else f"已超 {-days} {unit}"


# --- Acting -----------------------------------------------------------------------


@component
def button(
    *,
    label: str,
    kind: Literal["primary", "secondary", "quiet", "danger"] = "secondary",
    href: str = "",
    name: str = "",
    value: str | int = "",
    action: str = "",
    opens: str = "",
    icon: str = "",
    small: bool = False,
    about: str = "",
):
    """A link with `href`, a dialog opener with `opens`, else a submit button.

    `action` posts the form elsewhere; `about` names what a repeated button acts on, for screen readers.
    """


@component
def default_button(*, name: str = "", value: str = ""):
    """Put first in a form with several buttons: Enter in a field presses this one."""


@component
def dialog(content: str, *, id: str, title: str, wide: bool = False):
    """Opened by `{% button opens=id %}`; a page must offer another way when JavaScript is off."""


# --- Telling -----------------------------------------------------------------------


@component
def notice(
    content: str,
    *,
    tone: Literal["info", "success", "warning", "danger"] = "info",
    title: str = "",
    live: bool = False,
):
    """`live` speaks at once: for what appears after the page was loaded."""
    return {"icon": NOTICE_ICONS[tone]}


@component
def card(content: str, *, title: str = "", href: str = "", more: str = "查看全部", level: int = 2):
    """A box with a heading; `href` puts a link beside the heading."""


@component
def summary_list(*, rows: Iterable):
    """Rows of (key, value) or {key, value, href, action}."""
    return {"rows": [_summary_row(row) for row in rows]}


def _summary_row(row) -> Mapping:
    return row if isinstance(row, Mapping) else {"key": row[0], "value": row[1]}


@component
def figure(
    *,
    value: str | int | float,
    label: str,
    unit: str = "件",
    href: str = "",
    tone: Literal["neutral", "warning", "danger"] = "neutral",
):
    """One number; `href` leads to the rows behind it."""


@component
def empty_state(*, title: str, text: str = "", action_label: str = "", action_href: str = ""):
    """Nothing to list: say why and what to do next."""


@component
def receipt(content: str, *, title: str, number: str = "", number_label: str = ""):
    """After submitting: what was received, its number, and (content) what happens next."""


@component
def countdown(*, of: object):
    """How long 大会提案 are still taken, and what follows then; `of` is what proposals.windows.countdown gives.

    static/js/countdown.js keeps the words alive; nothing is spoken while they change.
    """


# --- A case -------------------------------------------------------------------------


@component
def steps(
    *,
    current: Literal["提", "立", "办", "督", "评", "结"],
    notes: Mapping | None = None,
    supervised: bool = False,
    ended: str = "",
):
    """提立办督评. `notes` puts a line under a step; `ended` names why the case stops at `current`."""
    return {"items": progress(current, notes or {}, supervised, ended)}


@component
def who_has_it(
    *,
    holder: str = "",
    doing: str = "办理",
    act: str = "答复",
    due: date | None = None,
    colour: str = "none",
    word: str = "",
    days: int | None = None,
    explain: str = "",
    others: str = "",
    over: str = "",
):
    """「现在由 X 办理，应于 Y 前答复；另有 1 个单位在办」. `over` replaces the sentence when nobody has it any more."""
    return {"colour": _colour(colour)}


@component
def timeline(*, events: Iterable, empty: str = "还没有记录。"):
    """Newest first. Each event: id, when, label, who, and if known on_behalf_of, from_label, to_label,
    reason, body (attributes or keys)."""
    return {"events": list(events)}


@component
def task_list(*, items: Iterable, empty: str = "没有待办事项。"):
    """我的待办. Each item: title, href, what, meta, and if known colour, word, days (attributes or keys)."""
    return {"items": list(items)}


# --- Lists ---------------------------------------------------------------------------


@component
def data_table(content: str, *, caption: str, show_caption: bool = False, cards: bool = True, dense: bool = False):
    """thead and tbody inside; every td carries data-label, which names it on a phone. Empty ones vanish there."""
    return {"content": mark_safe(BLANK_CELL.sub(r"\1\2", content))}


@component
def pager(*, page: Page, params: Mapping | None = None, unit: str = "件", sizes: Iterable = ()):
    """`params` is request.GET: every page link keeps the filter. `sizes`: {label, href, current} of rows a page."""
    return page_links(page, params or {})


@component
def tabs(*, items: Iterable, label: str):
    """Items of {label, href, count, current}: the queues of one list."""


@component
def breadcrumbs(*, items: Iterable):
    """(label, href) from the home page down; the last one is this page."""
    return {"items": list(items)}


@component
def filter_bar(*, form: BaseForm, applied: Iterable = (), clear: str = "?", first: Iterable = (), kept: Iterable = ()):
    """A GET form in a row; `applied` lists (label, href without it) as removable chips. With `first` the other
    fields are folded under 更多条件; `kept` are (name, value) that the address goes on carrying."""
    fields, first = form.visible_fields(), set(first)
    folded = [one for one in fields if first and one.name not in first]
    return {
        "applied": list(applied), "shown": [one for one in fields if one not in folded], "folded": folded,
        "folded_open": any(one.errors for one in folded),
    }  # fmt: skip


# --- Charts: drawn on the server, each with its table -----------------------------------


@component
def bar_chart(*, id: str, title: str, rows: Iterable, unit: str = "件", head: str = "项目", about: str = ""):
    """Lying bars. Rows: {label, value, shown?, href?}; `href` opens what a number counts, from the table."""
    bars = charts.bars(rows)
    return {"bars": bars, "width": charts.WIDTH, "height": len(bars) * charts.ROW + 6, "edge": charts.LABEL}


@component
def stacked_bar(
    *, id: str, title: str, names: Iterable, rows: Iterable, unit: str = "件", head: str = "项目", about: str = ""
):
    """Lying bars of up to four parts. Rows: {label, values, hrefs?, total_href?}, the values in the order of `names`."""
    names = list(names)
    stacks = charts.stacks(names, rows)
    legend = [{"name": name, "place": place} for place, name in enumerate(names, start=1)]
    return {
        "legend": legend, "stacks": stacks, "width": charts.WIDTH, "height": len(stacks) * charts.ROW + 6,
        "edge": charts.LABEL,
    }  # fmt: skip


@component
def line_chart(*, id: str, title: str, rows: Iterable, unit: str = "件", head: str = "月份", about: str = ""):
    """A line through points in time. Rows: {label, value, shown?, href?}, the earliest first."""
    points = charts.points(rows)
    return {
        "points": points, "line": " ".join(f"{one.x},{one.y}" for one in points), "width": charts.WIDTH,
        "height": charts.HEIGHT, "low": charts.HEIGHT - 32,
    }  # fmt: skip


@component
def heat_map(
    *, title: str, heads: Iterable, rows: Iterable, most: int, first: str = "单位", unit: str = "件",
    totals: Mapping | None = None,
):  # fmt: skip
    """A table whose cells are the darker the higher their number. Rows: {label, cells, total, href?}; a cell is
    {value, href}; `totals` is a row for the foot, not shaded."""
    heads = list(heads)
    return {"heads": heads, "lines": [_heat_line(row, heads, most) for row in rows], "totals": totals}


def _heat_line(row: Mapping, heads: list, most: int) -> dict:
    cells = zip(heads, row["cells"], strict=True)
    return {
        **row,
        "cells": [{**cell, "head": head, "shade": charts.shade(cell["value"], most)} for head, cell in cells],
    }


# --- Forms ---------------------------------------------------------------------------


@component
def field(
    *,
    field: BoundField,
    label: str = "",
    short: bool = False,
    counter: bool = False,
    guide: int = 0,
    optional: bool = True,
):
    """A form field with label, help and error tied together; `optional` adds（选填）when not required.
    `guide`: how long all texts of the form together should be; beyond it the counter says so, nothing is refused."""
    widget = field.field.widget
    alone = isinstance(widget, CheckboxInput)
    limit = getattr(field.field, "max_length", None) if counter else None
    return {
        # With a counter the browser must not cut off what is pasted: too long is said, not swallowed.
        "control": field.as_widget(attrs={"maxlength": False} if limit else None),
        "caption": label or field.label,
        "alone": alone,
        "choices": field.use_fieldset,
        "mark_optional": optional and not field.field.required and not alone,
        "limit": limit,
    }


@component
def error_summary(*, form: BaseForm | BaseFormSet | None = None, forms: Iterable = (), upload: str = "", at: str = ""):
    """At the top of the page after a refused form: every error, linked to its field. `upload` is why a file
    was refused, `at` the id of its field."""
    every = [one for one in [form, *forms] if one is not None]
    refused = [{"href": f"#{at}", "text": upload}] if upload else []
    return {"errors": [*(error for one in every for error in errors_of(one)), *refused]}


@component
def choose(
    *,
    field: BoundField,
    groups: Iterable,
    chosen: Iterable = (),
    most: int = 0,
    single: bool = False,
    summary: str = "挑选",
    finds: str = "按名称或拼音首字母查找",
    optional: bool = True,
):
    """Many check boxes in groups, folded up: (label, choices) with pk, name, keys, is_chosen. `keys` is what
    the search looks at (static/js/choose.js); `chosen` are the names already ticked, `most` their limit.
    `single` makes them radio buttons: one of many."""


@component
def upload(
    *,
    name: str,
    label: str,
    files: Iterable = (),
    help: str = "",
    error: str = "",
    accept: str = "",
    purpose: str = "",
    multiple: bool = True,
    url: str = "/documents/",
):
    """Attachments. `files` are those kept already: {id, name, size, url}. Posts their ids as `name`;
    without JavaScript the new files come with the form as `<name>_files`."""
    return {"files": list(files)}


@component
def item_rows(*, formset: BaseFormSet, label: str, noun: str = "条", help: str = "", optional: bool = True):
    """A formset whose rows can be added, removed and moved; see docs/components.md for the buttons."""


@component
def autosave_status(*, saved_at: datetime | None = None, sticky: bool = True):
    """The indicator of a form with data-autosave-url; speaks only on the server's word."""

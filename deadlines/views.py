import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from deadlines import steps
from deadlines.book import NoRule
from deadlines.explain import Explanation, explain

# Outside these years nobody has a case, and the lunar calendar is not tabulated.
FIRST_YEAR, LAST_YEAR = 1990, 2090


class BadQuestion(ValueError):
    """An address that cannot be answered; the text is shown to the user."""


@require_safe
def explain_page(request: HttpRequest) -> HttpResponse:
    try:
        context, status = {"explanation": _answer(request.GET)}, 200
    except BadQuestion as error:
        context, status = (
            {"problem": str(error), "next_step": "请从事项页面里的“如何计算”重新打开。"},
            400,
        )
    except NoRule as error:
        context, status = {"problem": error.sentence, "next_step": error.next_step}, 400
    return render(request, "deadlines/explain.html", context, status=status)


def _answer(query) -> Explanation:
    step, kind = query.get("step", ""), query.get("kind", "")
    if steps.get(step) is None:
        raise BadQuestion("没有说明要计算哪个环节的期限，或者没有这个环节。")
    if kind and kind not in dict(steps.kind_choices()):
        raise BadQuestion("没有这个提案种类。")
    start = _date(query.get("from", ""), "起算日期")
    latest = query.get("no_later_than")
    decided = query.get("decided")
    return explain(
        step, start, kind, _date(latest, "最晚日期") if latest else None,
        decided_on=_date(decided, "批准的日期") if decided else None,
    )  # fmt: skip


def _date(text: str, name: str) -> datetime.date:
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        raise BadQuestion(f"{name}要写成 2026-03-01 这样的日期。") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadQuestion(f"{name}要在 {FIRST_YEAR} 年到 {LAST_YEAR} 年之间。")
    return day

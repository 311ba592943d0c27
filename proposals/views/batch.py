"""Doing one act for the rows ticked in the list: its form once, a result for each row."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from proposals import batch, wording
from workflow.batch import form_for_many
from workflow.errors import NotAllowed
from workflow.transition import Transition, process_named
from workflow.views import refusal_page

from .choosing import part_of


@require_POST
def batch_act(request: HttpRequest) -> HttpResponse:
    """From the list: shows the act's form, or does it at once. From that form (`confirmed`): does it."""
    marks, act = request.POST.getlist("rows"), request.POST.get("act", "")
    row = _row_of(act)
    if row is None:
        return refusal_page(request, NotAllowed("没有这项批量操作。", "请返回列表重新选择。"))
    if not marks:
        messages.warning(request, f"还没有勾选提案。请先在列表中勾选，再点“{row.label}”。")
        return _back(request)
    if "confirmed" not in request.POST:
        return _form_page(request, row, marks)
    results, invalid = batch.carry_out(act, marks, request.user, request.POST)
    if invalid:
        return _form_page(request, row, marks, invalid.form)
    request.session[batch.REPORT] = batch.report(row.label, results)
    return _back(request)


def _row_of(act: str) -> Transition | None:
    if act not in batch.ACTS:
        return None
    return process_named("proposal").rows_of(act)[0]


def _form_page(request: HttpRequest, row: Transition, marks: list[str], form=None) -> HttpResponse:
    rows = batch.selected(marks, request.user)
    if not rows:
        messages.warning(request, "勾选的提案都找不到了，可能已经转给别人。")
        return _back(request)
    status = 400 if form is not None else 200
    form = form or form_for_many(row, rows[0], request.user)
    context = {
        "row": row, "rows": rows, "form": form, "parts": [part_of(bound) for bound in form or ()],
        "marks": marks, "back": request.POST.get("back", ""), "back_url": _list_url(request),
        "from_desk": "desk" in request.POST,
        "consequence": wording.consequence("proposal", str(row.act)),
    }  # fmt: skip
    return render(request, "proposals/batch.html", context, status=status)


def _list_url(request: HttpRequest) -> str:
    """Back to where the rows were ticked: the desk of the review, or the list."""
    page = "proposals:review" if "desk" in request.POST else "proposals:list"
    return f"{reverse(page)}?{request.POST.get('back', '')}"


def _back(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(_list_url(request))

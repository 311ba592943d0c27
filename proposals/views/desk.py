"""审查工作台: the queue, the case and the form of the act on one page, made for a hundred cases in one night."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from members.posts import posts_of
from proposals import batch, wording
from proposals.models import Proposal
from proposals.night import queues
from proposals.similar import of_case
from workflow.engine import perform
from workflow.errors import Invalid, NotAllowed, NotFound, Refused, TooLate
from workflow.views import refusal_page

from . import desk_case as case_on_desk

NOBODY_ELSE = NotAllowed("审查工作台由提案委的审查员、工作人员和负责人使用。", "如需使用，请联系提案委主任。")


def desk_view(view):
    """Only for those who review; everybody else is told whose page this is."""

    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not queues.may_review(posts_of(request.user)):
            return refusal_page(request, NOBODY_ELSE)
        try:
            return view(request, *args, **kwargs)
        except Refused as refused:
            return refusal_page(request, refused)

    return guarded


@require_safe
@desk_view
def show(request: HttpRequest) -> HttpResponse:
    """The desk. Without `case` the first of the queue is opened."""
    desk = queues.desk(request.user, request.GET)
    asked = request.GET.get("case", "")
    pk = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else None
    if pk is None and desk.rows:
        pk = desk.rows[0].pk
    found = case_on_desk.seen(request.user, pk) if pk else None
    case = None
    if found:
        polish = request.GET.get("polish") == "1"
        case = case_on_desk.opened(
            found,
            request.user,
            request.GET.get("act", ""),
            polish,
            known=_groups_for(desk, found),
            into=request.GET.get("into", ""),
        )
        case["beside"] = case_on_desk.beside(request.user, request.GET.get("beside", ""))
    return _page(request, desk, case, missing=pk is not None and found is None)


@require_POST
@desk_view
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Do the act; then the next case of the queue is open, and a line says what was done."""
    desk = queues.desk(request.user, request.GET)
    after = desk.after(pk)
    found = case_on_desk.seen(request.user, pk)
    if found is None:
        return refusal_page(request, NotFound(), back_href=desk.link(), back_label="返回审查工作台")
    if act not in case_on_desk.ACTS:
        return refusal_page(request, NotAllowed("没有这项操作。", "请返回工作台重新选择。"), back_href=desk.link())
    given = request.POST.get("version", "")
    version = int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else None
    try:
        perform(act, found, request.user, request.POST, seen_version=version)
    except Refused as refused:
        return _refused(request, desk, pk, act, refused)
    messages.success(request, _said(found, act, after))
    stays = act in case_on_desk.STAYING
    return redirect(desk.link(case=pk if stays else after))


def _groups_for(desk: queues.Desk, case: Proposal):
    return desk.groups if case.session_id == desk.session.pk else None


def _said(done: Proposal, act: str, after: int | None) -> str:
    rest = "接着看下一件。" if after else "本队列后面没有了。"
    return (
        f"{done.receipt_number}《{done}》：{wording.done('proposal', act)}{'' if act in case_on_desk.STAYING else rest}"
    )


def _refused(request: HttpRequest, desk: queues.Desk, pk: int, act: str, refused: Refused) -> HttpResponse:
    """The same case as it is now: a wrong form with its marks; what somebody else decided, with who and why."""
    found = case_on_desk.seen(request.user, pk)
    form = refused.form if isinstance(refused, Invalid) else None
    case = case_on_desk.opened(
        found, request.user, act, request.GET.get("polish") == "1", known=_groups_for(desk, found), form=form
    )
    if not isinstance(refused, Invalid):
        case |= {"refused": refused, "typed": _typed(request)}
    if isinstance(refused, TooLate):
        case["meanwhile"] = case_on_desk.last_act(found)
    return _page(request, desk, case, status=refused.status)


def _typed(request: HttpRequest) -> list[str]:
    """What was written, so that it can be copied."""
    names = ("reason", "note", "title", "situation", *(name for name in request.POST if name.startswith("suggestion_")))
    return [text for name in names if len(text := request.POST.get(name, "")) > 1]


@require_safe
@desk_view
def similar(request: HttpRequest, pk: int) -> HttpResponse:
    """The nearest cases as a fragment of the desk, each to be laid beside this one; filed ones to merge into."""
    found = case_on_desk.seen(request.user, pk)
    if found is None:
        return refusal_page(request, NotFound(), back_href=reverse("proposals:review"), back_label="返回审查工作台")
    near = of_case(request.user, found)
    context = {
        "desk": queues.desk(request.user, request.GET), "proposal": found, "near": near,
        "mergeable": case_on_desk.mergeable(found, request.user, [one.pk for one in near if one.pk]),
    }  # fmt: skip
    template = "_similar.html" if request.htmx else "similar.html"
    return render(request, f"proposals/review/{template}", context)


@require_POST
@desk_view
def difference(request: HttpRequest, pk: int) -> HttpResponse:
    """How the polished text differs, as a fragment while typing; without JavaScript as the whole desk."""
    found = case_on_desk.seen(request.user, pk)
    if found is None:
        return refusal_page(request, NotFound(), back_href=reverse("proposals:review"), back_label="返回审查工作台")
    changes = case_on_desk.changes(found, request.POST)
    if request.htmx:
        return render(request, "proposals/review/_difference.html", {"changes": changes, "asked": True})
    desk = queues.desk(request.user, request.GET)
    case = case_on_desk.opened(found, request.user, "pre_review", polish=True, typed=request.POST.dict())
    return _page(request, desk, {**case, "changes": changes, "asked": True})


def _page(request: HttpRequest, desk: queues.Desk, case: dict | None, status: int = 200, **more) -> HttpResponse:
    pk = case["proposal"].pk if case else None
    before, after = desk.beside(pk) if pk else (None, None)
    report = request.session.pop(batch.REPORT, None)
    context = {
        "desk": desk, "case": case, "report": report, "failed": _failed(report), "form": case["form"] if case else None,
        "lines": [_line(desk, row, pk) for row in desk.rows],
        "place": desk.place_of(pk) + 1 if pk else 0,
        "previous": desk.link(case=before.pk) if before else "",
        "next": desk.link(case=after.pk) if after else "",
        "tabs": _tabs(desk), "groups": _groups(desk), "query": desk.link().partition("?")[2],
        "batch_acts": case_on_desk.batch_acts(desk.queue, request.user),
        "decides": posts_of(request.user).in_proposal_committee("head"),
        "numbers": posts_of(request.user).in_proposal_committee("head", "staff"), **more,
    }  # fmt: skip
    return render(request, "proposals/review/desk.html", context, status=status)


def _failed(report: dict | None) -> set[int]:
    return {one["pk"] for one in report["failed"]} if report else set()


def _line(desk: queues.Desk, row: Proposal, open_pk: int | None) -> dict:
    return {
        "row": row, "href": desk.link(case=row.pk), "current": row.pk == open_pk, "marks": list(queues.marks(row)),
        "state": "" if desk.queue in ("submitted", "reviewed") else row.get_state_display(),
    }  # fmt: skip


TABS = ("submitted", "reviewed", "returned", "received")


def _tabs(desk: queues.Desk) -> list[dict]:
    names = {key: name for key, (name, _rows) in queues.populations().items()}
    shown = TABS if desk.queue in TABS else (*TABS, desk.queue)
    return [{"label": names[key], "href": desk.link(queue=key), "current": key == desk.queue} for key in shown]


def _groups(desk: queues.Desk) -> list[dict]:
    own = [(queues.MINE, "我的小组")] if desk.mine else []
    named = [*own, (queues.ALL, "全部"), *((group.key, group.name) for group in desk.groups)]
    if len(desk.groups) < 2 and not own:
        return []
    return [{"label": name, "href": desk.link(group=key), "current": key == desk.group} for key, name in named]

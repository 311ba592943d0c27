"""One report: where it stands, the original and the edited text, units' parts, what became of it, every step."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from deadlines import book as books
from opinions import credits, drafting, sight
from opinions.history import timeline
from opinions.kinds import URGENCY_TONES
from opinions.models import OpinionReport
from opinions.roles import INSIDE
from opinions.standing import standing
from opinions.states import TONES, State
from workflow.errors import NotFound
from workflow.querysets import roles_on
from workflow.views import refusal_page

from .crumbs import crumbs
from .writing import known, to_list


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    report = known(request.user, pk)
    if report is None:
        return refusal_page(request, NotFound(), **to_list())
    held = roles_on(report)
    book = books.load()
    parts, followers = sight.parts_of(report, request.user, book), credits.followers_of(report)
    context = {
        "report": report, "looks": sight.sees_citizen(held) and bool(report.citizen_name or report.citizen_contact), "tone": TONES[report.state], "urgency_tone": URGENCY_TONES[report.urgency],
        "standing": standing(report, parts, book), "parts": parts, "facts": facts(report, held, followers),
        "events": timeline(report, parts), "options": sight.options(report, request.user),
        "leads_on": report.state in State.UNDER_WAY, "may_write": drafting.may_write(report), "edit_url": reverse("opinions:edit", args=[report.pk]),
        **sight.texts(report, held, followers), **sight.outcomes(report, held), "crumbs": crumbs(report.shown_title),
    }  # fmt: skip
    return render(request, "opinions/detail.html", context)


def facts(report: OpinionReport, held: frozenset[str], followers: list[OpinionReport]) -> list[tuple[str, str]]:
    """The citizen's name is for the author and the office alone."""
    rows = [
        ("编号", report.receipt_number or "提交后编号"),
        ("反映人", "、".join(sight.credited_with(report, held, followers))),
    ]
    rows += [("反映人类型", report.get_reporter_display()), ("紧急程度", report.get_urgency_display())]
    if report.submitted_at:
        again = f"（{localdate(report.resubmitted_at)} 修改后重新提交）" if report.resubmitted_at else ""
        rows.append(("提交日期", f"{localdate(report.submitted_at)}{again}"))
    if report.origin != "portal":
        rows.append(("来源", f"{report.get_origin_display()}　{report.origin_note}".strip()))
    if report.on_behalf:
        rows.append(("代群众反映", _citizen(report) if sight.sees_citizen(held) else "是"))
    if report.combined_into_id and held & {*sight.AUTHORS, *INSIDE}:
        rows.append(("并入综合稿", report.combined_into.number))
    if report.became_proposal and held & sight.AUTHORS:
        rows.append(("已据此起草", report.became_proposal))
    if report.offline_by:
        rows.append(("转线下经手人", f"{report.offline_by}，{localdate(report.moved_offline_at)}"))
    return rows


def _citizen(report: OpinionReport) -> str:
    if report.state == State.OFFLINE:
        return "是"
    if report.citizen_deleted_at and not report.masked_citizen:  # one that came back to its author has them anew
        return "是（姓名和联系方式已按规定删除）"
    return f"{report.masked_citizen}（内部掌握，不印发）"

"""交办单 and 交办清单: of one case, of one unit, or many as one .zip; for the unit itself, its dispatch office, 提案委."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from documents.kinds import KINDS
from members.models import Session
from members.periods import today
from proposals import paper_exports
from proposals.assigning.reach import handed_out, works_with_shares
from proposals.models import Proposal
from proposals.papers import assigned as papers_of
from proposals.papers import slip as slips
from proposals.papers import unit_list as lists
from proposals.states import AssignmentState
from workflow.batch import chosen
from workflow.errors import NotAllowed, NotFound, Refused, TooLate
from workflow.views import refusal_page

from .letters import as_file


@require_safe
def slip(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        found = _slip(request.user, pk)
    except Refused as refused:
        back = {} if isinstance(refused, NotFound) else {"back_href": reverse("proposals:detail", args=[pk])}
        return refusal_page(request, refused, **back)
    paper_exports.note(request.user, "提案交办单", proposal=found.case.proposal)
    return as_file(slips.content(found), papers_of.slip_name(found), KINDS[".docx"].content_type)


def _slip(user, pk: int) -> slips.Slip:
    """Raises Refused."""
    if not Proposal.objects.visible_to(user).filter(pk=pk).exists():
        raise NotFound
    if not works_with_shares(user):
        raise NotAllowed("交办单只供承办单位、交办机构和提案委下载。", "如有需要，请联系提案委。")
    found = slips.read(_cases(handed_out(user).filter(proposal=pk)))
    if not found:
        raise TooLate("这件提案没有交办单。", "交办以后才有；请回到提案页面查看目前情况。", code="no_paper")
    return found[0]


def _cases(shares):
    rows = Proposal.objects.filter(pk__in=shares.order_by().values("proposal_id"))
    return rows.order_by("session__term__number", "session__ordinal", "serial", "pk")


@require_safe
def unit_list(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    shares = handed_out(request.user).filter(unit=pk, **_of_session(request))
    found = lists.read(shares) if form in lists.FORMS else []
    if not found:
        return refusal_page(request, NotFound(), back_href=reverse("proposals:assigned"), back_label="返回")
    paper_exports.note(request.user, f"交办清单（{found[0].unit}）"[:100])
    content = lists.FORMS[form](found[0])
    return as_file(content, papers_of.list_name(found[0], form), KINDS[f".{form}"].content_type)


def _of_session(request: HttpRequest) -> dict:
    wanted = next(iter(chosen([request.GET.get("session", "")])), None)
    return {"proposal__session": wanted} if wanted else {}


@require_safe
def papers(request: HttpRequest) -> HttpResponse:
    """Of a session, of one unit in it (`unit`), or of named cases (`cases=1-2-3`)."""
    shares = _asked(request)
    count = shares.aggregate(cases=Count("proposal_id", distinct=True))["cases"]
    if not 0 < count <= papers_of.MOST:
        told = f"这次有 {count} 件，一次最多 {papers_of.MOST} 件，请按单位下载。" if count else "没有已交办的提案。"
        messages.warning(request, told)
        return redirect("proposals:assigned")
    made = papers_of.write(slips.read(_cases(shares)), lists.read(shares))
    paper_exports.note(request.user, "批量交办单和交办清单", count=made.count)
    return FileResponse(
        made.file, as_attachment=True, filename=f"交办单和清单_{today():%Y%m%d}.zip", content_type="application/zip"
    )


def _asked(request: HttpRequest):
    shares = handed_out(request.user).filter(**_of_session(request))
    if "cases" in request.GET:
        shares = shares.filter(proposal__in=list(chosen(request.GET["cases"].split("-"))))
    if unit := next(iter(chosen([request.GET.get("unit", "")])), None):
        shares = shares.filter(unit=unit)
    return shares


@require_safe
def assigned(request: HttpRequest) -> HttpResponse:
    """The units of one's reach with what they were given in a session, and the papers of each."""
    if not works_with_shares(request.user):
        refused = NotAllowed("交办单和交办清单由承办单位、交办机构和提案委下载。", "如有需要，请联系提案委。")
        return refusal_page(request, refused)
    reach = handed_out(request.user)
    sessions = list(Session.objects.filter(pk__in=reach.order_by().values("proposal__session")).select_related("term").order_by("-opens"))  # fmt: skip
    session = next((one for one in sessions if str(one.pk) == request.GET.get("session")), next(iter(sessions), None))
    context = {
        "sessions": [{"label": str(one), "href": f"?session={one.pk}", "current": one == session} for one in sessions],
        "session": session, "units": _units(reach, session) if session else [],
        "crumbs": [("首页", reverse("home")), ("提案", reverse("proposals:list")), ("交办单和交办清单", "")],
    }  # fmt: skip
    return render(request, "proposals/assigning/papers.html", context)


def _units(reach, session):
    rows = reach.filter(proposal__session=session).order_by().values("unit_id", "unit__name")
    counted = rows.annotate(count=Count("pk"), open=Count("pk", filter=Q(state__in=AssignmentState.OPEN)))
    return counted.order_by("unit__order", "unit__pinyin", "unit_id")

"""What anybody may read: published proposals with their replies. Never a phone, never an attachment."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from documents.views import sent
from proposals.kinds import Disclosure
from proposals.lists import proposers
from proposals.models import Assignment, Proposal, Reply
from search.query import matching

PER_PAGE = 20


@login_not_required
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:100]
    rows = matching(published(), text).order_by("-published_at", "-pk")
    page = Paginator(rows.defer("situation"), PER_PAGE).get_page(request.GET.get("page"))
    lines = [{"row": row, "units": units_of(row), "who": who_of(row)} for row in page.object_list]
    context = {"page": page, "lines": lines, "q": text, "params": request.GET, "crumbs": crumbs(request, "")}
    return render(request, "proposals/public_list.html", context)


@login_not_required
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    row = published().prefetch_related("suggestions").filter(pk=pk).first()
    if row is None:
        raise Http404
    context = {
        "proposal": row, "who": who_of(row), "replies": replies_of(row),
        "crumbs": crumbs(request, row.short_number),
    }  # fmt: skip
    return render(request, "proposals/public_detail.html", context)


@login_not_required
@require_safe
def scan(request: HttpRequest, pk: int, reply: int) -> HttpResponse:
    """The sealed letter of a published reply, as a file."""
    row = published().filter(pk=pk).first()
    found = next((one for one in replies_of(row) if one.pk == reply and one.scan), None) if row else None
    if found is None:
        raise Http404
    return sent(request, found.scan)


def crumbs(request: HttpRequest, here: str) -> list[tuple[str, str]]:
    """The home page asks for a log-in, so a visitor starts at the list."""
    home = [("首页", reverse("home"))] if request.user.is_authenticated else []
    return [*home, ("公开提案", reverse("public:list")), *([(here, "")] if here else [])]


def published():
    """The published cases with what a line shows. Asked like everything else, for nobody in particular."""
    return Proposal.objects.for_list().with_cosigner_count().filter(published_at__isnull=False)


def who_of(row: Proposal) -> str:
    return proposers(row, row.cosigner_count or 0)


def units_of(row: Proposal) -> str:
    return "、".join(str(share.unit) for share in row.current_assignments)


def replies_of(row: Proposal) -> list[Reply]:
    """The latest sent reply of each answering unit, those only that the unit lets be published."""
    told = Reply.objects.filter(sent_at__isnull=False, disclosure=Disclosure.PUBLIC).order_by("round")
    told = told.select_related("scan").prefetch_related("answers__suggestion", "commitments__owner")
    shares = Assignment.objects.current().answering().filter(proposal=row).select_related("unit")
    found = []
    for share in shares.prefetch_related(Prefetch("replies", told)):
        for reply in list(share.replies.all())[-1:]:
            reply.assignment = share
            found.append(reply)
    return found

"""What anybody may read: proposals and replies as they were published. Never a phone, never an attachment.

Nothing here reads the text of a case: what is changed later, or was left out, cannot come out.
"""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from documents.views import sent
from proposals.forms.public import PublicForm
from proposals.models import Assignment, Publication
from proposals.publishing.showing import Shown
from proposals.states import ProposalState

PER_PAGE = 20
# What became of a published case since; that somebody was not satisfied is not the public's to read.
AGAIN = {
    ProposalState.HANDLING: "这件提案正在重新办理，下面是此前公开的答复。",
    ProposalState.TRIPARTITE: "这件提案正在由提案委组织三方会商，下面是此前公开的答复。",
}


@login_not_required
@require_safe
@never_cache
def listing(request: HttpRequest) -> HttpResponse:
    asked = PublicForm({name: value.strip()[:100] for name, value in request.GET.items()})
    rows = asked.narrow(published()).order_by("-published_at", "-pk")
    page = Paginator(rows.defer("situation", "text", "suggestions"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "lines": [{"row": row, "units": units_of(row)} for row in page.object_list], "form": asked,
        "params": request.GET, "narrows": asked.narrows, "crumbs": crumbs(request, ""),
    }  # fmt: skip
    return render(request, "proposals/public_list.html", context)


@login_not_required
@require_safe
@never_cache
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a proposal; withdrawn, it is gone at once."""
    row = published().filter(proposal=pk).first()
    if row is None:
        raise Http404
    shown, proposal = Shown(row), row.proposal
    context = {
        "publication": row, "proposal": proposal, "replies": shown.with_scans(), "units": units_of(row),
        "left_out": shown.left_out(proposal.current_assignments), "again": AGAIN.get(proposal.state, ""),
        "crumbs": crumbs(request, proposal.short_number),
    }  # fmt: skip
    return render(request, "proposals/public_detail.html", context)


@login_not_required
@require_safe
def scan(request: HttpRequest, pk: int, reply: int) -> HttpResponse:
    """The sealed letter of a reply, where it was published with it."""
    row = published().filter(proposal=pk).first()
    replies = Shown(row).with_scans() if row else []
    found = next((one["scan"] for one in replies if one["reply"] == reply and one["scan"]), None)
    if found is None:
        raise Http404
    found.name = f"{row.proposal.short_number}号提案答复函.pdf"  # the unit's own file name is not published
    return sent(request, found)


def crumbs(request: HttpRequest, here: str) -> list[tuple[str, str]]:
    """The home page asks for a log-in, so a visitor starts at the list."""
    home = [("首页", reverse("home"))] if request.user.is_authenticated else []
    return [*home, ("公开提案", reverse("public:list")), *([(here, "")] if here else [])]


def published():
    """What is published now, with the number, session, category and units of its case."""
    shares = Assignment.objects.current().answering().select_related("unit").order_by("position", "pk")
    rows = Publication.objects.current().filter(proposal__published_at__isnull=False)
    rows = rows.select_related("proposal__session__term", "proposal__business_category")
    rows = rows.defer("proposal__title", "proposal__situation")
    return rows.prefetch_related(Prefetch("proposal__assignments", shares, to_attr="current_assignments"))


def units_of(row: Publication) -> str:
    return "、".join(str(share.unit) for share in row.proposal.current_assignments)

"""写提案 from Word: the blank form, and a filled one that opens as a draft for checking."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views import View
from django.views.decorators.http import require_safe

from documents.kinds import KINDS
from proposals.windows import session_for_new
from proposals.word.blank import blank
from proposals.word.opening import WORD, open_draft
from workflow.errors import Refused
from workflow.views import refusal_page

from . import word_reports
from .crumbs import crumbs_under
from .writing import chosen_owner, owners_of


class FromWord(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        try:
            owners = owners_of(request.user)
            session_for_new()
        except Refused as refused:
            return refusal_page(request, refused)
        return self.page(owners)

    def page(self, owners, error: str = "", chosen: str = "", status: int = 200) -> HttpResponse:
        context = {
            "owners": owners, "chosen": chosen or self.request.GET.get("for", "") or next(iter(owners)),
            "error": error, "accept": WORD, "crumbs": crumbs_under("用 Word 表写提案"),
        }  # fmt: skip
        return render(self.request, "proposals/word.html", context, status=status)

    def post(self, request: HttpRequest) -> HttpResponse:
        given, file = request.POST.get("for", ""), request.FILES.get("file")
        try:
            owners, owner = owners_of(request.user), chosen_owner(request.user, given)
            if file is None:
                return self.page(owners, "请先选择填好的提案表。", given, 400)
            name = str(owner.organization or owner.member or request.user.person)
            proposal, fitted = open_draft(file, request.user, owner.organization, owner.member, name)
        except ValidationError as error:
            return self.page(owners, error.messages[0], given, 400)
        except Refused as refused:
            return refusal_page(request, refused)
        word_reports.remember(request, proposal.pk, fitted)
        return redirect("proposals:edit", proposal.pk)


@require_safe
def blank_form(request: HttpRequest) -> HttpResponse:
    """The official form, empty."""
    try:
        session = f"{session_for_new()}"
    except Refused:
        session = ""
    response = HttpResponse(blank(session), content_type=KINDS[WORD].content_type)
    response["Content-Disposition"] = content_disposition_header(True, "提案表（空白）.docx")
    return response

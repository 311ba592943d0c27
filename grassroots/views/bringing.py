"""Bringing a matter with an account: one's own, one's body's, or for a citizen who came in person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from grassroots import bringing, rights
from grassroots.forms.bringing import NOT_TAKEN, InsideForm
from members import form_tokens, query_codes
from members.posts import posts_of
from workflow.errors import NotAllowed, Refused
from workflow.views import refusal_page

from .crumbs import crumbs

NOBODY = NotAllowed("您的账号不能提交协商议题。", "请到公开的“有事好商量”页面提交，不用登录。")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    posts = posts_of(request.user)
    if not rights.may_bring(posts):
        return refusal_page(request, NOBODY, back_href=reverse("consult:bring"), back_label="到公开页面提交")
    if request.method != "POST":
        return _page(request, InsideForm(initial={"venue": request.GET.get("venue")}, posts=posts))
    form = InsideForm(request.POST, posts=posts)
    if not form.is_valid():
        return _page(request, form, status=400)
    data = form.cleaned_data
    try:
        key = form_tokens.key_of_post(request.POST)
        taken = bringing.take(data["venue"], data, key, request.user, data["source"])
    except form_tokens.TokenError as refused:
        return _page(request, form, str(refused), 400)
    except Refused as refused:
        taken = bringing.taken_before(data, key, request.user)
        if taken is None:
            return _page(request, form, str(refused), 409, refused.code)
        return _taken_page(request, taken, bringing.SENT_BEFORE, 409)
    return _taken_page(request, taken)


def _taken_page(request: HttpRequest, taken, refusal: str = "", status: int = 201) -> HttpResponse:
    """Where a code has to be told; one's own matter opens."""
    if not taken.code:
        return redirect(taken.matter)
    context = {
        "taken": taken, "code": query_codes.spaced(taken.code), "crumbs": crumbs("已收到"), "inside": True,
        "refusal": refusal,
    }  # fmt: skip
    return render(request, "grassroots/taken.html", context, status=status)


def _page(request: HttpRequest, form, refusal: str = "", status: int = 200, code: str = "") -> HttpResponse:
    token = form_tokens.next_token(request, is_used=code == bringing.IS_USED)
    context = {
        "form": form, "refusal": refusal, "token": token, "trap": form_tokens.TRAP, "excluded": NOT_TAKEN,
        "crumbs": crumbs("提交议题"),
    }  # fmt: skip
    return render(request, "grassroots/bring.html", context, status=status)

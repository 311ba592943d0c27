"""提案线索 from everybody: the page on which one is brought, and the page that tells what became of it."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from members import form_tokens
from proposals import leads
from proposals.forms.leads import EXCLUDED, AskForm, LeadForm
from proposals.models import Lead, LeadSource
from workflow.door import current_door
from workflow.errors import Refused

from .public import crumbs

HOUR = 3600
MOST_FROM_ONE, MOST_FROM_ALL = 5, 200
MOST_QUESTIONS, MOST_QUESTIONS_OF_ALL = 20, 2000


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, LeadForm())
    form = LeadForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=400)
    try:
        key = form_tokens.key_of_post(request.POST)
        _limit(request)
        taken = leads.take(form.cleaned_data, key, request.user if request.user.is_authenticated else None)
    except form_tokens.TokenError as refused:
        return _page(request, form, str(refused), 400, form_tokens.kept_token(request.POST.get("token", "")))
    except Refused as refused:
        return _page(request, form, str(refused), 429 if refused.code == "too_many" else 409)
    context = {"taken": taken, "code": f"{taken.code[:5]}-{taken.code[5:]}", "crumbs": crumbs(request, "提案线索")}
    return render(request, "proposals/lead_taken.html", context, status=201)


def _limit(request: HttpRequest) -> None:
    if request.user.is_authenticated:
        who = f"user-{request.user.pk}"
    else:
        who = current_door().ip or ""
        recent = Lead.objects.filter(source=LeadSource.PUBLIC, received_at__gte=timezone.now() - timedelta(hours=1))
        if recent.count() >= MOST_FROM_ALL:
            raise Refused("现在提交的人太多。", "请一小时后再来。", code="too_many")
    if not form_tokens.within("lead", who, MOST_FROM_ONE, HOUR):
        raise Refused(
            "从您这里提交的次数太多。", "请一小时后再来；您写的内容都在下面，可以先复制保存。", code="too_many"
        )


def _page(request: HttpRequest, form, refusal: str = "", status: int = 200, token: str = "") -> HttpResponse:
    collection = leads.collection_now()
    context = {
        "form": form, "refusal": refusal, "token": token or form_tokens.new_token(), "trap": form_tokens.TRAP,
        "collection": collection, "is_open": collection is not None and collection.is_open(), "excluded": EXCLUDED,
        "is_later": collection is not None and collection.opens > timezone.now(),
        "crumbs": crumbs(request, "提案线索"),
    }  # fmt: skip
    return render(request, "proposals/lead_bring.html", context, status=status)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """By number and code; a wrong number and a wrong code are told in the same words."""
    form = AskForm(request.POST or None)
    context = {"form": form, "crumbs": crumbs(request, "查询线索")}
    if request.method != "POST":
        return render(request, "proposals/lead_ask.html", context)
    if not _may_ask():
        return render(
            request, "proposals/lead_ask.html", context | {"refusal": "查询次数太多，请十分钟后再来。"}, status=429
        )
    lead = leads.find(form.cleaned_data["receipt"], form.cleaned_data["code"]) if form.is_valid() else None
    if lead is None:
        wrong = "" if form.errors else "编号或查询码不对，请核对后再查。"
        return render(request, "proposals/lead_ask.html", context | {"refusal": wrong}, status=400)
    return render(request, "proposals/lead_ask.html", context | {"lead": lead, "stages": leads.stages(lead)})


def _may_ask() -> bool:
    mine = form_tokens.within("lead-ask", current_door().ip or "", MOST_QUESTIONS, 600)
    return mine and form_tokens.within("lead-ask", "all", MOST_QUESTIONS_OF_ALL, 600)

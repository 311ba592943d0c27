"""A citizen's two pages, without an account: bringing a matter, and asking what became of it, with the rating."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from grassroots import bringing, history, words
from grassroots.acts import Act
from grassroots.forms.bringing import NOT_TAKEN, AskForm, CitizenForm
from grassroots.forms.following import RateForm
from grassroots.kinds import Source
from grassroots.models import Matter
from grassroots.venues import with_holders
from members import form_tokens, query_codes
from workflow.actors import SYSTEM
from workflow.door import current_door
from workflow.engine import perform
from workflow.errors import Refused

from .crumbs import public_crumbs

HOUR = 3600
MOST_FROM_ONE, MOST_FROM_ALL = 5, 200
MOST_QUESTIONS, MOST_QUESTIONS_OF_ALL = 20, 2000
RATING = "verdict"


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _bring_page(request, CitizenForm(initial={"venue": request.GET.get("venue")}))
    form = CitizenForm(request.POST)
    if not form.is_valid():
        return _bring_page(request, form, status=400)
    try:
        key = form_tokens.key_of_post(request.POST)
        _limit()
        taken = bringing.take(form.cleaned_data["venue"], form.cleaned_data, key)
    except form_tokens.TokenError as refused:
        return _bring_page(request, form, str(refused), 400)
    except Refused as refused:
        again = bringing.taken_before(form.cleaned_data, key)
        if again is not None:
            return _taken_page(request, again, bringing.SENT_BEFORE, 409)
        return _bring_page(request, form, str(refused), 429 if refused.code == "too_many" else 409, refused.code)
    return _taken_page(request, taken)


def _taken_page(request: HttpRequest, taken, refusal: str = "", status: int = 201) -> HttpResponse:
    context = {
        "taken": taken, "code": query_codes.spaced(taken.code), "crumbs": public_crumbs(request, "已收到"),
        "inside": False, "refusal": refusal,
    }  # fmt: skip
    return render(request, "grassroots/taken.html", context, status=status)


def _limit() -> None:
    """Raises Refused: too many of one address, or of everybody, within an hour."""
    recent = Matter.objects.filter(
        source=Source.CITIZEN, entered_by=None, received_at__gte=timezone.now() - timedelta(hours=1)
    )
    if recent.count() >= MOST_FROM_ALL:
        raise Refused("现在提交的人太多。", "请一小时后再来；您写的内容都在下面，可以先复制保存。", code="too_many")
    if not form_tokens.within("matter", current_door().ip or "", MOST_FROM_ONE, HOUR):
        raise Refused(
            "从您这里提交的次数太多。", "请一小时后再来；您写的内容都在下面，可以先复制保存。", code="too_many"
        )


def _bring_page(request: HttpRequest, form, refusal: str = "", status: int = 200, code: str = "") -> HttpResponse:
    token = form_tokens.next_token(request, is_used=code == bringing.IS_USED)
    context = {
        "form": form, "refusal": refusal, "token": token, "trap": form_tokens.TRAP, "excluded": NOT_TAKEN,
        "is_open": len(form.fields["venue"].choices) > 1, "crumbs": public_crumbs(request, "提交议题"),
    }  # fmt: skip
    return render(request, "grassroots/public_bring.html", context, status=status)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """By number and code; a wrong number and a wrong code are told in the same words."""
    form = AskForm(request.POST or None)
    if request.method != "POST":
        return _ask_page(request, form)
    if not _may_ask():
        return _ask_page(request, form, "查询次数太多，请十分钟后再来。", status=429)
    matter = bringing.find(form.cleaned_data["receipt"], form.cleaned_data["code"]) if form.is_valid() else None
    if matter is None:
        return _ask_page(request, form, "" if form.errors else "编号或查询码不对，请核对后再查。", status=400)
    return (
        _rated(request, form, matter)
        if RATING in request.POST or "rate" in request.POST
        else _told(request, form, matter)
    )


def _rated(request: HttpRequest, form: AskForm, matter: Matter) -> HttpResponse:
    """The code is asked again with the rating: it stands in no address and in no session."""
    rating = RateForm(request.POST, case=matter, actor=SYSTEM)
    if not rating.is_valid():
        return _told(request, form, matter, rating, status=400)
    try:
        perform(Act.RATE, matter, SYSTEM, rating.cleaned_data)
    except Refused as refused:
        return _told(request, form, bringing.find(matter.receipt, form.cleaned_data["code"]), None, str(refused), 409)
    return _told(request, form, bringing.find(matter.receipt, form.cleaned_data["code"]), done="谢谢您的评价。")


def _told(  # noqa: PLR0913
    request: HttpRequest,
    form: AskForm,
    matter: Matter,
    rating=None,
    refusal: str = "",
    status: int = 200,
    done: str = "",
) -> HttpResponse:
    with_holders([matter])
    account = words.account_of(matter, history.events_of(matter))
    context = {
        "matter": matter, "account": account, "release": matter.current_release, "done": done,
        "rating": rating or RateForm(case=matter, actor=SYSTEM),
        "receipt": form.cleaned_data["receipt"], "code": form.cleaned_data["code"],
    }  # fmt: skip
    return _ask_page(request, form, refusal, status, **context)


def _ask_page(request: HttpRequest, form, refusal: str = "", status: int = 200, **more) -> HttpResponse:
    context = {"form": form, "refusal": refusal, "crumbs": public_crumbs(request, "查询议题"), **more}
    return render(request, "grassroots/ask.html", context, status=status)


def _may_ask() -> bool:
    mine = form_tokens.within("matter-ask", current_door().ip or "", MOST_QUESTIONS, 600)
    return mine and form_tokens.within("matter-ask", "all", MOST_QUESTIONS_OF_ALL, 600)

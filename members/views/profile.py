"""我的资料: to look at, to ask for corrections, to take a copy of everything."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from members.models import Outcome, Person
from members.periods import today
from members.privacy import consent, copies, holdings, reveals
from members.profile import correcting, requesting
from members.profile.fields import CORRECTABLE, label, words

from .access import agreed_first

REVEALS_SHOWN = 20
DECIDED_SHOWN = 10


@require_safe
@never_cache
@agreed_first
def own_profile(request: HttpRequest) -> HttpResponse:
    person = request.user.person
    looked = reveals.of_person(person)
    context = {
        "person": person, "facts": facts(person), "day": today(),
        "seats": person.seats.for_list().order_by("-starts"),
        "posts": person.appointments.select_related("organization").order_by("-starts"),
        **changes(person), "reveals": looked[:REVEALS_SHOWN], "reveal_count": looked.count(),
        "agreed_at": consent.agreed_at(person), "version": consent.VERSION, "shows_phone": consent.shows_phone(person),
        "parts": holdings.parts(),
    }  # fmt: skip
    return render(request, "members/profile.html", context)


def facts(person: Person) -> list[tuple[str, str]]:
    return [("姓名", person.name), *((label(field), words(field, getattr(person, field))) for field in CORRECTABLE)]


def changes(person: Person) -> dict:
    """Those waiting, and the last that were decided, as a page shows them."""
    rows = person.profile_changes.filter(outcome__in=(Outcome.WAITING, Outcome.ACCEPTED, Outcome.REFUSED))
    shown = [_change(change) for change in rows.order_by("-pk")[: DECIDED_SHOWN + len(CORRECTABLE)]]
    return {
        "waiting": [one for one in shown if one["change"].is_waiting],
        "decided": [one for one in shown if not one["change"].is_waiting][:DECIDED_SHOWN],
    }


def _change(change) -> dict:
    return {"change": change, "old": words(change.field, change.old), "new": words(change.field, change.new)}


@never_cache
@agreed_first
def correct_profile(request: HttpRequest) -> HttpResponse:
    person = request.user.person
    form = correcting.form_for(person, request.POST.dict() if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = requesting.request(person, form.cleaned_data)
        messages.success(request, _told(len(made)))
        return redirect("members:profile")
    context = {"form": form, "person": person, "waiting": correcting.waiting_values(person)}
    return render(request, "members/correct.html", context, status=400 if form.errors else 200)


def _told(count: int) -> str:
    if count:
        return f"已提交 {count} 项更正，工作人员核对后生效，结果会在“消息”里告诉您。"
    return "已保存。没有新的更正需要核对。"


@require_POST
@agreed_first
def take_copy(request: HttpRequest) -> HttpResponse:
    file = copies.copy_of(request.user.person)
    response = HttpResponse(file, content_type="application/zip")
    response["Content-Disposition"] = content_disposition_header(True, f"我的数据-{today():%Y%m%d}.zip")
    response["Cache-Control"] = "private, no-store"
    return response

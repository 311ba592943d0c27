"""《个人信息保护说明》: anybody may read it; a person agrees, changes the choice about the phone, or withdraws."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from members.privacy import consent

from .access import NO_PERSON

WITHDRAWN = "已撤回同意。“我的资料”和通讯录暂停使用，您的手机不再显示给其他人；提案等履职办理不受影响。"


class AgreementForm(forms.Form):
    """Separate consent for the phone in the directory: it is a choice of its own, with nothing ticked before."""

    show_phone = forms.TypedChoiceField(
        label="在通讯录里，其他委员和机关工作人员能否查看您的手机号？",
        choices=[("yes", "可以查看（每次查看都有记录，您看得到）"), ("no", "不公开")],
        widget=forms.RadioSelect, coerce=lambda value: value == "yes", error_messages={"required": "请选择一项。"},
    )  # fmt: skip
    next = forms.CharField(widget=forms.HiddenInput, required=False)


@login_not_required
@require_safe
def notice(request: HttpRequest, version: str = consent.VERSION) -> HttpResponse:
    if version not in consent.VERSIONS:
        raise Http404("没有这个版本的说明。")
    return page(request, AgreementForm(initial=_initial(request)), version)


def _initial(request: HttpRequest) -> dict:
    person = _person(request)
    shows = {"show_phone": "yes" if consent.shows_phone(person) else "no"} if consent.has_agreed(person) else {}
    return {"next": request.GET.get("next", ""), **shows}


def _person(request: HttpRequest):
    return request.user.person if request.user.is_authenticated else None


def page(request: HttpRequest, form: AgreementForm, version: str = consent.VERSION) -> HttpResponse:
    person = _person(request)
    context = {
        "form": form, "version": version, "is_current": version == consent.VERSION, "person": person,
        "agreed": consent.has_agreed(person), "agreed_at": consent.agreed_at(person) if person else None,
        "text": f"members/privacy/{version}.html",
    }  # fmt: skip
    return render(request, "members/privacy.html", context, status=400 if form.errors else 200)


@require_POST
def agree(request: HttpRequest) -> HttpResponse:
    person, form = _own(request), AgreementForm(request.POST)
    if not form.is_valid():
        return page(request, form)
    shows = form.cleaned_data["show_phone"]
    consent.choose(person, True, shows)
    request.session.pop(consent.DUE, None)
    messages.success(request, "已记录您的选择。" + ("" if shows else "您的手机不在通讯录中显示。"))
    return redirect(_back(request, form.cleaned_data["next"]))


@require_POST
def withdraw(request: HttpRequest) -> HttpResponse:
    consent.withdraw(_own(request))
    messages.success(request, WITHDRAWN)
    return redirect("members:privacy")


def _own(request: HttpRequest):
    if request.user.person_id is None:
        raise PermissionDenied(NO_PERSON)
    return request.user.person


def _back(request: HttpRequest, target: str) -> str:
    ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if ours else reverse("members:profile")

"""The second step of a log-in, and setting it up."""

import base64

import segno
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django_otp import login as otp_login

from members import second_factor
from portal.second_factor import PENDING, is_pending

NEXT = "second_factor_next"
WRONG = "动态口令不对，或已经用过。请等应用上出现新的数字后再输；连续输错，等待时间会越来越长。"


class CodeForm(forms.Form):
    code = forms.CharField(
        label="动态口令", max_length=12, help_text="手机应用上的 6 位数字；手机不在身边可填一个备用码",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "text", "autofocus": True}),
        error_messages={"required": "请输入动态口令。"},
    )  # fmt: skip


@never_cache
@sensitive_post_parameters("code")
def second_factor_page(request: HttpRequest) -> HttpResponse:
    """Asks for the code of a log-in; who must have a second factor and has none yet sets it up here."""
    if not is_pending(request):
        return redirect("second_factor_setup")
    if second_factor.device_of(request.user) is None:
        return _set_up(request)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        device = second_factor.is_right(request.user, form.cleaned_data["code"])
        if device is not None:
            return _complete(request, device)
        form.add_error("code", WRONG)
    return render(request, "registration/second_factor.html", {"form": form}, status=400 if form.errors else 200)


@never_cache
@sensitive_post_parameters("code")
def second_factor_setup(request: HttpRequest) -> HttpResponse:
    """Switched on or off by the user."""
    if second_factor.device_of(request.user) is None:
        return _set_up(request)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if second_factor.is_required(request.user):
            form.add_error(
                None,
                "您的账号必须使用动态口令，不能停用。换手机请联系系统管理员重置；系统管理员、审计管理员请联系安全管理员。",
            )
        elif second_factor.is_right(request.user, form.cleaned_data["code"]):
            second_factor.switch_off(request.user)
            messages.success(request, "动态口令已停用，以后登录只需密码。")
            return redirect("second_factor_setup")
        else:
            form.add_error("code", WRONG)
    context = {"form": form, "required": second_factor.is_required(request.user)}
    return render(request, "registration/second_factor_on.html", context, status=400 if form.errors else 200)


def _set_up(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        codes = second_factor.confirm(request.user, form.cleaned_data["code"], request.session.session_key)
        if codes is not None:
            return _set_up_done(request, codes)
        form.add_error(
            "code", "这个数字不对。请核对手机时间是否准确，等出现新的数字后再输；连续输错，等待时间会越来越长。"
        )
    device = second_factor.begin(request.user)
    context = {"form": form, "picture": _picture(device.config_url), "secret": _spaced(device), "required": second_factor.is_required(request.user)}  # fmt: skip
    return render(request, "registration/second_factor_setup.html", context, status=400 if form.errors else 200)


def _set_up_done(request: HttpRequest, codes: list[str]) -> HttpResponse:
    otp_login(request, second_factor.device_of(request.user))
    request.session.pop(PENDING, None)
    return render(request, "registration/second_factor_codes.html", {"codes": codes})


def _complete(request: HttpRequest, device) -> HttpResponse:
    otp_login(request, device)
    request.session.pop(PENDING, None)
    target = request.session.pop(NEXT, "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return HttpResponseRedirect(target if safe else "/")


def _picture(address: str) -> str:
    """The QR code as a picture in the page itself: nothing of it is stored or fetched."""
    return segno.make(address, error="m").svg_data_uri(scale=5, border=2)


def _spaced(device) -> str:
    """The secret in groups of four, for phones without a camera."""
    secret = base64.b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))

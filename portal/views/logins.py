"""Where I am logged in: browsers and devices, each ended by its owner."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from members import devices, logins
from members.models import DeviceToken


@require_safe
def own_logins(request: HttpRequest) -> HttpResponse:
    here = request.session.session_key
    context = {
        "browsers": [(one, f"browser:{one.pk}", one.session_key == here) for one in logins.of(request.user)],
        "devices": [(one, f"device:{one.public_id}") for one in devices.of(request.user)],
    }
    return render(request, "registration/logins.html", context)


@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """One browser, one device, or every browser but this."""
    what, _, which = request.POST.get("what", "").partition(":")
    if what == "others":
        count = logins.end_others(request.user, request.session.session_key)
        messages.success(request, f"已让其他 {count} 处浏览器退出登录。" if count else "没有其他浏览器在登录。")
    elif what == "browser" and _is_number(which) and logins.end(request.user, int(which)):
        messages.success(request, "已让那个浏览器退出登录。")
    elif what == "device" and _end_device(request, which):
        messages.success(request, "已让那台设备退出登录。")
    else:
        raise Http404("这处登录已经退出，请返回列表查看。")
    return redirect("logins")


def _is_number(which: str) -> bool:
    """Not isdigit, which takes "²"; and no longer than Python reads and the database keeps."""
    return which.isdecimal() and len(which) < 19


def _end_device(request: HttpRequest, which: str) -> bool:
    try:
        gone, _by_model = DeviceToken.objects.filter(user=request.user, public_id=UUID(which)).delete()
    except ValueError:
        return False
    return bool(gone)

"""One's own log-ins in browsers: noted when they begin, listed, ended one by one or all but this."""

import re
import time

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.contrib.sessions.models import Session
from django.utils import timezone

from xiping_cppcc.middleware import is_over

from .models import BrowserLogin, User

SYSTEMS = (("HarmonyOS", "鸿蒙"), ("Android", "安卓"), ("iPhone", "苹果手机"), ("iPad", "平板"), ("Windows", "Windows"), ("Mac OS", "苹果电脑"), ("Linux", "Linux"))  # fmt: skip
BROWSERS = (
    ("MicroMessenger", "微信"), ("DingTalk", "钉钉"), ("QQBrowser", "QQ 浏览器"), ("360SE", "360 浏览器"), ("Edg/", "Edge"),
    ("Firefox", "火狐"), ("Chrome", "Chrome 内核浏览器"), ("Safari", "Safari"),
)  # fmt: skip


def listen() -> None:
    """Called once when the app is ready."""
    user_logged_in.connect(_note, dispatch_uid="members.logins.note")
    user_logged_out.connect(_forget, dispatch_uid="members.logins.forget")


def of(user: User) -> list[BrowserLogin]:
    """Those whose session is still in force, the newest first."""
    mine = list(BrowserLogin.objects.filter(user=user))
    kept = Session.objects.filter(session_key__in=[login.session_key for login in mine], expire_date__gt=timezone.now())
    alive = {session.session_key for session in kept if not is_over(session.get_decoded(), time.time())}
    return [login for login in mine if login.session_key in alive]


def end(user: User, pk: int) -> bool:
    """Log the browser out; False when there is no such log-in of this user."""
    login = BrowserLogin.objects.filter(user=user, pk=pk).first()
    if login is None:
        return False
    _end([login])
    return True


def end_others(user: User, session_key: str) -> int:
    """Log every other browser out; returns how many of them were still in force."""
    count = sum(login.session_key != session_key for login in of(user))
    _end(list(BrowserLogin.objects.filter(user=user).exclude(session_key=session_key)))
    return count


def renew(request) -> None:
    """The session got a new key (after a change of the password): the log-in goes on under it, the others are over."""
    request.session.save()
    BrowserLogin.objects.filter(user=request.user).delete()
    _note(None, request, request.user)


def program_of(agent: str) -> str:
    """What people call the program: "Windows 上的 Edge"."""
    system = next((name for mark, name in SYSTEMS if mark in agent), "未知设备")
    browser = next((name for mark, name in BROWSERS if mark in agent), "浏览器")
    return f"{system}上的 {browser}" if not re.search(r"[A-Za-z]$", system) else f"{system} 上的 {browser}"


def _note(sender, request, user, **kwargs) -> None:
    if request is None or not hasattr(request, "session"):
        return
    if not request.session.session_key:
        request.session.save()
    BrowserLogin.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={
            "user": user, "program": program_of(request.META.get("HTTP_USER_AGENT", "")),
            "ip": request.META.get("REMOTE_ADDR") or None,
        },
    )  # fmt: skip


def _forget(sender, request, user, **kwargs) -> None:
    key = getattr(getattr(request, "session", None), "session_key", None)
    if key:
        BrowserLogin.objects.filter(session_key=key).delete()


def _end(logins: list[BrowserLogin]) -> None:
    Session.objects.filter(session_key__in=[login.session_key for login in logins]).delete()
    BrowserLogin.objects.filter(pk__in=[login.pk for login in logins]).delete()

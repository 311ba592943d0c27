"""Asking the portal itself whether it is ready, and the port whether it is free."""

import errno
import http.client
import json
import socket

from django.conf import settings

from xiping_cppcc.embedded.refusal import CannotStart

EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}
LOCAL = ("localhost", "127.0.0.1", "::1", "[::1]")
FIRST_FREE_PORT = 1024  # those below belong to the system


def refuse_taken_port(port: int) -> None:
    """Raises CannotStart when the address cannot be listened on."""
    family = socket.AF_INET6 if ":" in settings.BIND else socket.AF_INET
    try:
        with socket.create_server((settings.BIND, port), family=family):
            pass
    except (OSError, OverflowError) as error:
        raise CannotStart(_refused(port, error)) from error


def _refused(port: int, error: Exception) -> str:
    """What is wrong with the port, or with the address, and what to type instead."""
    number = getattr(error, "errno", None)
    if number == errno.EADDRINUSE:
        return f"端口 {port} 已被其他程序占用。请换一个端口，例如：make run PORT={_another(port)}"
    if number == errno.EACCES:
        return f"当前账号不能使用端口 {port}（小于 {FIRST_FREE_PORT}）。请换一个端口，例如：make run PORT=8000"
    if isinstance(error, OverflowError):
        return f"端口 {port} 超出范围。请换一个端口，例如：make run PORT=8000"
    return f"BIND={settings.BIND} 不是本机的地址。请改为 127.0.0.1（只供本机）或 0.0.0.0（供其他电脑）。"


def _another(port: int) -> int:
    return port + 1 if FIRST_FREE_PORT <= port < 65_535 else 8001


def ask(port: int) -> tuple[int, dict]:
    """(status, answer) of /readyz; (0, {}) while nobody answers. Goes past any proxy of the environment."""
    host = EVERYWHERE.get(settings.BIND, settings.BIND)
    caller = http.client.HTTPConnection(host, port, timeout=10)
    status = 0
    try:
        caller.request("GET", "/readyz", headers={"Host": _known_host()})
        answer = caller.getresponse()
        status = answer.status
        return status, json.loads(answer.read())
    except (OSError, http.client.HTTPException, ValueError):
        return status, {}
    finally:
        caller.close()


def what_is_missing(status: int, answer: dict) -> str:
    """The checks that failed, in one line; without any, what the web server said."""
    failed = "；".join(said for said in answer.get("checks", {}).values() if said != "ok")
    return failed or (f"网页服务答复 HTTP {status}" if status else "网页服务没有答复")


def own_host() -> str:
    """The name under which this computer reaches the portal."""
    return bracketed(EVERYWHERE.get(settings.BIND, settings.BIND))


def for_other_computers(port: int) -> str:
    """A line on how they reach it, where they may."""
    if settings.BIND not in EVERYWHERE or settings.PORTAL_URL:
        return ""
    named = [host.lstrip(".") for host in settings.ALLOWED_HOSTS if "*" not in host and host not in LOCAL]
    if named:
        return f"其他电脑：http://{named[0]}:{port}/\n"
    if "*" in settings.ALLOWED_HOSTS:
        return f"其他电脑：http://本机地址:{port}/\n"
    return "其他电脑还打不开：请把本机的地址或域名写入 ALLOWED_HOSTS（逗号分隔，保留 localhost），再重新启动。\n"


def bracketed(host: str) -> str:
    """As it stands in an address: [::1]."""
    return f"[{host}]" if ":" in host else host


def _known_host() -> str:
    named = [host for host in settings.ALLOWED_HOSTS if "*" not in host]
    return named[0].lstrip(".") if named else "localhost"

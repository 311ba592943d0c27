"""Asking the portal itself whether it is ready, and the port whether it is free."""

import errno
import http.client
import json
import socket

from django.conf import settings

from xiping_cppcc.embedded.refusal import CannotStart


def refuse_taken_port(port: int) -> None:
    """Raises CannotStart when the address cannot be listened on."""
    try:
        with socket.create_server((settings.BIND, port)):
            pass
    except (OSError, OverflowError) as error:
        reason = "已被其他程序占用" if getattr(error, "errno", None) == errno.EADDRINUSE else f"不能使用（{error}）"
        raise CannotStart(f"端口 {port} {reason}。请换一个端口，例如：make run PORT={port % 60000 + 1}") from error


def ask(port: int) -> tuple[int, dict]:
    """(status, answer) of /readyz; (0, {}) while nobody answers. Goes past any proxy of the environment."""
    host = "127.0.0.1" if settings.BIND in {"0.0.0.0", "::"} else settings.BIND
    caller = http.client.HTTPConnection(host, port, timeout=10)
    try:
        caller.request("GET", "/readyz", headers={"Host": _known_host()})
        answer = caller.getresponse()
        return answer.status, json.loads(answer.read())
    except (OSError, http.client.HTTPException, ValueError):
        return 0, {}
    finally:
        caller.close()


def what_is_missing(answer: dict) -> str:
    """The checks that failed, in one line."""
    return "；".join(said for said in answer.get("checks", {}).values() if said != "ok")


def _known_host() -> str:
    named = [host for host in settings.ALLOWED_HOSTS if "*" not in host]
    return named[0].lstrip(".") if named else "localhost"

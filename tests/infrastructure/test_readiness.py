"""Ports, addresses and what is said of them."""

import errno
import socket

import pytest

from xiping_cppcc.embedded.refusal import CannotStart
from xiping_cppcc.running import children, portal, readiness

from .portal_process import free_port


def refusal(monkeypatch, settings, port: int, error: Exception, bind: str = "127.0.0.1") -> str:
    def refuse(*_, **__):
        raise error

    settings.BIND = bind
    monkeypatch.setattr(socket, "create_server", refuse)
    with pytest.raises(CannotStart) as refused:
        readiness.refuse_taken_port(port)
    return str(refused.value)


@pytest.mark.parametrize(
    ("port", "error", "remedy"),
    [
        (8000, OSError(errno.EADDRINUSE, "in use"), "PORT=8001"),
        (80, OSError(errno.EADDRINUSE, "in use"), "PORT=8001"),
        (65535, OSError(errno.EADDRINUSE, "in use"), "PORT=8001"),
        (80, PermissionError(errno.EACCES, "Permission denied"), "PORT=8000"),
        (99999, OverflowError("port must be 0-65535"), "PORT=8000"),
    ],
)
def test_another_port_that_can_work_is_offered(monkeypatch, settings, port, error, remedy):
    assert refusal(monkeypatch, settings, port, error).endswith(f"make run {remedy}")


@pytest.mark.parametrize(
    "error", [OSError(errno.EADDRNOTAVAIL, "Cannot assign"), socket.gaierror(-2, "Name or service not known")]
)
def test_a_wrong_address_is_not_blamed_on_the_port(monkeypatch, settings, error):
    said = refusal(monkeypatch, settings, 8000, error, bind="nohost")
    assert said == "BIND=nohost 不是本机的地址。请改为 127.0.0.1（只供本机）或 0.0.0.0（供其他电脑）。"


def test_an_address_of_the_sixth_version(settings, monkeypatch):
    seen = {}

    class Listener:
        def __enter__(self):
            return self

        def __exit__(self, *_):
            return None

    monkeypatch.setattr(socket, "create_server", lambda address, family: seen.update(family=family) or Listener())
    settings.BIND, settings.PORTAL_URL = "::1", ""
    readiness.refuse_taken_port(8000)
    assert seen == {"family": socket.AF_INET6}
    assert portal._address(8000) == "http://[::1]:8000/"
    assert "[::1]:8000" in children.web(8000).arguments


@pytest.mark.parametrize(
    ("bind", "hosts", "said"),
    [
        ("127.0.0.1", ["localhost"], ""),
        ("0.0.0.0", ["localhost", "127.0.0.1"], "写入 ALLOWED_HOSTS"),
        ("0.0.0.0", ["localhost", "10.1.2.3"], "其他电脑：http://10.1.2.3:8000/"),
        ("::", ["*"], "其他电脑：http://本机地址:8000/"),
    ],
)
def test_the_address_for_other_computers(settings, bind, hosts, said):
    settings.BIND, settings.ALLOWED_HOSTS, settings.PORTAL_URL = bind, hosts, ""
    assert said in readiness.for_other_computers(8000)
    assert bool(readiness.for_other_computers(8000)) == bool(said)
    assert portal._address(8000) == f"http://{'[::1]' if bind == '::' else '127.0.0.1'}:8000/"


@pytest.mark.parametrize(
    ("status", "answer", "said"),
    [
        (503, {"checks": {"database": "ok", "broker": "Redis 无法连接"}}, "Redis 无法连接"),
        (400, {}, "网页服务答复 HTTP 400"),
        (0, {}, "网页服务没有答复"),
    ],
)
def test_what_is_missing_is_never_empty(status, answer, said):
    assert readiness.what_is_missing(status, answer) == said


def test_nobody_answers(settings):
    assert readiness.ask(free_port()) == (0, {})

"""`make run` as a process: from an empty folder to ready, through a kill, and back to silence."""

import signal
import socket
import time

import pytest

from tests.counts import WHOLE
from xiping_cppcc.embedded import processes
from xiping_cppcc.embedded.postgres import Postgres
from xiping_cppcc.embedded.redis import Redis
from xiping_cppcc.embedded.refusal import CannotStart
from xiping_cppcc.running import portal, preparation

from .portal_process import ask, end, free_port, manage, processes_on, start, wait_until_ready, wait_until_said


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "数据 data"
    yield folder
    if processes_on(folder):  # after a failure only, or the command would be started for nothing
        manage(folder, "stop_portal")


@pytest.mark.timeout(900)
def test_from_nothing_to_silence(data):
    """In the campaign through a kill."""
    port = free_port()
    process = start(data, "run_portal", "--port", str(port))
    wait_until_ready(port, process, data)
    assert ask(port, "/healthz") == (200, {"status": "ok"})
    assert "已经在运行" in manage(data, "run_portal", "--port", str(port)).stdout
    if WHOLE:
        end(process, signal.SIGKILL)
        process = start(data, "run_portal", "--port", str(port))
        wait_until_said("门户已就绪", process, data)  # the address may still be answered by what the kill left behind
        assert "写入示例数据" not in (data / "said").read_text()
    assert end(process, signal.SIGINT) == 0
    assert (data / "said").read_text().endswith("已停止。再次启动：make run\n")
    assert processes_on(data) == []


def test_a_taken_port_is_a_sentence_and_starts_nothing(data):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = manage(data, "run_portal", "--port", str(port))
    assert done.returncode == 1
    assert f"端口 {port} 已被其他程序占用。请换一个端口，例如：make run PORT={port + 1}" in done.stderr
    assert "Traceback" not in done.stderr
    assert processes_on(data) == []


def test_stop_ends_servers_that_a_command_started(data):
    Postgres(data, durable=False).start()
    Redis(data).start()
    assert manage(data, "stop_portal").stdout == "门户没有在运行；已停止留下的数据库、Redis 等进程。\n"
    assert processes_on(data) == []


def test_stop_where_nothing_ever_ran_leaves_nothing(tmp_path):
    assert manage(tmp_path / "nothing", "stop_portal").stdout == "门户没有在运行。\n"
    assert not (tmp_path / "nothing").exists()


@pytest.mark.campaign
def test_stop_in_the_middle_of_the_first_start(data):
    starting = start(data, "run_portal", "--port", str(free_port()))
    give_up = time.monotonic() + 60
    while not (data / "postgres" / "start.lock").exists():
        assert starting.poll() is None and time.monotonic() < give_up, (data / "said").read_text()
        time.sleep(0.02)
    assert manage(data, "stop_portal").stdout == "已停止。\n"
    assert starting.wait(60) == 0, (data / "said").read_text()
    give_up = time.monotonic() + 10
    while processes_on(data) and time.monotonic() < give_up:
        time.sleep(0.1)  # the child of a killed initdb ends when it finds its parent gone
    assert processes_on(data) == []


def test_a_database_that_does_not_answer_is_a_sentence(tmp_path):
    done = manage(tmp_path, "run_portal", "--port", str(free_port()), DATABASE_URL="postgres://u:p@127.0.0.1:1/x")
    assert done.returncode == 1
    assert "DATABASE_URL 指向的数据库无法连接" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_broker_that_does_not_answer_is_a_sentence(settings, monkeypatch):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    monkeypatch.setattr(preparation, "keep_servers", lambda: None)
    monkeypatch.setattr(preparation.reach, "demand_database", lambda: None)
    with pytest.raises(CannotStart, match="REDIS_URL 指向的 Redis 无法连接"):
        preparation.start_servers()


@pytest.mark.parametrize("step", ["_prepare", "_start"])
def test_an_unwritable_subfolder_is_a_sentence(tmp_path, settings, monkeypatch, step):
    def refuse(*_):
        raise PermissionError(13, "Permission denied", str(tmp_path / "logs"))

    settings.RUN_FOLDER = tmp_path
    monkeypatch.setattr(portal, "_stop_on_signals", lambda: None)
    monkeypatch.setattr(portal, "_prepare", lambda say: None)
    monkeypatch.setattr(portal, step, refuse)
    monkeypatch.setattr(portal.preparation, "stop_servers", lambda: False)
    with pytest.raises(CannotStart, match=r"logs 不能使用（Permission denied）"):
        portal.run(free_port(), print)


def test_a_full_disk_is_a_sentence(tmp_path, settings, monkeypatch):
    settings.RUN_FOLDER = tmp_path
    monkeypatch.setattr(portal, "FREE_MEGABYTES", 10**9)
    with pytest.raises(CannotStart, match="磁盘只剩"):
        portal._prepare(print)


def test_a_process_number_alone_proves_nothing():
    assert processes.is_alive_with(1, "run_portal") is False

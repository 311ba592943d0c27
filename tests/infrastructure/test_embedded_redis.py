import os
import shutil
import signal
import stat

import psutil
import pytest
import redis

from xiping_cppcc.embedded import binaries, processes
from xiping_cppcc.embedded.redis import Redis
from xiping_cppcc.embedded.refusal import CannotStart


@pytest.fixture
def data(tmp_path):
    yield tmp_path
    Redis(tmp_path).stop()


def pid_of(data) -> int:
    return redis.Redis.from_url(Redis(data).url).info("server")["process_id"]


@pytest.mark.parametrize("name", ["redis", "有 空格?和#号 %20", "长" * 60])
def test_starts_once_and_answers_at_its_address(tmp_path, name):
    data = tmp_path / name
    try:
        address = Redis(data).start()
        assert redis.Redis.from_url(address).ping() is True
        first = pid_of(data)
        Redis(data).start()
        assert pid_of(data) == first
        assert stat.S_IMODE(Redis(data).socket.parent.stat().st_mode) == 0o700
    finally:
        Redis(data).stop()


def test_stop_ends_the_process(data):
    Redis(data).start()
    pid = pid_of(data)
    assert Redis(data).stop() is True
    assert not psutil.pid_exists(pid)
    assert Redis(data).stop() is False


@pytest.mark.campaign
def test_starts_again_after_a_kill(data):
    Redis(data).start()
    pid = pid_of(data)
    os.kill(pid, signal.SIGKILL)
    processes.wait_until_gone(pid, 5)
    assert Redis(data).running() is False
    Redis(data).start()
    assert Redis(data).running() is True


@pytest.mark.campaign
def test_a_server_whose_folder_was_deleted_is_ended(data):
    Redis(data).start()
    old = pid_of(data)
    shutil.rmtree(data / "redis")
    Redis(data).start()
    assert processes.wait_until_gone(old, 0.1)
    assert Redis(data).running() is True


@pytest.mark.campaign
def test_one_whose_title_does_not_name_the_socket_is_ended(data, monkeypatch):
    """Redis 6.0."""
    Redis(data).start()
    pid = pid_of(data)
    monkeypatch.setattr(processes, "started_with", lambda word: [])
    assert Redis(data).stop() is True
    assert not psutil.pid_exists(pid)


def test_no_port_is_open(data):
    Redis(data).start()
    assert redis.Redis.from_url(Redis(data).url).config_get("port") == {"port": "0"}


def test_no_program_is_a_sentence(monkeypatch):
    monkeypatch.setattr(binaries.shutil, "which", lambda name: None)
    monkeypatch.setattr(binaries, "_wheel_redis", list)
    binaries.redis_server.cache_clear()
    try:
        with pytest.raises(CannotStart, match="REDIS_URL"):
            binaries.redis_server()
    finally:
        binaries.redis_server.cache_clear()

"""The long version: the same things many times, at random moments, and on the system's PostgreSQL."""

import os
import random
import signal
import subprocess
import sys
import time

import psutil
import pytest

from xiping_cppcc.embedded import binaries, processes
from xiping_cppcc.embedded.postgres import USER, Postgres

from .portal_process import ROOT, ask, end, free_port, manage, processes_on, start, wait_until_ready

pytestmark = pytest.mark.campaign
KILLS = 20


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "数据"
    yield folder
    manage(folder, "stop_portal")


def timed_start(data) -> tuple[float, subprocess.Popen, int]:
    port = free_port()
    began = time.monotonic()
    process = start(data, "run_portal", "--port", str(port))
    wait_until_ready(port, process, data)
    return time.monotonic() - began, process, port


def test_starting_takes_seconds(data, capsys):
    """Figures only: the machine may be busy."""
    took = []
    for _ in range(4):
        seconds, process, _ = timed_start(data)
        end(process, signal.SIGINT)
        took.append(seconds)
    with capsys.disabled():
        print(f"\nfirst start {took[0]:.1f} s, later {', '.join(f'{s:.1f}' for s in took[1:])} s")


@pytest.mark.parametrize("seed", range(3))
def test_killed_at_any_moment_of_the_first_start(data, seed):
    moments = random.Random(seed)
    for _ in range(KILLS):
        process = start(data, "run_portal", "--port", str(free_port()))
        time.sleep(moments.uniform(0.2, 12))
        end(process, signal.SIGKILL)
    _, process, port = timed_start(data)
    assert ask(port, "/readyz")[0] == 200
    end(process)
    assert processes_on(data) == []
    assert manage(data, "verify_events").returncode == 0  # starts the database for itself; the fixture stops it


def test_parts_killed_at_random_come_back(data):
    moments = random.Random(7)
    _, process, port = timed_start(data)
    for _ in range(KILLS):
        children = psutil.Process(process.pid).children(recursive=True)
        os.kill(moments.choice(children).pid, signal.SIGKILL)
        time.sleep(moments.uniform(0.5, 4))
    wait_until_ready(port, process, data)
    assert end(process) == 0
    assert processes_on(data) == []


def test_the_suite_passes_on_the_systems_postgres(tmp_path):
    system = [folder for folder in binaries._system_postgres() if binaries._major(folder / "postgres") >= 14]
    if not system:
        pytest.skip("本机没有系统自带的 PostgreSQL")
    server = Postgres(tmp_path, durable=False, programs=(binaries._major(system[0] / "postgres"), system[0]))
    environment = {**os.environ, "DATABASE_URL": f"postgres:///{server.start()}/portal", "PGUSER": USER}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-n",
        "2",
        "--dist",
        "worksteal",
        "--ignore",
        "tests/infrastructure",
    ]
    try:
        assert subprocess.run(command, cwd=ROOT, env=environment).returncode == 0
    finally:
        server.stop()
    assert processes.started_with(str(tmp_path)) == []

"""The portal's own commands as processes of their own, on a data folder of the test."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 300


def environment(data: Path, **more: str) -> dict[str, str]:
    """As of a person who set nothing but PORTAL_DATA."""
    ours = {"DATABASE_URL": "", "REDIS_URL": "", "PORTAL_DATA": str(data), "PYTHONPATH": ""}
    kept = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    return {**kept, **ours, **more}


def manage(data: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment(data, **more), capture_output=True, text=True)


def start(data: Path, *arguments: str, **more: str) -> subprocess.Popen:
    """In a session of its own, with its words in `<data>/said`."""
    data.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "manage.py", *arguments]
    with open(data / "said", "w") as said:
        return subprocess.Popen(
            command, cwd=ROOT, env=environment(data, **more), stdout=said, stderr=said, start_new_session=True
        )


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def ask(port: int, path: str) -> tuple[int, dict]:
    """(status, JSON); (0, {}) while nobody answers."""
    caller = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        caller.request("GET", path)
        answer = caller.getresponse()
        return answer.status, json.loads(answer.read())
    except OSError:
        return 0, {}
    finally:
        caller.close()


def wait_until_ready(port: int, process: subprocess.Popen, data: Path) -> None:
    give_up = time.monotonic() + PATIENCE
    while ask(port, "/readyz")[0] != 200:
        assert process.poll() is None, (data / "said").read_text()
        assert time.monotonic() < give_up, (data / "said").read_text()
        psutil.wait_procs([psutil.Process(process.pid)], timeout=0.2)


def wait_until_said(words: str, process: subprocess.Popen, data: Path) -> None:
    give_up = time.monotonic() + PATIENCE
    while words not in (data / "said").read_text():
        assert process.poll() is None, (data / "said").read_text()
        assert time.monotonic() < give_up, (data / "said").read_text()
        psutil.wait_procs([psutil.Process(process.pid)], timeout=0.2)


def end(process: subprocess.Popen, sign: int = signal.SIGTERM) -> int:
    process.send_signal(sign)
    return process.wait(PATIENCE)


def processes_on(data: Path) -> list[str]:
    """The command lines and environments that name the folder, except this process's own."""
    found = []
    for process in psutil.process_iter():
        try:
            about = " ".join(process.cmdline())
            if str(data) in about or process.environ().get("PORTAL_DATA") == str(data):
                found.append(about)
        except psutil.Error:
            continue
    return found

"""The web server and the worker as children of the supervisor."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from xiping_cppcc.running import readiness
from xiping_cppcc.running.record import end_group

PR_SET_PDEATHSIG = 1
STOP_SECONDS = 25
LOG_BYTES = 20_000_000
# A child that dies this often within so many seconds has a reason that a restart does not mend.
DEATHS, WITHIN = 5, 60


@dataclass
class Child:
    """One long-running program and its log file."""

    title: str
    arguments: list[str]
    log: Path
    process: subprocess.Popen | None = None
    deaths: list[float] = field(default_factory=list)

    def start(self) -> None:
        with open(self._roomy_log(), "ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *self.arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=settings.BASE_DIR,
                # Out of the terminal's group: Ctrl-C comes to the supervisor, which stops in order.
                start_new_session=True,
                preexec_fn=_end_with_parent,  # noqa: PLW1509 (the supervisor has no threads)
            )

    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def restart(self) -> bool:
        """Whether a restart was worth trying; what the dead one left is ended first."""
        now = time.monotonic()
        self.deaths = [then for then in self.deaths if now - then < WITHIN] + [now]
        if len(self.deaths) >= DEATHS:
            return False
        end_group(self.process.pid, signal.SIGKILL, 1)
        self.start()
        return True

    def ask_to_stop(self) -> None:
        if self.is_alive():
            self.process.terminate()

    def wait_or_kill(self) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            pass
        end_group(self.process.pid, signal.SIGKILL, 5)

    def _roomy_log(self) -> Path:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            self.log.replace(self.log.with_suffix(".old.log"))
        return self.log


def web(port: int) -> Child:
    """gunicorn with threads: most of a request is waiting for the database."""
    listen = ["--bind", f"{readiness.bracketed(settings.BIND)}:{port}", "--worker-class", "gthread"]
    size = ["--workers", str(settings.WEB_WORKERS), "--threads", str(settings.WEB_THREADS)]
    rest = ["--timeout", "60", "--graceful-timeout", "20", "--no-control-socket", "--preload"]
    return Child(
        "网页服务",
        ["gunicorn", "xiping_cppcc.wsgi:application", *listen, *size, *rest],
        settings.LOG_FOLDER / "web.log",
    )


def worker() -> Child:
    """One worker with the scheduler inside: two of these would send each periodic task twice."""
    size = ["--concurrency", str(settings.WORKER_PROCESSES), "--loglevel", settings.LOG_LEVEL]
    alone = ["--without-mingle", "--without-gossip", "--without-heartbeat"]  # talk between workers; there is one
    arguments = ["celery", "--app", "xiping_cppcc", "worker", "--beat", "--hostname", "portal@%h", *size, *alone]
    return Child("后台任务", arguments, settings.LOG_FOLDER / "worker.log")


def _end_with_parent() -> None:
    """A killed supervisor takes its children along (Linux); elsewhere the next start ends them."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() == 1:
            os._exit(1)

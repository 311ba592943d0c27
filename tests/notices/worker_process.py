"""A real Celery worker in processes of its own, which can be killed as a machine kills: kill -9, no good-byes."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class WorkerProcess:
    """The worker and its pool child are one process group."""

    def __init__(self, log: Path, **given) -> None:
        """given: database, broker, smtp_port."""
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.notices.worker_settings",
            "TEST_WORKER": json.dumps(given),
            "PYTEST_XDIST_WORKER": f"worker-of-{os.getpid()}",  # importing the tests' settings empties a media folder
        }
        command = [sys.executable, "-m", "celery", "--app", "tests.notices.worker", "worker", "--concurrency", "1"]
        options = ["--loglevel", "INFO", "--without-gossip", "--without-mingle", "--hostname", f"{log.stem}@tests"]
        self._log = log
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                [*command, *options], cwd=ROOT, env=environment, stdout=output, stderr=output, start_new_session=True
            )

    def kill(self) -> None:
        """kill -9 for the whole group; nothing is left when this returns."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    @property
    def log(self) -> str:
        return self._log.read_text()


def until(condition: Callable[[], object], seconds: float = 80, also: Callable[[], object] = lambda: None) -> None:
    """Wait for the other processes; `also` is done at each look, as the minute scan is in real life."""
    give_up = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > give_up:
            raise TimeoutError("What the test waits for did not happen.")
        also()
        time.sleep(0.2)

"""What is dear and the same for every worker of a run is made by the one that needs it first; the others read it."""

import fcntl
import os
from collections.abc import Callable

from django.conf import settings

RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))


def text(name: str, make: Callable[[], str]) -> str:
    """`make()`, called once in a run. What it raises is raised to each who asks."""
    file = settings.PORTAL_DATA / f"{name}-{RUN}"
    with file.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            unfinished = file.with_suffix(".unfinished")
            unfinished.write_text(make())
            unfinished.rename(file)
        return file.read_text()

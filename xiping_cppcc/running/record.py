"""Which supervisor runs on this data folder, and what it started."""

import fcntl
import json
import os
import signal
import time
from pathlib import Path

from xiping_cppcc.embedded import processes

COMMAND = "run_portal"


class Record:
    """`portal.json` says who; the lock, which dies with its holder, says whether."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "portal.json"
        self._lock = None

    def claim(self) -> bool:
        """Whether this process is now the one supervisor of the folder."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._lock = open(self.folder / "portal.lock", "a")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._lock.close()
            return False
        return True

    def write(self, address: str, children: list[int]) -> None:
        self.file.write_text(json.dumps({"pid": os.getpid(), "address": address, "children": children}))

    def read(self) -> dict:
        """{"pid", "address", "children"}; empty when nobody ran."""
        try:
            return json.loads(self.file.read_text())
        except (OSError, ValueError):
            return {}

    def erase(self) -> None:
        self.file.unlink(missing_ok=True)

    def supervisor(self) -> int | None:
        """The number of the living supervisor."""
        pid = self.read().get("pid")
        return pid if pid and processes.is_alive_with(pid, COMMAND) else None

    def end_leftovers(self, seconds: float = 10) -> bool:
        """End what a killed supervisor left, and say whether it left anything; each child leads a process group
        of its own."""
        found = [pid for pid in self.read().get("children", []) if processes.is_alive_with(pid, "xiping_cppcc")]
        groups = found
        for sign in (signal.SIGTERM, signal.SIGKILL):
            groups = [pid for pid in groups if end_group(pid, sign, seconds)]
        self.erase()
        return bool(found)


def end_group(leader: int, sign: signal.Signals, seconds: float) -> bool:
    """Whether the leader still lives after the signal and the wait."""
    give_up = time.monotonic() + seconds
    try:
        os.killpg(leader, sign)
    except ProcessLookupError:
        return False
    return not processes.wait_until_gone(leader, give_up - time.monotonic())

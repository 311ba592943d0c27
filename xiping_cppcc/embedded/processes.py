"""What is asked of a process that may belong to an earlier run."""

import os
import time

import psutil


def is_alive_with(pid: int, word: str) -> bool:
    """Whether the process lives and was started with this word (a data folder, a socket).

    Process numbers are used again after a restart of the machine, so a number alone proves nothing.
    """
    try:
        return word in " ".join(psutil.Process(pid).cmdline())
    except psutil.Error:
        return False


def started_with(word: str) -> list[int]:
    """Every living process that was started with this word, whatever became of its files."""
    return [process.pid for process in psutil.process_iter() if is_alive_with(process.pid, word)]


def parent_of(pid: int) -> int | None:
    try:
        return psutil.Process(pid).ppid()
    except psutil.NoSuchProcess:
        return None


def wait_until_gone(pid: int, seconds: float) -> bool:
    """Whether the process ended in time.

    One that ended but whose parent has not asked for it yet (a zombie) is gone; an own child is asked for.
    """
    give_up = time.monotonic() + seconds
    while time.monotonic() < give_up:
        if _has_ended(pid):
            return True
        time.sleep(0.02)
    return False


def _has_ended(pid: int) -> bool:
    try:
        if psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
            return False
        return os.waitpid(pid, os.WNOHANG)[0] == pid  # 0 while threads of an own child are still ending
    except (psutil.NoSuchProcess, ChildProcessError):
        return True

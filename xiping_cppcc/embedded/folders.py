"""Folders, locks and socket paths of the embedded servers."""

import fcntl
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .refusal import CannotStart

# sockaddr_un holds 108 bytes on Linux and 104 on macOS, the closing zero included.
SOCKET_PATH_BYTES = 103
LOCK_SECONDS = 180


def private_folder(folder: Path) -> Path:
    """The folder, made with mode 0700 where it is missing; parents that exist keep their mode."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise CannotStart(unwritable(folder, error)) from error
    return folder


def unwritable(folder: Path, error: OSError) -> str:
    return (
        f"数据目录 {folder} 不能使用（{error.strerror}）。请改用有写权限的账号运行，"
        "或用环境变量 PORTAL_DATA 指定另一个目录，例如：make run PORTAL_DATA=$HOME/portal-data"
    )


def socket_folder(home: Path, socket_name: str) -> Path:
    """Where a server's socket lives: its own folder, or a private one in the system's temporary
    folder when the path is too long for a socket or holds a character libpq reads as a separator."""
    fits = len(os.fsencode(home / socket_name)) <= SOCKET_PATH_BYTES
    if fits and not set(',"') & set(str(home)):
        return home
    key = hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
    return _system_temporary_folder() / f"xiping-cppcc-{key}"


def make_socket_folder(folder: Path) -> None:
    """Make it; a folder of that name planted by another account is refused."""
    private_folder(folder)
    found = folder.lstat()
    if os.geteuid() not in (0, found.st_uid) or folder.is_symlink():
        raise CannotStart(f"目录 {folder} 属于另一个账号，不能存放套接字。请由管理员删除该目录后重试。")


def remove_socket_folder(folder: Path, home: Path) -> None:
    """One in the temporary folder goes with its server."""
    if folder != home:
        shutil.rmtree(folder, ignore_errors=True)


def _system_temporary_folder() -> Path:
    # Not gettempdir() first: two processes with different TMPDIR must find the same socket.
    shared = Path("/tmp")
    return shared if os.access(shared, os.W_OK | os.X_OK) else Path(tempfile.gettempdir())


@contextmanager
def only_one(lock_file: Path) -> Iterator[None]:
    """Hold the lock; the kernel lets it go with the process, also after kill -9."""
    with open(lock_file, "a") as handle:
        _wait_for(handle, lock_file)
        yield


def _wait_for(handle, lock_file: Path) -> None:
    give_up = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > give_up:
                raise CannotStart(f"另一个进程占用 {lock_file} 超过三分钟。请先执行 make stop，再重试。") from None
            time.sleep(0.05)

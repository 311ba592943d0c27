"""Under which account PostgreSQL runs. It refuses root, so root hands it to somebody else.

In order: the account that already owns the data; a user namespace, in which root's own files belong to
an ordinary account, so that private folders stay closed to everybody else; an unprivileged account of the
system. No way changes the mode of a folder.
"""

import os
import pwd
import subprocess
from pathlib import Path

from .refusal import CannotStart

UNPRIVILEGED = ("postgres", "daemon", "nobody")
REACH = 'test -w "$1" && "$0" --version'


def command_prefix(program: Path, folder: Path) -> list[str]:
    """What stands before a command so that it may run here; `folder` then belongs to that account."""
    if os.geteuid() != 0:
        return []
    owner = folder.stat().st_uid
    if owner != 0:
        return _first_that_reaches(_as_account(owner), program, folder)
    namespace = _in_user_namespace()
    if _reaches(namespace, program, folder):
        return namespace
    account = pwd.getpwnam(_unprivileged_name()).pw_uid
    own(folder, account)
    try:
        return _first_that_reaches(_as_account(account), program, folder)
    except CannotStart:
        own(folder, 0)
        raise


def own(folder: Path, uid: int) -> None:
    """Give the folder and all in it to the account."""
    gid = pwd.getpwuid(uid).pw_gid
    for place, names, files in os.walk(folder):
        os.chown(place, uid, gid)
        for name in [*names, *files]:
            os.chown(os.path.join(place, name), uid, gid, follow_symlinks=False)


def give_to_owner(folder: Path) -> None:
    """What root has just made in somebody else's folder would lock its owner out."""
    found = folder.stat()
    if os.geteuid() == 0 and found.st_uid != 0:
        for entry in folder.iterdir():
            if not entry.is_dir():
                os.chown(entry, found.st_uid, found.st_gid, follow_symlinks=False)


def _in_user_namespace() -> list[str]:
    return ["unshare", "--user", f"--map-user={pwd.getpwnam(_mapped_name()).pw_uid}"]


def _as_account(uid: int) -> list[list[str]]:
    """Plainly, and with leave to pass folders (say /root) that only root may enter."""
    plain = ["setpriv", f"--reuid={uid}", f"--regid={pwd.getpwuid(uid).pw_gid}", "--clear-groups"]
    return [plain, [*plain, "--inh-caps=+dac_override", "--ambient-caps=+dac_override"]]


def _first_that_reaches(prefixes: list[list[str]], program: Path, folder: Path) -> list[str]:
    for prefix in prefixes:
        if _reaches(prefix, program, folder):
            return prefix
    raise CannotStart(
        "以 root 身份不能启动内置数据库，系统也不允许切换到普通账号。请用普通账号运行 make run，"
        "或设置 DATABASE_URL 指向已有的 PostgreSQL。"
    )


def _reaches(prefix: list[str], program: Path, folder: Path) -> bool:
    try:
        tried = subprocess.run([*prefix, "sh", "-c", REACH, program, folder], capture_output=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return tried.returncode == 0


def _unprivileged_name() -> str:
    return _first_known(UNPRIVILEGED)


def _mapped_name() -> str:
    # Any account but root will do; initdb only wants to find its name.
    return _first_known(("daemon", "bin", "nobody"))


def _first_known(names: tuple[str, ...]) -> str:
    known = {entry.pw_name for entry in pwd.getpwall()}
    for name in names:
        if name in known:
            return name
    raise CannotStart("系统中没有可用的普通账号（daemon、nobody）。请用普通账号运行 make run。")

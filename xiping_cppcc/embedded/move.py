"""From one PostgreSQL major to the next: the old server gives a dump, the new one takes it."""

import subprocess
from pathlib import Path

from . import binaries
from .postgres import DATABASE, USER, Postgres
from .refusal import CannotStart


def move_to_current_major(portal_data: Path) -> Path | None:
    """The folder the old data is kept in; None when there was nothing to move."""
    new = Postgres(portal_data)
    there = new.major_of_data()
    major, programs = binaries.postgres_folder()
    if there in (None, major):
        return None
    if there not in binaries.postgres_folders():
        raise CannotStart(f"转换需要 PostgreSQL {there} 的程序。请执行 apt-get install postgresql-{there}，再重试。")
    dump, kept = new.home / "moving.dump", new.home / f"data-{there}"
    if kept.exists():
        raise CannotStart(f"目录 {kept} 已存在。请先确认它不再需要并移走，再重试。")
    _dump(Postgres(portal_data, programs=(there, binaries.postgres_folders()[there])), programs, dump)
    new.data.rename(kept)
    try:
        _load(new, programs, dump)
    except BaseException:
        new.stop()
        new.data.rename(new.home / "failed") if new.data.exists() else None
        kept.rename(new.data)
        raise
    dump.unlink()
    return kept


def _dump(old: Postgres, programs: Path, file: Path) -> None:
    try:
        old.start()
        _run([programs / "pg_dump", "--format=custom", f"--file={file}", DATABASE], old)
    finally:
        old.stop()


def _load(new: Postgres, programs: Path, file: Path) -> None:
    new.start()
    _run([programs / "pg_restore", "--single-transaction", f"--dbname={DATABASE}", file], new)


def _run(command: list, server: Postgres) -> None:
    address = ["-h", str(server.socket_folder), "-U", USER]
    done = subprocess.run([command[0], *address, *command[1:]], capture_output=True, text=True)
    if done.returncode:
        raise CannotStart(f"数据库转换没有成功：{done.stderr.strip()}。原数据没有改动。")

"""Bringing a backup back on an empty machine, and proving that it is whole."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from xiping_cppcc import reach
from xiping_cppcc.backups import manifest, programs, tables
from xiping_cppcc.backups.reason import reason
from xiping_cppcc.embedded.refusal import CannotStart


def restore(folder: Path) -> dict:
    """Restore and give the manifest. Raises CannotStart, and then nothing has been changed."""
    try:
        found = _readable(folder)
        _refuse_newer(found)
        reach.demand_database()
        _refuse_unless_empty()
        with _media(folder / "media"):
            _database(folder / "database.dump", found)
    except OSError as error:
        raise CannotStart(f"没有恢复：{reason(error, folder)}。排除后可以重试。") from error
    except psycopg2.Error as error:
        raise CannotStart(f"没有恢复，数据库说：{str(error).strip()}。排除后可以重试。") from error
    return found


def _readable(folder: Path) -> dict:
    try:
        found = manifest.read(folder)
    except ValueError as error:
        raise CannotStart(str(error)) from error
    broken = manifest.damaged(folder, found)
    if broken:
        raise CannotStart(f"备份有 {len(broken)} 个文件缺失或已损坏（例如 {broken[0]}），没有恢复。请改用另一份备份。")
    return found


def _refuse_unless_empty() -> None:
    if tables.names(connection):
        raise CannotStart(
            "当前数据库里已有数据，没有恢复。请换一个空数据库（DATABASE_URL）或新的数据目录（PORTAL_DATA）。"
        )
    if settings.MEDIA_ROOT.exists() and any(settings.MEDIA_ROOT.iterdir()):
        raise CannotStart(f"附件目录 {settings.MEDIA_ROOT} 不是空的，没有恢复。请先移走其中的文件。")


def _refuse_newer(found: dict) -> None:
    """A dump of a newer version has tables this code does not know."""
    known = {f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}
    unknown = sorted(set(found["migrations"]) - known)
    if unknown:
        raise CannotStart(f"这份备份来自更新的版本（{unknown[-1]}），请先更新程序再恢复。")


@contextmanager
def _media(source: Path) -> Iterator[None]:
    """The attachments are in place; whatever fails within takes them away again."""
    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    try:
        if source.exists():  # an empty folder may have been lost on the way (zip, rsync -m)
            shutil.copytree(source, settings.MEDIA_ROOT, dirs_exist_ok=True)
        yield
    except BaseException:
        _clear(settings.MEDIA_ROOT)
        raise


def _clear(folder: Path) -> None:
    for entry in folder.iterdir():
        if entry.is_dir():
            shutil.rmtree(entry, ignore_errors=True)
        else:
            entry.unlink(missing_ok=True)


def _database(dump: Path, found: dict) -> None:
    with transaction.atomic():
        programs.restore(connection, dump)
        _refuse_unless_equal(found)
    connection.close()  # the script has changed the session


def _refuse_unless_equal(found: dict) -> None:
    now = tables.counts(connection)
    different = [name for name in found["rows"] | now if found["rows"].get(name) != now.get(name)]
    if different:
        raise CannotStart(f"备份里的行数与清单不一致：{'、'.join(different)}，没有恢复。请改用另一份备份。")

"""Bringing a backup back on an empty machine, and proving that it is whole."""

import shutil
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from xiping_cppcc.backups import manifest, programs, tables
from xiping_cppcc.embedded.refusal import CannotStart


def restore(folder: Path) -> dict:
    """Restore and give the manifest. Raises CannotStart before anything is changed, or when the counts differ."""
    found = _readable(folder)
    _refuse_newer(found)
    _refuse_unless_empty()
    programs.restore(connection, folder / "database.dump")
    _media(folder / "media")
    _refuse_unless_equal(found)
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


def _media(source: Path) -> None:
    settings.MEDIA_ROOT.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(source, settings.MEDIA_ROOT, dirs_exist_ok=True)


def _refuse_unless_equal(found: dict) -> None:
    now = tables.counts(connection)
    different = [name for name in found["rows"] | now if found["rows"].get(name) != now.get(name)]
    if different:
        raise CannotStart(f"恢复后的行数与备份记录不一致：{'、'.join(different)}。请不要使用此数据库，换一份备份重试。")

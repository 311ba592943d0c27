"""Making a backup, and keeping only so many of the daily ones."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from xiping_cppcc import heart, reach
from xiping_cppcc.backups import manifest, programs, tables
from xiping_cppcc.backups.reason import reason
from xiping_cppcc.embedded.refusal import CannotStart

LOCK = 5_071_963  # any number that nothing else in this database locks
NOTE_LENGTH = 200
UNFINISHED = ".unfinished"
DAILY = re.compile(r"\d{8}-\d{6}")
SECRETS = {"SECRET_KEY", "SECRET_KEY_FALLBACKS", "DATABASE_URL", "REDIS_URL", "EMAIL_URL"} | {
    "ALIYUN_SMS_KEY_SECRET", "TENCENT_SMS_SECRET_KEY", "WECOM_ROBOT_URL", "DINGTALK_ROBOT_URL", "DINGTALK_ROBOT_SECRET",
}  # fmt: skip


def back_up(folder: Path, like: Path | None = None) -> dict:
    """Write a backup into the folder and give its manifest.

    `like` is an earlier backup: its attachments that have not changed are linked instead of copied.
    """
    reach.demand_database()
    unfinished = folder.with_name(folder.name + UNFINISHED)
    try:
        _refuse_unless_free(folder)
        shutil.rmtree(unfinished, ignore_errors=True)
        _write(unfinished, like)
        if folder.exists():
            folder.rmdir()
        unfinished.rename(folder)
    except OSError as error:
        raise CannotStart(f"备份没有写成：{reason(error, folder)}。请检查磁盘空间和目录权限。") from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    heart.beat(heart.BACKUP, str(folder)[-NOTE_LENGTH:])
    return manifest.read(folder)


def back_up_daily() -> Path:
    """The dated backup of the moment; the oldest beyond BACKUP_KEEP are removed."""
    reach.demand_database()
    with _only_one():
        home = settings.BACKUP_DIR
        _sweep(home)
        earlier = _daily_folders(home)
        folder = home / timezone.localtime().strftime("%Y%m%d-%H%M%S")
        back_up(folder, like=earlier[-1] if earlier else None)
        for old in _daily_folders(home)[: -settings.BACKUP_KEEP]:
            shutil.rmtree(old, ignore_errors=True)
    return folder


def _refuse_unless_free(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise CannotStart(f"{folder} 是一个文件，不能作备份目录。请换一个新目录。")
    if folder.exists() and any(folder.iterdir()):
        raise CannotStart(f"目录 {folder} 不是空的，备份不会覆盖已有文件。请换一个新目录。")


@contextmanager
def _only_one() -> Iterator[None]:
    """Of the daily backups. The lock is the database's: every host sees it, and it goes with the connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise CannotStart("另一份每日备份正在进行，这一次没有做。请等它完成。")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _sweep(home: Path) -> None:
    """What a killed daily backup left."""
    if home.exists():
        for entry in home.iterdir():
            if entry.name.endswith(UNFINISHED) and DAILY.fullmatch(entry.name.removesuffix(UNFINISHED)):
                shutil.rmtree(entry, ignore_errors=True)


def _write(folder: Path, like: Path | None) -> None:
    folder.mkdir(parents=True, mode=0o700)
    counts, migrations = _database(folder / "database.dump")
    _media(folder / "media", like / "media" if like else None)
    (folder / "settings.env").write_text(_settings_without_secrets())
    manifest.write(folder, counts, migrations, _checksums(folder))


def _daily_folders(home: Path) -> list[Path]:
    """Oldest first."""
    if not home.exists():
        return []
    return sorted(entry for entry in home.iterdir() if DAILY.fullmatch(entry.name))


def _database(file: Path) -> tuple[dict[str, int], list[str]]:
    """Dump and count in one snapshot, so that the counts hold although people go on working."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]
        programs.dump(connection, file, snapshot)
        return tables.counts(connection), tables.migrations(connection)


def _media(target: Path, earlier: Path | None) -> None:
    """After the database: a file added meanwhile is one too many, never one too few."""

    def link_or_copy(source: str, destination: str) -> None:
        before = earlier / Path(destination).relative_to(target) if earlier else None
        if not (before and before.exists() and _same(before, Path(source)) and _linked(before, destination)):
            shutil.copy2(source, destination)

    if settings.MEDIA_ROOT.exists():
        shutil.copytree(settings.MEDIA_ROOT, target, copy_function=link_or_copy)
    else:
        target.mkdir()


def _linked(before: Path, destination: str) -> bool:
    """Whether the disk knows hard links; a share of Windows (CIFS) or a stick (exFAT) may not."""
    try:
        os.link(before, destination)
    except OSError:
        return False
    return True


def _same(one: Path, other: Path) -> bool:
    first, second = one.stat(), other.stat()
    return (first.st_size, first.st_mtime_ns) == (second.st_size, second.st_mtime_ns)


def _checksums(folder: Path) -> dict[str, str]:
    files = sorted(entry for entry in folder.rglob("*") if entry.is_file())
    return {str(file.relative_to(folder)): manifest.checksum(file) for file in files}


def _settings_without_secrets() -> str:
    """The variables of .env.example that are set here; a secret only by its name."""
    example = (settings.BASE_DIR / ".env.example").read_text()
    names = re.findall(r"^#? ?([A-Z_]+)=", example, re.MULTILINE)
    lines = [
        f"# {name}=（未备份，恢复时请另行填写）" if name in SECRETS else f"{name}={os.environ[name]}"
        for name in names
        if name in os.environ
    ]
    return "\n".join([*lines, ""])

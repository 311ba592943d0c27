"""A backup comes back on an empty machine with equal counts and a clean event log, or not at all."""

import json
import os
from datetime import timedelta

import pytest
from django.conf import settings as portal_settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from tests.factories import county as make
from workflow.models import Event
from xiping_cppcc import heart
from xiping_cppcc.backups import manifest, restoring, tables, writing
from xiping_cppcc.celery import app
from xiping_cppcc.embedded.postgres import Postgres
from xiping_cppcc.embedded.refusal import CannotStart
from xiping_cppcc.models import Heartbeat

from .portal_process import manage


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    (settings.MEDIA_ROOT / "2026").mkdir(parents=True)
    (settings.MEDIA_ROOT / "2026" / "附件.pdf").write_bytes(b"%PDF-1.7 content")
    return settings.MEDIA_ROOT


@pytest.fixture
def without_dump(db, monkeypatch):
    """For tests of everything but the dump, which needs committed rows."""

    def pretend(file):
        file.write_bytes(b"PGDMP")
        return {}, []

    monkeypatch.setattr(writing, "_database", pretend)


@pytest.fixture
def empty_machine(tmp_path):
    data = tmp_path / "elsewhere"
    yield data
    Postgres(data).stop()


@pytest.mark.django_db(transaction=True)
def test_restores_on_an_empty_machine(media, tmp_path, empty_machine):
    county = make.county()
    make.replied(county, make.signed(county))
    assert Event.objects.count() > 10
    rows = sum(tables.counts(connection).values()) - Heartbeat.objects.count()
    folder = tmp_path / "backup"
    call_command("backup", folder, verbosity=0)

    found = manifest.read(folder)
    assert set(found["files"]) == {"database.dump", "settings.env", "media/2026/附件.pdf"}
    assert (found["rows"]["proposals_proposal"], sum(found["rows"].values())) == (1, rows)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert heart.seconds_since(heart.last_beats()[heart.BACKUP]) < 60

    with pytest.raises(CannotStart, match="已有数据"):
        restoring.restore(folder)

    done = manage(empty_machine, "restore", str(folder))
    assert (done.returncode, done.stderr) == (0, "")
    assert f"{len(found['rows'])} 张表 {rows} 行，行数一致" in done.stdout
    assert manage(empty_machine, "verify_events").returncode == 0
    assert (empty_machine / "media" / "2026" / "附件.pdf").read_bytes() == b"%PDF-1.7 content"


@pytest.mark.django_db
class TestRefusedBeforeAnythingIsChanged:
    @pytest.fixture
    def backup(self, media, without_dump, tmp_path, monkeypatch):
        writing.back_up(tmp_path / "backup")
        monkeypatch.setattr(restoring.programs, "restore", lambda *_: pytest.fail("restored"))
        return tmp_path / "backup"

    def test_a_changed_file(self, backup):
        (backup / "media" / "2026" / "附件.pdf").write_bytes(b"%PDF-1.7 c0ntent")
        with pytest.raises(CannotStart, match="1 个文件缺失或已损坏"):
            restoring.restore(backup)

    def test_a_missing_file(self, backup):
        (backup / "database.dump").unlink()
        with pytest.raises(CannotStart, match=r"database\.dump"):
            restoring.restore(backup)

    def test_no_manifest(self, backup):
        (backup / manifest.FILE).unlink()
        with pytest.raises(CannotStart, match="没有做完"):
            restoring.restore(backup)

    def test_a_newer_version(self, backup):
        found = json.loads((backup / manifest.FILE).read_text())
        found["migrations"].append("proposals.9999_from_the_future")
        (backup / manifest.FILE).write_text(json.dumps(found))
        with pytest.raises(CannotStart, match="请先更新程序"):
            restoring.restore(backup)

    def test_attachments_in_the_way(self, backup, monkeypatch):
        monkeypatch.setattr(restoring.tables, "names", lambda connection: [])
        with pytest.raises(CannotStart, match="附件目录"):
            restoring.restore(backup)


@pytest.mark.django_db
def test_different_counts_after_a_restore_are_told():
    with pytest.raises(CannotStart, match="proposals_proposal"):
        restoring._refuse_unless_equal({"rows": {**tables.counts(connection), "proposals_proposal": 99}})


def test_an_existing_folder_is_not_overwritten(media, without_dump, tmp_path):
    with pytest.raises(CommandError, match="不是空的"):
        call_command("backup", media)
    assert (media / "2026" / "附件.pdf").read_bytes() == b"%PDF-1.7 content"


def test_no_secret_is_written(media, without_dump, tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "do-not-keep-me")
    monkeypatch.setenv("DATABASE_URL", "postgres://portal:hidden@h/p")
    monkeypatch.setenv("LOGIN_FAILURES", "7")
    call_command("backup", tmp_path / "b", verbosity=0)
    text = (tmp_path / "b" / "settings.env").read_text()
    assert "LOGIN_FAILURES=7\n" in text
    assert "# SECRET_KEY=（未备份，恢复时请另行填写）\n" in text
    assert "do-not-keep-me" not in text
    assert "hidden" not in text


def test_daily_keeps_so_many_and_links_what_did_not_change(media, without_dump, settings, tmp_path, monkeypatch):
    settings.BACKUP_DIR = tmp_path / "daily"
    settings.BACKUP_KEEP = 2
    moment = writing.timezone.localtime()
    days = [moment + timedelta(days=day) for day in range(3)]
    for day in days:
        monkeypatch.setattr(writing.timezone, "localtime", lambda day=day: day)
        call_command("backup", daily=True, verbosity=0)
    folders = sorted(settings.BACKUP_DIR.iterdir())
    assert [folder.name for folder in folders] == [day.strftime("%Y%m%d-%H%M%S") for day in days[1:]]
    assert os.path.samefile(*(folder / "media" / "2026" / "附件.pdf" for folder in folders))


def test_a_failed_backup_leaves_no_folder_that_looks_whole(media, without_dump, tmp_path, monkeypatch):
    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "_media", fail)
    with pytest.raises(CommandError, match="备份没有写成"):
        call_command("backup", tmp_path / "b")
    assert not (tmp_path / "b").exists()


def test_neither_or_both_ways_is_a_sentence():
    with pytest.raises(CommandError, match="请给出备份目录"):
        call_command("backup")


def test_the_scheduler_makes_it_every_day():
    entry = app.conf.beat_schedule["backup"]
    assert (entry["task"], entry["schedule"]) == ("xiping_cppcc.tasks.back_up", portal_settings.BACKUP_AT)

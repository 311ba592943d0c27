"""A backup comes back on an empty machine with equal counts and a clean event log, or not at all."""

import json
import os
import shutil
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import psycopg2
import pytest
from django.conf import settings as portal_settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError, connection

from tests.factories import county as make
from workflow.models import Event
from xiping_cppcc import heart
from xiping_cppcc.backups import manifest, programs, restoring, script, tables, writing
from xiping_cppcc.celery import app
from xiping_cppcc.embedded import binaries
from xiping_cppcc.embedded.postgres import Postgres
from xiping_cppcc.embedded.refusal import CannotStart
from xiping_cppcc.models import Heartbeat
from xiping_cppcc.tasks import back_up

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


@pytest.fixture
def older_server(tmp_path):
    """The address of an empty database of the system's PostgreSQL, where that is another major than ours."""
    ours = binaries.postgres_folder()[0]
    others = {binaries._major(folder / "postgres"): folder for folder in binaries._system_postgres()}
    usable = [entry for entry in others.items() if binaries.OLDEST_POSTGRES <= entry[0] != ours]
    if not usable:
        pytest.skip("本机没有系统自带的另一个大版本的 PostgreSQL")
    server = Postgres(tmp_path / "older", durable=False, programs=max(usable))
    yield f"postgres://portal@/{server.start()}/portal"
    server.stop()


def backed_up(folder: Path) -> int:
    """A county with a proposal that was answered; returns how many rows are in the backup."""
    county = make.county()
    make.replied(county, make.signed(county))
    assert Event.objects.count() > 10
    rows = sum(tables.counts(connection).values()) - Heartbeat.objects.count()
    call_command("backup", folder, verbosity=0)
    return rows


@pytest.mark.django_db(transaction=True)
def test_restores_on_an_empty_machine(media, tmp_path, empty_machine):
    folder = tmp_path / "backup"
    rows = backed_up(folder)
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


@pytest.mark.campaign
@pytest.mark.django_db(transaction=True)
def test_restores_on_the_system_s_postgresql(media, tmp_path, older_server):
    """From the embedded server to one of another major, which knows less: how a demonstration becomes production."""
    folder = tmp_path / "backup"
    rows = backed_up(folder)
    done = manage(tmp_path / "production", "restore", str(folder), DATABASE_URL=older_server)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"{len(manifest.read(folder)['rows'])} 张表 {rows} 行，行数一致" in done.stdout


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

    @pytest.mark.parametrize("key", ["migrations", "rows", "files"])
    def test_a_manifest_that_lacks_a_part(self, backup, key):
        found = json.loads((backup / manifest.FILE).read_text())
        del found[key]
        (backup / manifest.FILE).write_text(json.dumps(found))
        with pytest.raises(CannotStart, match="不完整"):
            restoring.restore(backup)

    def test_attachments_in_the_way(self, backup, monkeypatch):
        monkeypatch.setattr(restoring.tables, "names", lambda connection: [])
        with pytest.raises(CannotStart, match="附件目录"):
            restoring.restore(backup)


@pytest.mark.django_db
class TestUndoneOnFailure:
    @pytest.fixture
    def backup(self, media, without_dump, settings, tmp_path, monkeypatch):
        writing.back_up(tmp_path / "backup")
        settings.MEDIA_ROOT = tmp_path / "empty" / "media"
        monkeypatch.setattr(restoring.tables, "names", lambda connection: [])
        monkeypatch.setattr(restoring.programs, "restore", lambda *_: None)
        monkeypatch.setattr(restoring.connection, "close", lambda: None)  # the test's transaction
        return tmp_path / "backup"

    def test_a_full_disk(self, backup, settings, monkeypatch):
        def fail(*_):
            raise psycopg2.errors.DiskFull("could not extend file: No space left on device")

        monkeypatch.setattr(restoring.programs, "restore", fail)
        with pytest.raises(CannotStart, match="没有恢复，数据库说：could not extend file"):
            restoring.restore(backup)
        assert list(settings.MEDIA_ROOT.iterdir()) == []

    def test_unequal_counts(self, backup, settings, monkeypatch):
        monkeypatch.setattr(restoring.tables, "counts", lambda connection: {"proposals_proposal": 1})
        with pytest.raises(CannotStart, match="proposals_proposal"):
            restoring.restore(backup)
        assert list(settings.MEDIA_ROOT.iterdir()) == []

    def test_attachments_that_cannot_be_copied(self, backup, settings, monkeypatch):
        def fail(*_, **__):
            raise shutil.Error([("a.pdf", "b.pdf", "[Errno 28] No space left on device")])

        monkeypatch.setattr(restoring.programs, "restore", lambda *_: pytest.fail("restored"))
        monkeypatch.setattr(shutil, "copytree", fail)
        with pytest.raises(CannotStart, match=r"没有恢复：.*No space left on device（b\.pdf）"):
            restoring.restore(backup)

    def test_a_media_folder_lost_on_the_way_was_an_empty_one(self, backup, settings):
        found = json.loads((backup / manifest.FILE).read_text())
        found["files"].pop("media/2026/附件.pdf")
        (backup / manifest.FILE).write_text(json.dumps(found))
        shutil.rmtree(backup / "media")
        restoring.restore(backup)
        assert list(settings.MEDIA_ROOT.iterdir()) == []


SCRIPT = """-- a comment
\\restrict abc
SET transaction_timeout = 0;
SELECT pg_catalog.set_config('search_path', '', false);
CREATE TEMPORARY TABLE word (text text);
COPY pg_temp.word (text) FROM stdin;
\\restrict is data here; COPY x FROM stdin;
SET transaction_timeout = 0;
提案
\\.

INSERT INTO pg_temp.word VALUES ('%s');
\\unrestrict abc
"""


@pytest.mark.django_db
def test_a_script_of_a_newer_pg_restore_runs_without_its_own_commands():
    connection.ensure_connection()
    script.run(connection.connection, iter(SCRIPT.encode().splitlines(keepends=True)))
    with connection.cursor() as cursor:
        cursor.execute('SELECT text FROM word ORDER BY text COLLATE "C"')
        words = [word for (word,) in cursor.fetchall()]
    assert words == ["\restrict is data here; COPY x FROM stdin;", "%s", "SET transaction_timeout = 0;", "提案"]


class TestPrograms:
    @pytest.fixture
    def installed(self, monkeypatch):
        """Of the wheel 16 and 18, of the system 15 and 17."""
        folders = {Path(f"/{kind}/{major}"): major for kind, major in [("w", 16), ("w", 18), ("s", 15), ("s", 17)]}
        monkeypatch.setattr(binaries, "_wheel_postgres", lambda: [Path("/w/16"), Path("/w/18")])
        monkeypatch.setattr(binaries, "_system_postgres", lambda program="postgres": [Path("/s/15"), Path("/s/17")])
        monkeypatch.setattr(binaries, "_major", lambda program: folders[program.parent])
        for cached in (binaries.client_folder, binaries.newest_client_folder):
            cached.cache_clear()
        yield
        for cached in (binaries.client_folder, binaries.newest_client_folder):
            cached.cache_clear()

    @pytest.mark.parametrize(
        ("server", "embedded", "folder"),
        [(16, True, "/w/16"), (17, True, "/s/17"), (16, False, "/s/17"), (15, False, "/s/15"), (18, False, "/w/18")],
    )
    def test_a_server_given_by_address_is_dumped_by_the_system(self, installed, server, embedded, folder):
        assert str(binaries.client_folder(server, embedded)) == folder

    def test_the_newest_reads_every_dump(self, installed):
        assert str(binaries.newest_client_folder()) == "/w/18"

    def test_an_encrypted_connection_is_handed_on(self):
        parameters = {"host": "h", "sslmode": "verify-full", "sslrootcert": "/ca", "sslcert": "/c", "sslkey": "/k"}
        info = SimpleNamespace(dsn_parameters=parameters)
        given = programs._environment(
            SimpleNamespace(connection=SimpleNamespace(info=info), settings_dict={"PASSWORD": "pw"})
        )
        names = ("PGHOST", "PGSSLMODE", "PGSSLROOTCERT", "PGSSLCERT", "PGSSLKEY", "PGPASSWORD")
        assert [given[name] for name in names] == ["h", "verify-full", "/ca", "/c", "/k", "pw"]

    def test_a_program_without_encryption_says_what_to_install(self):
        said = 'sslmode value "require" invalid when SSL support is not compiled in'
        assert "apt-get install postgresql-client" in programs._remedy(said)


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
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["media"]


def test_a_disk_without_hard_links_gets_copies(media, without_dump, settings, tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(writing.os, "link", refuse)
    first, second = tmp_path / "1", tmp_path / "2"
    writing.back_up(first)
    writing.back_up(second, like=first)
    assert (second / "media" / "2026" / "附件.pdf").read_bytes() == b"%PDF-1.7 content"


def test_many_failures_at_once_are_named_by_the_first(media, without_dump, tmp_path, monkeypatch):
    def fail(*_, **__):
        raise shutil.Error([("a.pdf", "b.pdf", "[Errno 13] Permission denied"), ("c", "d", "x")])

    monkeypatch.setattr(shutil, "copytree", fail)
    with pytest.raises(CommandError, match=r"备份没有写成：\[Errno 13\] Permission denied（b\.pdf）"):
        call_command("backup", tmp_path / "b")


def test_a_file_in_the_way_is_a_sentence(media, without_dump, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="是一个文件"):
        call_command("backup", tmp_path / "file")
    with pytest.raises(CommandError, match="备份没有写成"):
        call_command("backup", tmp_path / "file" / "b")


@pytest.fixture
def no_database(monkeypatch):
    def refuse():
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "ensure_connection", refuse)


def test_a_database_that_does_not_answer_is_a_sentence(no_database, tmp_path, settings):
    settings.BACKUP_DIR = tmp_path / "daily"
    for given in ({"folder": tmp_path / "b"}, {"daily": True}):
        with pytest.raises(CommandError, match="数据库无法连接"):
            call_command("backup", **given)
    assert list(tmp_path.iterdir()) == []


class TestOneDailyBackupAtATime:
    def test_a_second_one_is_refused(self, media, without_dump, settings, tmp_path):
        settings.BACKUP_DIR = tmp_path / "daily"
        other = psycopg2.connect(**connection.get_connection_params())
        try:
            with other.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_lock(%s)", [writing.LOCK])
            with pytest.raises(CommandError, match="正在进行"):
                call_command("backup", daily=True)
            with other.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [writing.LOCK])
        finally:
            other.close()
        call_command("backup", daily=True, verbosity=0)
        assert len(list(settings.BACKUP_DIR.iterdir())) == 1

    def test_a_long_one_is_not_handed_out_again(self):
        assert back_up.acks_late is False

    def test_what_a_killed_one_left_is_swept(self, media, without_dump, settings, tmp_path):
        settings.BACKUP_DIR = tmp_path / "daily"
        for name in ("20260101-023000.unfinished", "other.unfinished"):
            (settings.BACKUP_DIR / name / "media").mkdir(parents=True)
        call_command("backup", daily=True, verbosity=0)
        names = [entry.name for entry in settings.BACKUP_DIR.iterdir()]
        assert "20260101-023000.unfinished" not in names
        assert ("other.unfinished" in names, len(names)) == (True, 2)


def test_neither_or_both_ways_is_a_sentence():
    with pytest.raises(CommandError, match="请给出备份目录"):
        call_command("backup")


def test_the_scheduler_makes_it_every_day():
    entry = app.conf.beat_schedule["backup"]
    assert (entry["task"], entry["schedule"]) == ("xiping_cppcc.tasks.back_up", portal_settings.BACKUP_AT)

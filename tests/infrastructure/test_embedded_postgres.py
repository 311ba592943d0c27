"""The embedded PostgreSQL starts from nothing, from a crash, and from odd places, and refuses in words."""

import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import psycopg2
import pytest

from tests.counts import WHOLE
from xiping_cppcc.embedded import binaries, folders, postgres, processes
from xiping_cppcc.embedded.postgres import SOCKET, USER, Postgres
from xiping_cppcc.embedded.refusal import CannotStart

from .portal_process import ROOT


@pytest.fixture
def data(tmp_path):
    yield tmp_path
    Postgres(tmp_path).stop()


def server(folder) -> Postgres:
    return Postgres(folder, durable=False)


def ask(folder, question: str):
    connection = psycopg2.connect(host=str(Postgres(folder).socket_folder), user=USER, dbname="portal")
    try:
        with connection.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchone()[0]
    finally:
        connection.close()


def test_first_start_makes_the_database(data):
    server(data).start()
    assert ask(data, "SHOW server_encoding") == "UTF8"
    assert ask(data, "SHOW listen_addresses") == ""
    assert ask(data, "SELECT upper('é市') || (E'\\u4e01' < E'\\u738b')::text") == "É市true"


def test_starting_twice_is_starting_once(data):
    server(data).start()
    first = ask(data, "SELECT pg_postmaster_start_time()::text")
    server(data).start()
    assert ask(data, "SELECT pg_postmaster_start_time()::text") == first


def test_stop_ends_the_process(data):
    server(data).start()
    pid = int((data / "postgres/data/postmaster.pid").read_text().split()[0])
    assert server(data).stop() is True
    assert not psutil.pid_exists(pid)
    assert server(data).stop() is False


def test_many_processes_start_one_server(data):
    code = "import sys; from pathlib import Path; from xiping_cppcc.embedded.postgres import Postgres; "
    code += "Postgres(Path(sys.argv[1]), durable=False).start()"

    def start_one(_):
        return subprocess.run([sys.executable, "-c", code, data], cwd=ROOT, capture_output=True, text=True)

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(start_one, range(4)))
    assert [(done.returncode, done.stderr) for done in results] == [(0, "")] * 4
    assert ask(data, "SELECT 1") == 1


@pytest.mark.campaign
def test_starts_again_after_a_kill(data):
    server(data).start()
    pid = int((data / "postgres/data/postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGKILL)
    processes.wait_until_gone(pid, 5)
    server(data).start()
    assert ask(data, "SELECT 1") == 1


@pytest.mark.campaign
def test_a_number_that_now_belongs_to_another_process_is_not_believed(data):
    server(data).start()
    server(data).stop()
    stale = [str(os.getpid()), str(data / "postgres/data"), "1", "5432", str(data / "postgres"), "", "1 1", "ready"]
    (data / "postgres/data/postmaster.pid").write_text("\n".join(stale) + "\n")
    (data / "postgres" / f"{SOCKET}.lock").write_text(f"{os.getpid()}\n")
    assert server(data).running() is False
    server(data).start()
    assert ask(data, "SELECT 1") == 1


@pytest.mark.campaign
def test_a_server_whose_folder_was_deleted_is_ended(data):
    server(data).start()
    old = int((data / "postgres/data/postmaster.pid").read_text().split()[0])
    shutil.rmtree(data / "postgres")
    server(data).start()
    assert processes.wait_until_gone(old, 0.1)
    assert ask(data, "SELECT 1") == 1


@pytest.mark.campaign
def test_a_deleted_socket_is_made_again(data):
    server(data).start()
    (data / "postgres" / SOCKET).unlink()
    server(data).start()
    assert ask(data, "SELECT 1") == 1


@pytest.mark.campaign
def test_one_that_was_on_its_way_out_is_replaced(data, monkeypatch):
    """`make stop` beside a start: the server found there ends a moment later."""
    cluster = server(data)
    really, found = cluster._postmaster, [None, 4711]
    monkeypatch.setattr(cluster, "_end_deaf", lambda: None)
    monkeypatch.setattr(cluster, "_postmaster", lambda: found.pop(0) if found else really())
    monkeypatch.setattr(postgres, "START_SECONDS", 20)
    cluster.start()
    assert ask(data, "SELECT 1") == 1


@pytest.mark.campaign
def test_an_interrupted_first_start_is_begun_again(data):
    unfinished = data / "postgres" / "unfinished"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18")
    server(data).start()
    assert ask(data, "SELECT 1") == 1


@pytest.mark.parametrize(
    ("name", "stays"), [("有 空格", True), ("a'b", True), ("a,b", False), ('a"b', False), ("长" * 60, False)]
)
def test_a_folder_that_no_socket_may_stand_in_gets_one_elsewhere(tmp_path, name, stays):
    home = Path("/d") / name
    assert (folders.socket_folder(home, SOCKET) == home) is stays


ODD = ["有 空格 的目录", "quote'and\"double", "comma,dollar$HOME", "长" * 60]


@pytest.mark.parametrize("name", ["".join(ODD), *(ODD if WHOLE else [])])
def test_odd_folders_work(tmp_path, name):
    folder = tmp_path / name
    try:
        socket_folder = server(folder).start()
        assert ask(folder, "SELECT 1") == 1
        assert len(os.fsencode(socket_folder / SOCKET)) <= 103
        assert stat.S_IMODE(socket_folder.stat().st_mode) == 0o700
    finally:
        server(folder).stop()


def test_parents_keep_their_mode(data):
    data.chmod(0o700)
    folder = data / "new"
    folder.mkdir(mode=0o711)
    try:
        server(folder).start()
    finally:
        server(folder).stop()
    assert [stat.S_IMODE(place.stat().st_mode) for place in (data, folder)] == [0o700, 0o711]
    assert stat.S_IMODE((folder / "postgres").stat().st_mode) == 0o700


def test_another_major_is_refused_with_the_command_that_moves_it(data):
    (data / "postgres" / "data").mkdir(parents=True)
    (data / "postgres" / "data" / "PG_VERSION").write_text("13\n")
    with pytest.raises(CannotStart, match="upgrade_database") as refusal:
        server(data).start()
    assert "PostgreSQL 13" in str(refusal.value)
    assert list((data / "postgres" / "data").iterdir()) == [data / "postgres" / "data" / "PG_VERSION"]


def test_a_file_in_the_way_is_a_sentence(tmp_path):
    (tmp_path / "data").write_text("")
    with pytest.raises(CannotStart, match="PORTAL_DATA"):
        server(tmp_path / "data").start()


def test_a_planted_socket_folder_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("xiping_cppcc.embedded.folders._system_temporary_folder", lambda: tmp_path)
    folder = tmp_path / ("长" * 60)
    cluster = server(folder)
    cluster.socket_folder.symlink_to(tmp_path)
    with pytest.raises(CannotStart, match="另一个账号"):
        cluster.start()


def test_nothing_listens_on_the_network(data):
    server(data).start()
    pid = int((data / "postgres/data/postmaster.pid").read_text().split()[0])
    kinds = {connection.family for connection in psutil.Process(pid).net_connections("all")}
    assert socket.AF_INET not in kinds
    assert socket.AF_INET6 not in kinds


def test_a_broken_data_folder_is_a_sentence(data):
    server(data).start()
    server(data).stop()
    (data / "postgres/data/global/pg_control").write_bytes(b"")
    with pytest.raises(CannotStart, match=r"server\.log"):
        server(data).start()


def test_no_programs_at_all_is_a_sentence(monkeypatch):
    monkeypatch.setattr(binaries, "_wheel_postgres", list)
    monkeypatch.setattr(binaries, "_system_postgres", lambda program="postgres": [])
    binaries.postgres_folder.cache_clear()
    binaries.postgres_folders.cache_clear()
    try:
        with pytest.raises(CannotStart, match="DATABASE_URL"):
            binaries.postgres_folder()
    finally:
        binaries.postgres_folder.cache_clear()
        binaries.postgres_folders.cache_clear()

"""`manage.py upgrade_database`: from an older major, with the wheel's own older programs."""

import psycopg2
import pytest

from xiping_cppcc.embedded import binaries
from xiping_cppcc.embedded.move import move_to_current_major
from xiping_cppcc.embedded.postgres import USER, Postgres

OLD = 16


@pytest.fixture
def old_data(tmp_path):
    old = Postgres(tmp_path, durable=False, programs=(OLD, binaries.postgres_folders()[OLD]))
    old.start()
    _ask(old, "CREATE TABLE proposal (title text); INSERT INTO proposal VALUES ('关于老旧小区停车难的建议')")
    old.stop()
    yield tmp_path
    Postgres(tmp_path).stop()


def _ask(server: Postgres, question: str):
    connection = psycopg2.connect(host=str(server.socket_folder), user=USER, dbname="portal")
    with connection, connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchall() if cursor.description else None


def test_rows_arrive_and_the_old_folder_stays(old_data):
    kept = move_to_current_major(old_data)
    assert (kept / "PG_VERSION").read_text().strip() == str(OLD)
    server = Postgres(old_data, durable=False)
    server.start()
    assert _ask(server, "SELECT title FROM proposal") == [("关于老旧小区停车难的建议",)]
    assert not (old_data / "postgres" / "moving.dump").exists()


def test_moving_twice_does_nothing(old_data):
    move_to_current_major(old_data)
    assert move_to_current_major(old_data) is None


def test_no_data_is_nothing_to_move(tmp_path):
    assert move_to_current_major(tmp_path) is None

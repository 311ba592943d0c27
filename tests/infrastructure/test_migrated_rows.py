"""After a test that commits, the database is the migrated one again, whatever was written, changed or deleted."""

from contextlib import closing
from threading import Timer

import psycopg2
import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from proposals.models import Category
from tests import migrated_rows
from tests.factories import county as make

pytestmark = pytest.mark.django_db(transaction=True)


def everything() -> dict[str, list[str]]:
    """All rows of all tables with all their columns, also the generated ones."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'")
        names = [name for (name,) in cursor.fetchall()]
        return {name: _rows(cursor, name) for name in names}


def _rows(cursor, name: str) -> list[str]:
    cursor.execute(f"SELECT one::text FROM {name} one ORDER BY 1")
    return [row for (row,) in cursor.fetchall()]


@pytest.fixture(scope="module")
def migrated():
    """What the first test of this module found; the others must find the same."""
    return {}


@pytest.mark.parametrize("turn", ["first", "second"])
def test_what_was_written_changed_and_deleted_is_undone(migrated, turn):
    before = everything()
    assert migrated.setdefault("rows", before) == before
    county = make.county()
    make.replied(county, make.signed(county))
    Category.objects.update(order=7)
    Group.objects.all().delete()
    Permission.objects.first().delete()
    MigrationRecorder.Migration.objects.filter(app="proposals").delete()
    assert sum(rows != before[name] for name, rows in everything().items()) > 20

    migrated_rows.put_back()
    assert everything() == before
    assert len(before) == len(migrated_rows.REMEMBERED)


def test_whoever_still_writes_is_waited_for():
    before = everything()
    with closing(psycopg2.connect(**connection.get_connection_params())) as other:
        other.cursor().execute("INSERT INTO auth_group (name) VALUES ('late')")
        late = Timer(0.3, other.commit)
        late.start()
        migrated_rows.put_back()
        late.join()
    assert everything() == before


def test_the_triggers_stand_again_afterwards():
    migrated_rows.put_back()
    with connection.cursor() as cursor:
        cursor.execute("SHOW session_replication_role")
        assert cursor.fetchone() == ("origin",)
        cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgenabled = 'A'")  # would fire all the same
        assert cursor.fetchone() == (0,)

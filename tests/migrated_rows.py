"""The rows that migrations leave, remembered once, and put back after tests that commit.

Django empties all tables and fills them anew, which costs most of a second a test; only what differs is touched here.
"""

from io import StringIO

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

# COPY columns: all but generated ones, which PostgreSQL computes again.
TABLES = """
    SELECT format('%I', c.relname), string_agg(format('%I', a.attname), ', ' ORDER BY a.attnum)
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
      AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    GROUP BY c.oid, c.relname ORDER BY c.relname"""
REMEMBERED: dict[tuple[str, str], str] = {}


def remember() -> None:
    """To be called while no test has written anything."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        REMEMBERED.update({table: _rows(cursor, table) for table in cursor.fetchall()})


def changed() -> list[tuple[str, str]]:
    """The tables, with their columns, that do not hold what was remembered."""
    with connection.cursor() as cursor:
        return _changed(cursor)


def rows(table: tuple[str, str]) -> str:
    """What stands in the table now, for `replace`."""
    with connection.cursor() as cursor:
        return _rows(cursor, table)


def replace(cursor, table: tuple[str, str], rows: str) -> None:
    """The table holds these rows and no others. Its triggers must be off."""
    cursor.execute(f"DELETE FROM {table[0]}")
    cursor.copy_expert(f"COPY {table[0]} ({table[1]}) FROM STDIN", StringIO(rows))


def tables_are_counted() -> None:
    """As in life: after thousands of new rows PostgreSQL counts the tables before anybody asks for figures.

    Without, a report of a national session can take minutes instead of a tenth of a second.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def tables_are_swept() -> None:
    """After such tests: neither their counts nor the pages of their rows, which were taken back, meet the next ones."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def put_back() -> None:
    """Every table holds again what it held when it was remembered. Numbers given stay given, as after a flush."""
    with transaction.atomic(), connection.cursor() as cursor:
        # Neither the triggers that forbid deleting nor foreign keys: all tables are whole again at the end.
        cursor.execute("SET LOCAL session_replication_role = replica")
        # Waits for whoever is still writing, as TRUNCATE does.
        cursor.execute(f"LOCK TABLE {', '.join(name for name, _ in REMEMBERED)} IN EXCLUSIVE MODE")
        for table in _changed(cursor):
            replace(cursor, table, REMEMBERED[table])
    ContentType.objects.clear_cache()


def _changed(cursor) -> list[tuple[str, str]]:
    cursor.execute(" UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name, _ in REMEMBERED))
    filled = {name for (name,) in cursor.fetchall()}
    return [
        table
        for table, rows in REMEMBERED.items()
        if bool(rows) != (table[0] in filled) or (rows and rows != _rows(cursor, table))
    ]


def _rows(cursor, table: tuple[str, str]) -> str:
    """As COPY writes them, which is exact for every type."""
    rows = StringIO()
    cursor.copy_expert(f"COPY {table[0]} ({table[1]}) TO STDOUT", rows)
    return rows.getvalue()

"""What is in the database: tables, rows, migrations."""

from psycopg2 import sql


def names(connection) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
        return [name for (name,) in cursor.fetchall()]


def counts(connection) -> dict[str, int]:
    """{table: rows}."""
    found = {}
    with connection.cursor() as cursor:
        for name in names(connection):
            cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name)))
            found[name] = cursor.fetchone()[0]
    return found


def migrations(connection) -> list[str]:
    """As "app.name"."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
        return [name for (name,) in cursor.fetchall()]

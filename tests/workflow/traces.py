"""What is in the database about cases, in short, to prove that nothing changed; and what was said to it."""

from contextlib import contextmanager

from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

APPS = ("proposals", "announcements", "opinions", "consultations", "grassroots", "workflow", "notices", "documents")


def everything() -> dict[str, str]:
    """Table → checksum of all its rows, for every table that an act could touch."""
    tables = sorted(
        model._meta.db_table for app in APPS for model in apps.get_app_config(app).get_models(include_auto_created=True)
    )
    one = "SELECT '{0}', md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {0} t"
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(one.format(table) for table in tables))
        return dict(cursor.fetchall())


@contextmanager
def statements():
    """The SQL said inside the block, as a list that is filled when it ends."""
    said: list[str] = []
    with CaptureQueriesContext(connection) as captured:
        yield said
    said.extend(query["sql"] for query in captured.captured_queries)

import pytest
from django.db import connection, models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.state import ModelState, ProjectState
from django.db.migrations.writer import MigrationWriter

from search.fields import ChineseSearchField
from tests.search.texts import Text


def test_the_field_is_written_in_migrations_by_its_own_arguments():
    field = ChineseSearchField(title="title", body=["situation", "demand"])
    text, imports = MigrationWriter.serialize(field)
    assert text == (
        "search.fields.ChineseSearchField(body=['situation', 'demand'], title='title', verbose_name='检索列')"
    )
    assert imports == {"import search.fields"}


def test_a_second_makemigrations_finds_nothing():
    state = ProjectState()
    state.add_model(ModelState.from_model(Text))
    again = ProjectState()
    again.add_model(ModelState.from_model(Text))
    assert MigrationAutodetector(state, again)._detect_changes() == {}


def test_a_copy_is_the_same_field():
    copy = Text._meta.get_field("search").clone()
    assert (copy.title, copy.body, copy.editable, copy.serialize) == (
        "title",
        ["situation", "demand"],
        False,
        False,
    )


@pytest.mark.django_db
def test_the_field_can_be_added_to_a_table_with_rows():
    class Plain(models.Model):
        title = models.CharField(max_length=200)

        class Meta:
            apps = Text._meta.apps.__class__()
            app_label = "search_tests"
            db_table = "search_tests_plain"

        def __str__(self):
            return self.title

    field = ChineseSearchField(title="title")
    with connection.schema_editor() as editor:
        editor.create_model(Plain)
        Plain.objects.create(title="停车难")
        field.set_attributes_from_name("search")
        field.model = Plain
        Plain.add_to_class("search", field)
        editor.add_field(Plain, field)
    assert Plain.objects.filter(search__matches="'车难'").count() == 1


def test_the_column_follows_every_write(text_table):
    row = text_table.objects.create(title="停车难", situation="x")
    assert text_table.objects.filter(search__matches="'停车'").count() == 1
    text_table.objects.update(title="充电桩")
    assert text_table.objects.filter(search__matches="'停车'").count() == 0
    row.refresh_from_db()
    row.demand = "要停车"
    row.save()
    assert text_table.objects.filter(search__matches="'停车'").get() == row


def test_reading_a_row_does_not_fetch_the_column(text_table, django_assert_num_queries):
    text_table.objects.create(title="停车难")
    with django_assert_num_queries(1) as queries:
        assert text_table.objects.get().search is None
    assert "NULL" in queries.captured_queries[0]["sql"]
    assert '"search_tests_text"."search"' not in queries.captured_queries[0]["sql"]


def test_the_index_is_a_gin_index(text_table):
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'text_search'")
        assert cursor.fetchone()[0].endswith("USING gin (search)")

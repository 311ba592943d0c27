import pytest
from django.db import connection

from tests.search.texts import Text, corpus


@pytest.fixture
def text_table(db):
    with connection.schema_editor() as editor:
        editor.create_model(Text)
    return Text


@pytest.fixture(scope="module")
def module_corpus():
    return corpus()


@pytest.fixture
def texts(text_table, module_corpus):
    """The corpus in the table, and the same rows in memory with their keys."""
    for number, text in enumerate(module_corpus, 1):
        text.pk = number
    Text.objects.bulk_create(module_corpus)
    return module_corpus

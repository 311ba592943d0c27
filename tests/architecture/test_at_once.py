"""What is made at once is what would have been made one by one."""

import pytest
from django.core.management import call_command
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from xiping_cppcc.at_once import AtOnce


def operations() -> list:
    key = ("id", models.BigAutoField(primary_key=True))
    body = migrations.CreateModel("Body", [key, ("name", models.CharField(max_length=20))])
    post = migrations.CreateModel("Post", [key, ("body", models.ForeignKey("houses.Body", models.CASCADE))])
    return [body, post]


def test_the_state_is_the_same_and_the_models_are_made_anew():
    one_by_one, at_once = ProjectState(), ProjectState()
    for operation in operations():
        operation.state_forwards("houses", one_by_one)
    before = at_once.apps
    AtOnce(operations()).state_forwards("houses", at_once)
    assert at_once == one_by_one
    assert at_once.apps is not before
    post = at_once.apps.get_model("houses", "Post")
    assert post._meta.get_field("body").related_model is at_once.apps.get_model("houses", "Body")


def test_it_says_what_it_makes():
    assert AtOnce(operations()).describe() == "Create model Body；Create model Post"


@pytest.mark.campaign
@pytest.mark.django_db(transaction=True)
def test_the_tables_can_be_taken_back_and_made_again():
    tables = set(connection.introspection.table_names())
    call_command("migrate", "grassroots", "zero", verbosity=0)
    assert {name for name in connection.introspection.table_names() if name.startswith("grassroots_")} == set()
    call_command("migrate", verbosity=0)
    assert set(connection.introspection.table_names()) == tables

"""What holds for every model, migration and periodic task."""

import re
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command

from xiping_cppcc.celery import app as celery

OURS = {
    "xiping_cppcc", "workflow", "deadlines", "documents", "search", "members",
    "notices", "proposals", "announcements", "opinions", "consultations", "grassroots", "reports", "portal",
    "exports",
}  # fmt: skip
HAN = re.compile(r"[一-鿿]")
LONGEST_NAME = 63
# Fields that a library declared.
LIBRARY_FIELDS = {
    "members.DeviceToken": {"digest", "token_key", "created", "expiry"},
    "members.Duty": {"user", "group"},
}


def our_models():
    return [model for model in apps.get_models() if model.__module__.split(".")[0] in OURS]


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_models_and_fields_are_named_in_chinese(model):
    if model._meta.app_label == "xiping_cppcc" or not model._meta.model_name.endswith("event"):
        assert HAN.search(str(model._meta.verbose_name))
    given = {"id"} | LIBRARY_FIELDS.get(model._meta.label.removesuffix("Event"), set())
    fields = [field for field in model._meta.get_fields() if field.concrete and not field.name.startswith("pgh_")]
    assert [field.name for field in fields if not HAN.search(str(field.verbose_name)) and field.name not in given] == []


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_names_in_the_database_are_short_enough(model):
    names = [model._meta.db_table, *(index.name for index in model._meta.indexes)]
    names += [constraint.name for constraint in model._meta.constraints]
    assert [name for name in names if len(name) > LONGEST_NAME] == []


@pytest.mark.parametrize("name", list(celery.conf.beat_schedule))
def test_periodic_tasks_exist(name):
    celery.loader.import_default_modules()
    assert celery.conf.beat_schedule[name]["task"] in celery.tasks


def test_every_task_of_ours_is_on_the_beat_table():
    """A task that nobody starts is work that never happens."""
    celery.loader.import_default_modules()
    ours = {name for name, task in celery.tasks.items() if task.__module__.split(".")[0] in OURS}
    assert ours == {entry["task"] for entry in celery.conf.beat_schedule.values()}

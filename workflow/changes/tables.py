"""The tracked tables and the tables of their histories."""

from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.db.models import Model
from pghistory.models import Event


@dataclass(frozen=True)
class Table:
    """A tracked model with the model of its history. A link (a many-to-many row) tells about its `owner`."""

    model: type[Model]
    history: type[Event]
    owner: str = ""

    @property
    def label(self) -> str:
        return self.model._meta.label_lower

    @property
    def title(self) -> str:
        return str(self.model._meta.verbose_name)

    @property
    def fields(self) -> list:
        """The model's fields that the history keeps, without the key."""
        kept = {field.name for field in self.history._meta.concrete_fields}
        mine = (field for field in self.model._meta.concrete_fields if not field.primary_key)
        return [field for field in mine if field.name in kept and field.name != self.owner]

    def label_of(self, field) -> str:
        """The Chinese name of a column; a link's other end is what the link is about."""
        return self.title if self.owner else str(field.verbose_name)

    @property
    def of(self) -> str:
        """The column of the history that says whose it is."""
        return f"{self.owner}_id" if self.owner else "pgh_obj_id"


@cache
def tables() -> dict[str, Table]:
    """Every tracked table by its label, in the order of the apps."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if issubclass(model, Event) and model.pgh_tracked_model is not None:
            table = _table(model.pgh_tracked_model, model)
            found[table.label] = table
    return found


def _table(model: type[Model], history: type[Event]) -> Table:
    return Table(model, history, getattr(model, "history_owner", ""))


def is_tracked(model: type[Model]) -> bool:
    return model._meta.concrete_model._meta.label_lower in tables()


def tables_of(model: type[Model]) -> list[Table]:
    """The model's own table and the links that belong to it."""
    own = tables()[model._meta.concrete_model._meta.label_lower]
    return [own, *(table for table in tables().values() if table.owner and _owner_of(table) is own.model)]


def _owner_of(table: Table) -> type[Model]:
    return table.model._meta.get_field(table.owner).related_model


def titles() -> list[tuple[str, str]]:
    """(label, Chinese name) of every tracked table, for a choice."""
    return [(table.label, table.title) for table in tables().values()]

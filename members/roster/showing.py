"""What an import did, as people read it: contact data masked, linked rows by their names."""

from dataclasses import dataclass

from django.apps import apps
from django.db.models import Field, Model

from members.models import ImportedChange
from workflow.changes.values import Names, text_of, want_links

from . import traces

# Who it is stands beside it; after 撤回 the person may be gone.
UNSAID = traces.DERIVED | {"person"}


@dataclass(frozen=True)
class Shown:
    """change: with its roster row. title: of which table. says: "界别：教育 → 经济", one for each field."""

    change: ImportedChange
    title: str
    says: list[str]


def shown(changes: list[ImportedChange]) -> list[Shown]:
    names, rows = Names(), []
    for change in changes:
        model = apps.get_model(change.model)
        before, after = model(**change.before), model(**change.after)
        fields = [field for field in traces.kept(model) if field.attname in {**change.before, **change.after}]
        for row in (before, after):
            want_links(names, fields, row)
        rows.append((change, model, fields, before, after))
    names.read()
    return [_shown(*row, names) for row in rows]


def _shown(change: ImportedChange, model: type[Model], fields: list[Field], before, after, names: Names) -> Shown:
    if change.before and change.after:
        says = [f"{f.verbose_name}：{text_of(f, before, names)} → {text_of(f, after, names)}" for f in fields]
    else:
        row, held = (after, change.after) if change.after else (before, change.before)
        told = [f for f in fields if held[f.attname] not in (None, "", False) and f.name not in UNSAID]
        says = [f"{f.verbose_name}：{text_of(f, row, names)}" for f in told]
    return Shown(change, str(model._meta.verbose_name), says)


def field_text(change: ImportedChange, attname: str, values: dict) -> str:
    """One value of a field, on its own."""
    model, names = apps.get_model(change.model), Names()
    field = next(field for field in traces.kept(model) if field.attname == attname)
    row = model(**{attname: values[attname]})
    want_links(names, [field], row)
    names.read()
    return text_of(field, row, names)

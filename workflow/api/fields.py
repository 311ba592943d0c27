"""The fields of an act's form, described so that an app can build the form."""

from datetime import time

from django import forms
from django.utils import timezone

# More choices than this are asked for one page at a time.
INLINE_CHOICES = 50
FILE_MODEL = "documents.Attachment"


def described(form: forms.Form, choices_url) -> list[dict]:
    """One dict a field; `choices_url(name)` is the address of a field's choices."""
    return [_field(form, name, field, choices_url) for name, field in form.fields.items()]


def is_multiple(field: forms.Field) -> bool:
    return isinstance(field, (forms.MultipleChoiceField, forms.ModelMultipleChoiceField))


def kind_of(field: forms.Field) -> str:
    """text, long_text, date, time, datetime, boolean, number, choice, choices, file or files."""
    if takes_file(field):
        return "files" if is_multiple(field) else "file"
    if is_multiple(field):
        return "choices"
    if isinstance(field.widget, forms.Textarea):
        return "long_text"
    return next((name for kind, name in KINDS if isinstance(field, kind)), "text")


# The more particular before the more general.
KINDS = (
    (forms.NullBooleanField, "boolean"),
    (forms.BooleanField, "boolean"),
    (forms.ModelChoiceField, "choice"),
    (forms.ChoiceField, "choice"),
    (forms.DateTimeField, "datetime"),
    (forms.DateField, "date"),
    (forms.TimeField, "time"),
    (forms.IntegerField, "number"),
)


def takes_file(field: forms.Field) -> bool:
    queryset = getattr(field, "queryset", None)
    return queryset is not None and queryset.model._meta.label == FILE_MODEL


def _field(form: forms.Form, name: str, field: forms.Field, choices_url) -> dict:
    choices, url = _choices(field, name, choices_url)
    return {
        "name": name,
        "label": str(field.label or name),
        "type": kind_of(field),
        "required": field.required,
        "help": str(field.help_text or ""),
        "max_length": getattr(field, "max_length", None),
        "initial": _plain(form.get_initial_for_field(field, name)),
        "choices": choices,
        "choices_url": url,
    }


def _choices(field: forms.Field, name: str, choices_url) -> tuple[list[dict] | None, str | None]:
    """The choices themselves while they are few, else where they are found."""
    if takes_file(field) or not hasattr(field, "choices"):
        return None, None
    if not hasattr(field, "queryset"):
        return [choice(value, label) for value, label in flat(field.choices)], None
    rows = list(field.queryset[: INLINE_CHOICES + 1])
    if len(rows) > INLINE_CHOICES:
        return None, choices_url(name)
    return [choice(row.pk, field.label_from_instance(row)) for row in rows], None


def flat(choices):
    """Pairs of value and label; groups are opened, the empty choice is left out."""
    for value, label in choices:
        if isinstance(label, (list, tuple)):
            yield from flat(label)
        elif value not in ("", None):
            yield value, label


def choice(value, label) -> dict:
    return {"value": str(value), "label": str(label)}


def _plain(value):
    """What was filled in before, as it would be sent: text, true, false, null or a list of texts."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, (list, tuple)) or hasattr(value, "all"):
        return [_plain(getattr(item, "pk", item)) for item in (value.all() if hasattr(value, "all") else value)]
    if hasattr(value, "pk"):
        return str(value.pk)
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if hasattr(value, "hour"):
        return timezone.localtime(value).strftime("%Y-%m-%dT%H:%M")
    return str(value)

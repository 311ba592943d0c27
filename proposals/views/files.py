"""Files that come with the form of an act; receiving them is documents' own (documents.form_files)."""

from django.forms import ModelChoiceField

from documents.form_files import entry, received, waiting
from documents.models import Attachment
from workflow.transition import process_named

__all__ = ["entry", "file_fields", "received", "takes_file", "waiting"]


def takes_file(field) -> bool:
    return isinstance(field, ModelChoiceField) and field.queryset.model is Attachment


def file_fields(process: str, act: str) -> list[str]:
    """The fields of the act's form that choose an uploaded file."""
    rows = process_named(process).rows_of(act)
    fields = rows[0].form.base_fields if rows and rows[0].form else {}
    return [name for name, field in fields.items() if takes_file(field)]

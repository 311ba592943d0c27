"""Files that come with the form of an act: what a page of acts needs to take them without JavaScript too.

A mixin for `workflow.views.ActView`, in front of it. This layer knows no acts: which fields take a file is asked of the form.
"""

from uuid import UUID

from django.forms import ModelChoiceField
from django.http import HttpRequest, HttpResponse

from . import form_files
from .kinds import accept_attribute
from .models import Attachment

REFUSED = str(UUID(int=0))  # the id of no file


def takes_file(field) -> bool:
    return isinstance(field, ModelChoiceField) and field.queryset.model is Attachment


def waiting_files(actor):
    """The actor's own uploads that belong to nothing yet: the choices of a field that takes a file."""
    return Attachment.objects.filter(uploaded_by=actor, subject_id__isnull=True)


def file_field(label: str, **more) -> ModelChoiceField:
    """Its choices are given to each form by `offer_files`."""
    return ModelChoiceField(label=label, queryset=Attachment.objects.none(), required=False, **more)


def offer_files(form, *names: str) -> None:
    for name in names:
        form.fields[name].queryset = waiting_files(form.actor)


class TakesFiles:
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.upload_errors: dict[str, str] = {}
        self.kept: dict[str, str] = {}

    def post(self, request: HttpRequest, pk: int, act: str) -> HttpResponse:
        """The upload field's own button, without JavaScript: the form again, with the file taken out."""
        removed = next((key for key in request.POST if key.startswith("remove_")), None)
        if removed is None:
            return super().post(request, pk, act)
        given = request.POST.copy()
        given.pop(removed.removeprefix("remove_"), None)
        return self.shown_again(pk, act, given)

    def given(self, case, act: str):
        """What was typed, and in the file fields the ids of files that came with the form.

        A file that was refused makes its field wrong, so that nothing is done without it unseen.
        """
        data = self.request.POST.copy()
        for name in self.file_fields(act):
            ids, errors = form_files.received(self.request, name, purpose=name)
            if ids:
                data[name] = ids[-1]
            if errors:
                self.upload_errors[name], self.kept[name] = errors[0], data.get(name, "")
                data[name] = REFUSED
        return data

    def file_fields(self, act: str) -> list[str]:
        """The fields of the act's form that choose an uploaded file."""
        return [name for name, field in self.fields_of(act).items() if takes_file(field)]

    def upload_for(self, bound) -> dict | None:
        if not takes_file(bound.field):
            return None
        kept = form_files.waiting(self.request.user, filter(None, [self.kept.get(bound.name, bound.value())]))
        return {
            "files": [form_files.entry(file) for file in kept],
            "error": self.upload_errors.get(bound.name) or next(iter(bound.errors), ""),
            "accept": accept_attribute(),
            "purpose": bound.name,
        }

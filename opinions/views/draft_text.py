"""The text of a draft in one request: what was posted, what it means, and storing it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from documents import form_files
from documents.models import Attachment
from members.models import Organization
from opinions import attachments, drafting
from opinions.forms.writing import DraftForm, initial_of, whose
from opinions.models import OpinionReport

TEXTS = ("title", "situation", "causes", "suggestions")


class DraftText:
    """`report` is None while nothing has been stored yet."""

    def __init__(self, request: HttpRequest, report: OpinionReport | None = None):
        self.request, self.report = request, report
        self.data, self.upload_error, self.is_edited_only = None, "", False
        self.form = self._form()

    def _form(self) -> DraftForm:
        initial = initial_of(self.report) if self.report else None
        return DraftForm(self.data, initial=initial, user=self.request.user, report=self.report)

    def read(self) -> "DraftText":
        """Take what was posted; files are received at once."""
        data = self.request.POST.copy()
        out = data.get("remove_attachments")
        self.is_edited_only = out is not None
        ids, errors = form_files.received(self.request, "attachments", attachments.PURPOSE)
        data.setlist("attachments", [pk for pk in data.getlist("attachments") if pk != out] + ids)
        self.data, self.upload_error = data, "".join(errors)
        self.form = self._form()
        return self

    def save(self) -> OpinionReport:
        """Store text and files, opening the draft first when it is new.

        Raises Refused; a file that cannot be attached is said in `upload_error` and the text is kept.
        """
        given, user = dict(self.form.cleaned_data), self.request.user
        body = given.pop("on_whose", "")
        with transaction.atomic():
            seen = self._seen_version()
            if self.report is None:
                self.report = drafting.just_begun(user, given) or drafting.create(user, self._body(body))
                seen = None
            self.report = drafting.save(self.report, user, given, seen)
            self._keep_files()
        return self.report

    def _body(self, chosen: str) -> Organization | None:
        """The body chosen; where the page asked nothing, the only one there is."""
        choices = whose(self.request.user)
        key = chosen if len(choices) != 1 else choices[0][0]
        return Organization.objects.filter(pk=key).first() if key else None

    def _keep_files(self) -> None:
        """Under the lock of the text, and what their words are is looked at with it."""
        try:
            if "attachments_shown" in self.data:
                attachments.keep(self.report, self.request.user, self.data.getlist("attachments"))
                drafting.note_signs(self.report)
        except ValidationError as error:
            self.upload_error = "".join(error.messages)

    def _seen_version(self) -> int | None:
        given = self.data.get("version", "")
        return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else None

    def typed(self) -> list[tuple[str, str]]:
        """Label and text of what was written, to be copied from the page of a final refusal."""
        texts = ((self.form.fields[name].label, self.data.get(name, "")) for name in TEXTS)
        return [(label, text) for label, text in texts if text]

    def shown_files(self) -> list[dict]:
        return [form_files.entry(file) for file in self.files()]

    def files(self) -> list[Attachment]:
        """Those of the draft, or those that were posted."""
        own = list(attachments.of_report(self.report.pk)) if self.report else []
        if self.data is None or "attachments_shown" not in self.data:
            return own
        wanted = self.data.getlist("attachments")
        return [file for file in [*own, *form_files.waiting(self.request.user, wanted)] if str(file.pk) in wanted]

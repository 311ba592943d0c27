"""The text of a draft in one request: what was posted, what it means, and storing it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from announcements import attachments, drafting
from announcements.forms.writing import DraftForm, initial_of
from announcements.models import Announcement
from documents import form_files
from documents.models import Attachment


class DraftText:
    """`announcement` is None while nothing has been stored yet."""

    def __init__(self, request: HttpRequest, announcement: Announcement | None = None):
        self.request, self.announcement = request, announcement
        self.data, self.upload_error, self.is_edited_only = None, "", False
        self.form = self._form()

    def _form(self) -> DraftForm:
        initial = initial_of(self.announcement) if self.announcement else None
        return DraftForm(self.data, initial=initial, user=self.request.user)

    def read(self) -> "DraftText":
        """Take what was posted; files are received at once."""
        data = self.request.POST.copy()
        out = data.get("remove_attachments")
        self.is_edited_only = out is not None
        ids, errors = form_files.received(self.request, "attachments", attachments.PURPOSE)
        data.setlist("attachments", [pk for pk in data.getlist("attachments") if pk != out] + ids)
        if "issuer" not in data and self.form.bodies:  # the page asks only those who write for several
            data["issuer"] = str(self._default_issuer())
        self.data, self.upload_error = data, "".join(errors)
        self.form = self._form()
        return self

    def _default_issuer(self) -> int:
        return self.announcement.issuer_id if self.announcement else self.form.bodies[0].pk

    def save(self) -> Announcement:
        """Store text and files, opening the draft first when it is new.

        Raises Refused; a file that cannot be attached is said in `upload_error` and the text is kept.
        """
        given, user = dict(self.form.cleaned_data), self.request.user
        with transaction.atomic():
            seen = self._seen_version()
            if self.announcement is None:
                self.announcement = drafting.just_begun(user, given) or drafting.create(user, given["issuer"])
                seen = None
            self.announcement = drafting.save(self.announcement, user, given, seen)
            self._keep_files()
        return self.announcement

    def _keep_files(self) -> None:
        """Under the lock of the text: files of what is published by now are not touched."""
        try:
            if "attachments_shown" in self.data:
                attachments.keep(self.announcement, self.request.user, self.data.getlist("attachments"))
        except ValidationError as error:
            self.upload_error = "".join(error.messages)

    def _seen_version(self) -> int | None:
        given = self.data.get("version", "")
        return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else None

    def typed(self) -> list[tuple[str, str]]:
        """Label and text of what was written, to be copied from the page of a final refusal."""
        texts = ((self.form.fields[name].label, self.data.get(name, "")) for name in ("title", "body"))
        return [(label, text) for label, text in texts if text]

    def shown_files(self) -> list[dict]:
        return [form_files.entry(file) for file in self._files()]

    def _files(self) -> list[Attachment]:
        """Those of the draft, or those that were posted."""
        own = list(attachments.of_announcement(self.announcement.pk)) if self.announcement else []
        if self.data is None or "attachments_shown" not in self.data:
            return own
        wanted = self.data.getlist("attachments")
        return [file for file in [*own, *form_files.waiting(self.request.user, wanted)] if str(file.pk) in wanted]

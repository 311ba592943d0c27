"""A text with files in one request: what was posted, what it means, and which files belong to it.

For pages that store what is there, complete or not. An app gives its form, its files and what it is called.
"""

from django.http import HttpRequest

from . import form_files
from .models import Attachment


class PostedText:
    """`case` is None while nothing has been stored yet."""

    purpose = ""
    texts: tuple[str, ...] = ()  # the fields whose words are offered for copying when nothing else helps

    def __init__(self, request: HttpRequest, case=None):
        self.request, self.case = request, case
        self.data, self.upload_error, self.is_edited_only = None, "", False
        self.form = self.bound()

    # --- what an app gives ---
    def bound(self):
        """The form with what was posted (`self.data`), or with what is stored."""
        raise NotImplementedError

    def stored_files(self) -> list[Attachment]:
        """Those of the stored case."""
        raise NotImplementedError

    def completed(self, data) -> None:
        """Put in what the page asks only of some."""

    # --- the machinery ---
    def read(self):
        """Take what was posted; files are received at once."""
        data = self.request.POST.copy()
        out = data.get("remove_attachments")
        self.is_edited_only = out is not None
        ids, errors = form_files.received(self.request, "attachments", self.purpose)
        data.setlist("attachments", [pk for pk in data.getlist("attachments") if pk != out] + ids)
        self.completed(data)
        self.data, self.upload_error = data, "".join(errors)
        self.form = self.bound()
        return self

    def seen_version(self) -> int | None:
        """The version for which the page was made; None for what is no number."""
        given = self.data.get("version", "")
        return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else None

    def typed(self) -> list[tuple[str, str]]:
        """Label and text of what was written, to be copied from the page of a final refusal."""
        found = ((self.form.fields[name].label, self.data.get(name, "")) for name in self.texts)
        return [(label, text) for label, text in found if text]

    def shown_files(self) -> list[dict]:
        return [form_files.entry(file) for file in self.files()]

    def files(self) -> list[Attachment]:
        """Those of the case, or those that were posted."""
        own = self.stored_files() if self.case else []
        if self.data is None or "attachments_shown" not in self.data:
            return own
        wanted = self.data.getlist("attachments")
        return [file for file in [*own, *form_files.waiting(self.request.user, wanted)] if str(file.pk) in wanted]

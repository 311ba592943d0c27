"""The text of a draft in one request, and storing it."""

from django.core.exceptions import ValidationError
from django.db import transaction

from announcements import attachments, drafting
from announcements.forms.writing import DraftForm, initial_of
from announcements.models import Announcement
from documents.models import Attachment
from documents.posted_text import PostedText


class DraftText(PostedText):
    purpose, texts = attachments.PURPOSE, ("title", "body")

    @property
    def announcement(self) -> Announcement | None:
        return self.case

    def bound(self) -> DraftForm:
        initial = initial_of(self.case) if self.case else None
        return DraftForm(self.data, initial=initial, user=self.request.user)

    def stored_files(self) -> list[Attachment]:
        return list(attachments.of_announcement(self.case.pk))

    def completed(self, data) -> None:
        if "issuer" not in data and self.form.bodies:  # the page asks only those who write for several
            data["issuer"] = str(self.case.issuer_id if self.case else self.form.bodies[0].pk)

    def save(self) -> Announcement:
        """Store text and files, opening the draft first when it is new.

        Raises Refused; a file that cannot be attached is said in `upload_error` and the text is kept.
        """
        given, user = dict(self.form.cleaned_data), self.request.user
        with transaction.atomic():
            seen = self.seen_version()
            if self.case is None:
                self.case = drafting.just_begun(user, given) or drafting.create(user, given["issuer"])
                seen = None
            self.case = drafting.save(self.case, user, given, seen)
            self._keep_files()
        return self.case

    def _keep_files(self) -> None:
        """Under the lock of the text: files of what is published by now are not touched."""
        try:
            if "attachments_shown" in self.data:
                attachments.keep(self.case, self.request.user, self.data.getlist("attachments"))
        except ValidationError as error:
            self.upload_error = "".join(error.messages)

"""The text of a draft in one request, and storing it."""

from django.core.exceptions import ValidationError
from django.db import transaction

from documents.models import Attachment
from documents.posted_text import PostedText
from members.models import Organization
from opinions import attachments, drafting
from opinions.forms.writing import DraftForm, initial_of, whose
from opinions.models import OpinionReport


class DraftText(PostedText):
    purpose, texts = attachments.PURPOSE, ("title", "situation", "causes", "suggestions")

    def bound(self) -> DraftForm:
        initial = initial_of(self.case) if self.case else None
        return DraftForm(self.data, initial=initial, user=self.request.user, report=self.case)

    def stored_files(self) -> list[Attachment]:
        return list(attachments.of_report(self.case.pk))

    def save(self) -> OpinionReport:
        """Store text and files, opening the draft first when it is new.

        Raises Refused; a file that cannot be attached is said in `upload_error` and the text is kept.
        """
        given, user = dict(self.form.cleaned_data), self.request.user
        body = given.pop("on_whose", "")
        with transaction.atomic():
            seen = self.seen_version()
            if self.case is None:
                self.case = drafting.just_begun(user, given) or drafting.create(user, self._body(body))
                seen = None
            self.case = drafting.save(self.case, user, given, seen)
            self._keep_files()
        return self.case

    def _body(self, chosen: str) -> Organization | None:
        """The body chosen; where the page asked nothing, the only one there is."""
        choices = whose(self.request.user)
        key = chosen if len(choices) != 1 else choices[0][0]
        return Organization.objects.filter(pk=key).first() if key else None

    def _keep_files(self) -> None:
        """Under the lock of the text, and what their words are is looked at with it."""
        try:
            if "attachments_shown" in self.data:
                attachments.keep(self.case, self.request.user, self.data.getlist("attachments"))
                drafting.note_signs(self.case)
        except ValidationError as error:
            self.upload_error = "".join(error.messages)

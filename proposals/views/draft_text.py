"""The text of a draft in one request: what was posted, what it means, and storing it."""

from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from documents.models import Attachment
from members.models import Organization, Person
from proposals import attachments, drafting
from proposals.forms import drafting as forms
from proposals.forms import rows
from proposals.models import Proposal
from proposals.windows import session_for_new

from . import files
from .written import WrittenText


@dataclass(frozen=True)
class Owner:
    """Whose draft it will be: an organization's, another member's, or (neither) the writer's own."""

    organization: Organization | None = None
    member: Person | None = None


class DraftText(WrittenText):
    """`proposal` is None while nothing has been stored yet; `owner` then says whose draft it will be."""

    prefix = forms.PREFIX

    def __init__(self, request: HttpRequest, proposal: Proposal | None = None, owner: Owner = Owner()):  # noqa: B008
        self.proposal, self.organization, self.member = proposal, owner.organization, owner.member
        self.upload_error = ""
        super().__init__(request)

    def bind(self) -> None:
        proposal = self.proposal
        initial = forms.initial_of(proposal) if proposal else None
        first = forms.rows_of(proposal) if proposal else [{"text": ""}]
        self.form = forms.DraftForm(self.data, initial=initial)
        if not self.may_be_supported():
            self.form.without_support()
        self.formset = forms.Suggestions(self.data, initial=self.unless_posted(first), prefix=self.prefix)

    def may_be_supported(self) -> bool:
        """Whether the page asks if other members may 附议."""
        if (self.proposal.organization_id if self.proposal else self.organization) is not None:
            return False
        return (self.proposal.session if self.proposal else session_for_new()).allows_support

    def read(self) -> "DraftText":
        """Take what was posted: files are received, the row buttons (without JavaScript) carried out."""
        data = self.request.POST.copy()
        pressed = rows.pressed(data, self.prefix)
        self.is_edited_only = bool(pressed) or "remove_attachments" in data
        ids, errors = files.received(self.request, "attachments", purpose="proposal")
        out = data.get("remove_attachments")
        data.setlist("attachments", [pk for pk in data.getlist("attachments") if pk != out] + ids)
        self.upload_error = "".join(errors)
        self.data = rows.edited(data, self.prefix) if pressed else data
        self.bind()
        return self

    def save(self) -> Proposal:
        """Store text and files, opening the draft first when it is new.

        Raises Refused; a file that cannot be attached is said in `upload_error` and the text is kept.
        """
        with transaction.atomic():
            self.proposal = self._save_text()
        try:
            if "attachments_shown" in self.data:
                attachments.keep(self.proposal, self.request.user, self.data.getlist("attachments"))
        except ValidationError as error:
            self.upload_error = "".join(error.messages)
        return self.proposal

    def _save_text(self) -> Proposal:
        user, fields = self.request.user, dict(self.form.cleaned_data)
        units, texts = fields.pop("units"), self.formset.texts()
        if self.proposal is not None:
            return drafting.save(self.proposal, user, fields, texts, units, self.seen_version())
        opened = drafting.just_opened(user, self.organization, fields, self.member)
        opened = opened or drafting.create(user, self.organization, self.member)
        return drafting.save(opened, user, fields, texts, units)

    def shown_files(self) -> list[dict]:
        """The files as the page lists them."""
        return [files.entry(file) for file in self.files]

    @cached_property
    def files(self) -> list[Attachment]:
        """Those of the case, or those that were posted."""
        own = list(attachments.of_proposal(self.proposal)) if self.proposal else []
        if self.data is None or "attachments_shown" not in self.data:
            return own
        wanted = self.data.getlist("attachments")
        waiting = files.waiting(self.request.user, wanted)
        return [file for file in [*own, *waiting] if str(file.pk) in wanted]

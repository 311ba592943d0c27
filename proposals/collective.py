"""What a collective proposal is signed with, and whether the text is still the one that was signed."""

from collections.abc import Iterable
from hashlib import sha256

from django.utils import timezone
from django.utils.formats import date_format

from documents.models import Attachment
from members.models import Appointment, OrganizationKind, Person, Post
from members.periods import today

from . import attachments
from .kinds import CollectiveProof, Kind
from .models import Proposal
from .states import ProposalState

# The scan of the sealed original stands apart from the attachments: nobody edits it away, and it is not published.
SEAL = "proposals.seal"
SEALED = (OrganizationKind.PARTY, OrganizationKind.PEOPLES, OrganizationKind.COMMITTEE)


def fingerprint(proposal: Proposal) -> str:
    """One value for title, text, suggestions and files: it differs as soon as one of them does."""
    files = attachments.of_proposal(proposal).order_by("sha256").values_list("sha256", flat=True)
    items = proposal.suggestions.order_by("position").values_list("text", flat=True)
    return digest(proposal.title, proposal.situation, items, files)


def digest(title: str, situation: str, suggestions: Iterable[str], files: Iterable[str] = ()) -> str:
    parts = [title, situation, *suggestions, "附件", *files]
    return sha256("\x1f".join(part.strip() for part in parts).encode()).hexdigest()


def is_confirmed(proposal: Proposal) -> bool:
    """Whether the convener has confirmed the very text that stands there now."""
    return bool(proposal.confirmed_text) and proposal.confirmed_text == fingerprint(proposal)


def conveners(proposal: Proposal):
    """Who may confirm today: the convener, and of a party, organisation or committee also its head."""
    body = proposal.organization
    if body is None:
        return Person.objects.none()
    posts = (Post.CONVENER, Post.HEAD) if body.kind in SEALED else (Post.CONVENER,)
    held = Appointment.objects.on(today()).in_place_of([body]).filter(post__in=posts)
    return Person.objects.filter(pk__in=held.values("person_id")).order_by("pinyin", "pk")


def seals(proposal: Proposal):
    """The scans that came with a submission, the latest first."""
    return Attachment.objects.of(SEAL, proposal.pk).order_by("-created_at", "pk")


def proof_of(proposal: Proposal) -> str:
    """For example: 召集人贺敏 2026年4月20日 10:05 确认; "" while there is none."""
    if proposal.kind != Kind.COLLECTIVE:
        return ""
    if proposal.state in ProposalState.EDITABLE:
        return _confirmation(proposal) if is_confirmed(proposal) else ""
    if proposal.collective_proof == CollectiveProof.CONVENER:
        return _confirmation(proposal)
    return proposal.get_collective_proof_display()


def _confirmation(proposal: Proposal) -> str:
    when = date_format(timezone.localtime(proposal.confirmed_at), "Y年n月j日 H:i")
    return f"召集人{proposal.confirmed_by}于 {when} 确认"

"""The county with one case of each kind of ownership, built once for a module; what tests do to it is undone."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone
from rest_framework.test import APIClient

from announcements.models import Announcement
from consultations.models import Idea, Opinion, Outcome, Plan, Recommendation, Topic
from documents.models import Attachment
from documents.uploads import receive
from grassroots.models import Matter, Venue
from members import devices
from members.models import Person
from notices.models import Message
from opinions.models import OpinionReport, Transfer
from proposals.acts import AssignmentAct, CosignatureAct, ProposalAct
from proposals.attachments import PROPOSAL
from proposals.models import Commitment, Cosignature, ExtensionRequest, Lead, Proposal
from tests.factories import announcements, consultations, grassroots, opinions, people
from tests.factories import county as make
from workflow.engine import perform

PEOPLE = (
    "author", "cosigner", "invitee", "other_member", "reviewer", "staff", "head", "dispatch", "operator", "leader",
    "other_operator", "third_operator", "contact", "administrator",
)  # fmt: skip


DRAFT, HANDED, ASKED, SHARE, INVITED = "draft", "handed", "asked", "share", "invited"
MINE, CHANGE, LEAD, EXTENSION, PROMISE = "mine", "change", "lead", "extension", "promise"
ANNOUNCED = "announced"
REPORTED, HANDED_ON = "reported", "handed_on"
PLANNED, SUGGESTED, ASKING, SAID, SENT_ON, ASKED_OF = "planned", "suggested", "asking", "said", "sent_on", "asked_of"
MATTER, VENUE = "matter", "venue"
# The only one there is.
MADE = {
    PROMISE: Commitment.objects.get, LEAD: Lead.objects.get, EXTENSION: ExtensionRequest.objects.get,
    ANNOUNCED: Announcement.objects.get, REPORTED: OpinionReport.objects.get, HANDED_ON: Transfer.objects.get,
    PLANNED: lambda: Plan.objects.get(state="issued"), SUGGESTED: Idea.objects.get,
    ASKING: lambda: Topic.objects.exclude(mode="").get(), SAID: lambda: Opinion.objects.get(state="submitted"),
    SENT_ON: Outcome.objects.get, ASKED_OF: Recommendation.objects.get,
    MATTER: Matter.objects.first, VENUE: Venue.objects.first,
}  # fmt: skip


@dataclass
class Cases:
    """One case of each kind of ownership, and the keys that routes take."""

    draft: Proposal
    handed: Proposal
    asked: Proposal

    def key(self, c, route: str, whose: str):
        if route == "auth-token":
            return devices.log_in(c.author, "旧手机")[0].public_id
        if route == "directory-phone":
            return c.author.person_id
        if route == "me-inbox-read-one":
            return Message.objects.create(recipient=c.author, subject="消息").pk
        if route.startswith("attachment") and whose:
            return self._file(c, whose)
        if whose in (SHARE, CHANGE):
            return (self.handed.assignments if whose == SHARE else self.handed.change_requests).get().pk
        if whose in MADE:
            return MADE[whose]().pk
        if whose == INVITED:
            return Cosignature.objects.get(person=c.invitee.person).pk
        return getattr(self, whose).pk if whose else None

    def _file(self, c, whose: str):
        file = receive(SimpleUploadedFile("说明.txt", "内容".encode()), c.author)
        if whose == HANDED:
            Attachment.objects.filter(pk=file.pk).update(subject=PROPOSAL, subject_id=self.handed.pk)
        return file.pk


def build() -> tuple:
    """The county, its cases, and a logged-in client for each person."""
    c = make.county()
    asked = make.draft(c)
    closes = (timezone.localtime() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    asked_ones = [c.cosigner.person_id, c.invitee.person_id]
    perform(ProposalAct.INVITE, asked, c.author, {"persons": asked_ones, "closes_at": closes})
    perform(CosignatureAct.AGREE, asked.cosignatures.get(person=c.cosigner.person), c.cosigner, {})
    cases = Cases(make.draft(c), make.assigned(c), asked)
    perform(ProposalAct.ASK_WITHDRAWAL, cases.handed, c.author, {"reason": "情况有变化"})
    late = make.signed(c)
    wanted = {"wanted_on": (late.due_on + timedelta(days=9)).isoformat(), "reason": "需论证"}
    perform(AssignmentAct.REQUEST_EXTENSION, late, c.operator, wanted)
    make.offered_lead(c)
    announcements.published(c, receipt_required=True)
    opinions.handed_over(c)
    make.replied(c, make.signed(c), result_class="B")
    consultations.sent(c)
    consultations.opinion(consultations.asking(c), c.author)
    consultations.idea(c, consultations.plan(c, timezone.localdate().year + 1))
    grassroots.taken(grassroots.rooms(), user=c.author, source="member")
    for name in PEOPLE:
        people.agree(getattr(c, name))
    Person.objects.filter(pk=c.author.person_id).update(phone="13900000001")
    return c, cases, {name: _client(getattr(c, name)) for name in PEOPLE}


def _client(user) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {devices.log_in(user, '手机')[1]}")
    return client


@contextmanager
def undoing():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)

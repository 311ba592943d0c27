"""Everything a shape may show of a case, read only when a shape asks for it."""

from dataclasses import dataclass
from functools import cached_property

from drf_spectacular.utils import PolymorphicProxySerializer

from deadlines import book as books
from documents.models import Attachment
from proposals import attachments
from proposals.collective import proof_of
from proposals.drafting import may_write
from proposals.history import timeline
from proposals.models import Cosignature, Proposal
from proposals.publishing.showing import published_only
from proposals.sections import supervising
from proposals.sections.reader import Reader
from proposals.sections.shares import Share, ShownReply, shares_of
from proposals.standing import standing
from proposals.states import TONES, CosignatureState
from proposals.validators import missing
from workflow.querysets import read_case, roles_on

from .case_shapes import CASE_SHAPES
from .readers import audience_of
from .rows import act_names

ASSIGNMENT = "proposals.assignment"

# Where the API calls a field otherwise than the model.
WRITTEN_AS = {"business_category": "category"}

PROPOSAL_DETAIL = PolymorphicProxySerializer(
    "ProposalDetail", {str(audience): shape for audience, shape in CASE_SHAPES.items()},
    resource_type_field_name="audience",
)  # fmt: skip


def case_detail(user, pk: int) -> dict | None:
    """The proposal in the shape of this user's audience; None when it is out of reach."""
    proposal = read_case(Proposal, pk, user, rows="for_page")
    if proposal is None:
        return None
    seen = CaseDetail(proposal, Reader.of(user, proposal))
    return CASE_SHAPES[seen.audience](seen).data


@dataclass(frozen=True)
class Handler:
    name: str = ""
    phone: str = ""
    leader: str = ""


class ReplyDetail:
    """A shown reply with the person to speak to, where the reader may know."""

    def __init__(self, shown: ShownReply):
        self.reply, self.is_draft, self.ratings = shown.reply, shown.is_draft, shown.ratings
        self.supplements = shown.supplements
        self.quality = shown.quality
        known = shown.has_contact
        reply = shown.reply
        self.handler = Handler(reply.handler_name, reply.handler_phone, reply.leader_name) if known else Handler()


class ShareDetail:
    """A share as the portal shows it to this reader (proposals.sections.shares), for the API's shapes."""

    def __init__(self, share: Share, user, files: list[Attachment]):
        self.row, self.sign, self.tone = share.row, share.sign, share.tone
        self.opinion, self.contacts, self.urged, self.notes = share.opinion, share.contacts, share.urged, share.notes
        self.opinion_number = share.row.opinion_number if share.opinion else ""
        self.replies = [ReplyDetail(shown) for shown in share.replies]
        self.acts = act_names(share.row, user)
        self.files = files if roles_on(share.row) else []


def files_of_shares(rows: list[Share]) -> dict[int, list[Attachment]]:
    """The files of each share; the paper forms of its ratings for those who may read them."""
    found: dict[int, list[Attachment]] = {share.row.pk: [*share.rating_papers] for share in rows}
    for file in Attachment.objects.of_many(ASSIGNMENT, list(found)):
        found[file.subject_id].append(file)
    return found


class CaseDetail:
    def __init__(self, proposal: Proposal, reader: Reader):
        self.proposal, self.reader = proposal, reader
        self.audience = audience_of(reader)
        if reader.is_public:
            published_only(proposal)
        self.tone = TONES[proposal.state]
        self.standing = standing(proposal)
        self.book = books.load()

    @property
    def timing_label(self) -> str | None:
        """Only the submission decides it."""
        return self.proposal.get_timing_display() if self.proposal.submitted_at else None

    @property
    def due(self):
        return self.standing.sign(self.book)

    @property
    def key(self):
        return supervising.key_of(self.proposal, self.reader)

    @property
    def supervisions(self):
        return supervising.records_of(self.proposal, self.reader, self.book)

    @property
    def acts(self) -> list[dict]:
        return act_names(self.proposal, self.reader.user)

    @property
    def editable(self) -> bool:
        return may_write(self.proposal)

    @property
    def missing(self) -> list[dict]:
        if not self.editable:
            return []
        return [{"field": WRITTEN_AS.get(name, name), "sentence": words} for name, words in missing(self.proposal)]

    @cached_property
    def shares(self) -> list[ShareDetail]:
        found = shares_of(self.proposal, self.reader, self.book)
        files = files_of_shares(found)
        return [ShareDetail(share, self.reader.user, files[share.row.pk]) for share in found]

    @cached_property
    def invitations(self) -> list[Cosignature]:
        rows = self.proposal.cosignatures.select_related("person")
        return list(rows.order_by("position", "pk"))

    @property
    def cosigners(self) -> list[str]:
        """Not for those who read it because it is published: nobody asked the co-signers about that."""
        if self.reader.is_public:
            return []
        return [row.person.name for row in self.invitations if row.state == CosignatureState.AGREED]

    @property
    def attachments(self):
        return attachments.of_proposal(self.proposal)

    @property
    def timeline(self) -> list[dict]:
        return timeline(self.proposal, self.reader.user)

    @property
    def proof(self) -> str:
        return proof_of(self.proposal)

    @property
    def wordings(self):
        return self.proposal.snapshots.all()

    @property
    def reviews(self):
        rows = self.proposal.reviews.select_related("reviewer__person", "business_category")
        return rows.prefetch_related("units")

    @property
    def merged(self):
        return self.proposal.merged_proposals.select_related("session__term")

    @property
    def proposer_phone(self) -> str:
        return self.proposal.first_proposer.masked_phone if self.proposal.first_proposer else ""

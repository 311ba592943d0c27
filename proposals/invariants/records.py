"""The case agrees with its own log, its co-signers and its consents."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q, Subquery

from documents.models import Attachment
from proposals.attachments import ENTRY
from proposals.collective import SEAL
from proposals.kinds import ChangeKind, CollectiveProof, Disclosure, Entry, EntrySource, Kind, Origin
from proposals.models import Assignment, ChangeRequest, Commitment, Cosignature, ExtensionRequest, Proposal, Reply
from proposals.states import CosignatureState, ProposalState
from workflow.models import Event

from .naming import named, owners


def states_are_those_of_the_last_event() -> Iterator[str]:
    """Nobody moved a case or a child past the engine. A child without any event came with its ledger row."""
    children = (
        (model.objects, owners) for model in (Assignment, Cosignature, ChangeRequest, ExtensionRequest, Commitment)
    )
    for rows, tell in ((Proposal.objects, named), *children):
        process = rows.model.process_name
        last = Event.objects.filter(process=process, object_id=OuterRef("pk")).order_by("-sequence")
        moved = rows.annotate(said=Subquery(last.values("to_state")[:1])).filter(said__isnull=False)
        yield from tell(moved.exclude(state=F("said")), "目前状态与最后一条办理记录不符")
    yield from named(Proposal.objects.filter(events_count=0), "没有办理记录")


def nobody_waits_to_co_sign() -> Iterator[str]:
    """An invitation is open only while the proposal goes round (or is being rewritten)."""
    waiting = Cosignature.objects.open().exclude(proposal__state__in=ProposalState.PRIVATE)
    yield from owners(waiting, "提交之后还有未答复的联名邀请")


def open_requests_can_be_granted() -> Iterator[str]:
    """A request waits only while the case is where it can be changed and no reply was sent."""
    waiting = ChangeRequest.objects.open()
    gone = Q(kind=ChangeKind.AMEND) & ~Q(proposal__state__in=ProposalState.AMENDABLE)
    gone |= Q(kind=ChangeKind.WITHDRAW) & ~Q(proposal__state__in=ProposalState.WITHDRAWABLE)
    yield from owners(waiting.filter(gone), "提案已进入其他环节，变更申请却还在等决定")
    sent = Reply.objects.filter(assignment__proposal=OuterRef("proposal"), sent_at__isnull=False)
    yield from owners(waiting.filter(Exists(sent)), "答复已经发出，变更申请却还在等决定")


def joint_means_co_signed() -> Iterator[str]:
    agreed = Exists(Cosignature.objects.filter(proposal=OuterRef("pk"), state=CosignatureState.AGREED))
    received = Proposal.objects.received().filter(origin=Origin.PORTAL)
    yield from named(received.filter(~agreed, kind=Kind.JOINT), "联名提案没有联名人")
    yield from named(received.filter(agreed).exclude(kind=Kind.JOINT), "有联名人却不是联名提案")


def collectives_show_who_signed() -> Iterator[str]:
    """The convener's confirmation, or a scan that is there (domain §1.2)."""
    received = Proposal.objects.received().filter(origin=Origin.PORTAL, kind=Kind.COLLECTIVE)
    yield from named(received.filter(collective_proof=""), "集体提案没有召集人确认或签章原件")
    confirmed = received.filter(collective_proof=CollectiveProof.CONVENER)
    yield from named(confirmed.filter(confirmed_by__isnull=True), "记为召集人确认却没有确认人")
    scans = Attachment.objects.filter(subject=SEAL, subject_id=OuterRef("pk"))
    scanned = received.filter(collective_proof=CollectiveProof.SCAN, moved_offline_at=None, split_from=None)
    yield from named(scanned.exclude(Exists(scans)), "记为签章原件却没有扫描件")
    yield from named(
        received.filter(collective_proof=CollectiveProof.ENTERED).exclude(entry=Entry.PROXY), "记为代录却是自行提交"
    )


def support_was_allowed() -> Iterator[str]:
    """附议 comes after the submission, to a person's proposal, and never from its own proposer."""
    standing = Cosignature.objects.agreed().filter(is_support=True)
    own = Q(person=F("proposal__first_proposer"))
    yield from owners(
        standing.filter(own | Q(proposal__first_proposer=None) | Q(proposal__state__in=ProposalState.PRIVATE)),
        "附议与提案人或状态不符",
    )


def one_proposer() -> Iterator[str]:
    """A person or an organization, and the kind says which."""
    mine = Proposal.objects.filter(origin=Origin.PORTAL)
    collective = Q(kind=Kind.COLLECTIVE, organization__isnull=False, first_proposer__isnull=True)
    personal = Q(organization__isnull=True, first_proposer__isnull=False) & ~Q(kind=Kind.COLLECTIVE)
    yield from named(mine.exclude(collective | personal), "提案人与提案形式不符")


def published_with_three_consents() -> Iterator[str]:
    """The proposer's and a unit's consent stand behind what the committee published."""
    published = Proposal.objects.filter(published_at__isnull=False)
    yield from named(published.exclude(publish_consent=True), "提案人没有同意却已公开")
    sent = Reply.objects.filter(assignment__proposal=OuterRef("pk"), sent_at__lte=OuterRef("published_at"))
    none_is_open = Exists(sent) & ~Exists(sent.filter(disclosure__in=Disclosure.OPEN))
    yield from named(published.filter(none_is_open), "没有一份答复属于主动公开却已公开")


def paper_entries_have_a_scan() -> Iterator[str]:
    scans = Attachment.objects.filter(subject=ENTRY, subject_id=OuterRef("pk"))
    papers = Proposal.objects.filter(entry_source=EntrySource.PAPER, moved_offline_at=None, split_from=None)
    yield from named(papers.exclude(Exists(scans)), "代录的纸质提案没有原件扫描件")

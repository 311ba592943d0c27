"""What holds the words of a case, emptied one by one when it moves offline. Rows, numbers, people and dates stay."""

from django.db.models import Q, QuerySet

from documents.uploads import remove_all_of
from exports import tending
from notices.wiping import wipe_messages
from proposals import attachments
from proposals.archives.forgetting import forget_session
from proposals.collective import SEAL
from proposals.models import (
    Commitment,
    CommitmentNote,
    Contact,
    CosignerView,
    Demand,
    ExtensionRequest,
    KeyConsultation,
    Proposal,
    Publication,
    QualityRating,
    Rating,
    Reply,
    SuggestionAnswer,
    SupplementaryReply,
    Upgrade,
    Urge,
    UrgeNotice,
)
from xiping_cppcc.api.idempotency import forget_answers

WIPED = "（已转线下办理，内容已清除）"
GONE = "（这件提案已转线下办理，原消息内容已清除。）"
ASSIGNMENT, FILES = "proposals.assignment", "proposals.commitment"


def wipe(proposal: Proposal) -> None:
    """Empty everything around the case's own row; that row is the effect's to write."""
    shares = list(proposal.assignments.all())
    wipe_handling(proposal.assignments.all())
    _wipe_review(proposal)
    _wipe_supervision(proposal)
    _wipe_published(proposal)
    _wipe_files(proposal, [share.pk for share in shares])
    cases = [proposal, *shares, *proposal.commitments.all()]
    forget_session(proposal.session_id)
    tending.forget_all()
    wipe_messages([case.get_absolute_url() for case in cases], GONE)
    _forget_answers(proposal, [share.pk for share in shares])
    _wipe_where_it_came_from(proposal)


def wipe_handling(shares: QuerySet) -> None:
    """What a unit had begun before the case was withdrawn."""
    mine = shares.values("pk")
    SuggestionAnswer.objects.filter(reply__assignment__in=mine).delete()
    Commitment.objects.filter(reply__assignment__in=mine).update(measure="", result="")
    CommitmentNote.objects.filter(commitment__reply__assignment__in=mine).update(text="")
    Upgrade.objects.filter(reply__assignment__in=mine).update(reason="", answer_reason="", decision_reason="")
    # A letter that is printed again must not say the usual words instead of its own.
    notices = UrgeNotice.objects.filter(pk__in=Urge.objects.filter(assignment__in=mine).values("notice_id"))
    Urge.objects.filter(Q(assignment__in=mine) | Q(notice__in=notices.values("pk"))).update(text="")
    notices.exclude(text="").update(text=WIPED)
    Rating.every.filter(reply__assignment__in=mine).update(comment="", void_reason="")
    QualityRating.objects.filter(reply__assignment__in=mine).update(comment="")
    Reply.objects.filter(assignment__in=mine).update(body="", comment="")
    SupplementaryReply.objects.filter(reply__assignment__in=mine).update(body="")
    Contact.every.filter(assignment__in=mine).update(content=WIPED, void_reason="")
    ExtensionRequest.objects.filter(assignment__in=mine).update(reason=WIPED, decision="")
    shares.update(opinion="", return_reason="")


def _wipe_review(proposal: Proposal) -> None:
    proposal.suggestions.all().delete()
    proposal.snapshots.all().delete()
    proposal.suggested_units.clear()
    proposal.reviews.update(note="")
    proposal.cosignatures.update(comment="")
    proposal.change_requests.update(reason=WIPED, replaced={}, proposed={}, decision="")
    CosignerView.objects.filter(request__proposal=proposal).update(comment="")


def _wipe_supervision(proposal: Proposal) -> None:
    """重点提案, supervision records, 批示 and reports speak of the text too; their files go with them."""
    keys, records = proposal.key_entries.all(), proposal.supervisions.all()
    demands = Demand.objects.filter(record__in=records.values("pk"))
    of = {attachments.KEY: keys, attachments.SUPERVISION: records, attachments.DEMAND: demands}
    remove_all_of({subject: rows.values_list("pk", flat=True) for subject, rows in of.items()})
    demands.update(text=WIPED, answer="")
    records.update(findings=WIPED, participants="", void_reason="")
    KeyConsultation.objects.filter(entry__in=keys.values("pk")).update(opinion="")
    keys.update(reason=WIPED, decision="", plan="", summary="")


def _wipe_published(proposal: Proposal) -> None:
    """Texts that were public once and were withdrawn."""
    mine = Publication.objects.filter(proposal=proposal)
    mine.update(title=WIPED, situation="", suggestions=[], replies=[], text="", withdrawal_reason="")


def _wipe_files(proposal: Proposal, shares: list[int]) -> None:
    scanned = Reply.objects.filter(assignment__in=shares, scan__isnull=False)
    remove_all_of(
        {subject: [proposal.pk] for subject in (attachments.PROPOSAL, attachments.ENTRY, SEAL)}
        | dict.fromkeys((ASSIGNMENT, attachments.RATING), shares)
        | {FILES: proposal.commitments.values_list("pk", flat=True)}
        | {attachments.REPLY_SCAN: scanned.values_list("pk", flat=True)}
    )


def _forget_answers(proposal: Proposal, shares: list[int]) -> None:
    """Kept for a repeated sending to the API: of the case, of its children, and of the POST that began it."""
    children = {
        "assignments": shares,
        "cosignatures": proposal.cosignatures.values_list("pk", flat=True),
        "extensions": proposal.extensions.values_list("pk", flat=True),
        "change-requests": proposal.change_requests.values_list("pk", flat=True),
        "commitments": proposal.commitments.values_list("pk", flat=True),
    }
    parts = [f"{name}/{pk}/" for name, keys in children.items() for pk in keys]
    forget_answers(f"proposals/{proposal.pk}/", *parts)


def _wipe_where_it_came_from(proposal: Proposal) -> None:
    """分案: the texts from before the split hold the words of both. Blank rows stay, so that what is latest stays so."""
    child = proposal
    while child.split_from_id:
        parent = child.split_from
        parent.snapshots.filter(at__lte=child.created_at).update(title=WIPED, situation=WIPED, suggestions=[])
        parent.change_requests.filter(asked_at__lte=child.created_at).update(replaced={}, proposed={})
        forget_answers(f"proposals/{parent.pk}/")
        child = parent

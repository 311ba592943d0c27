"""The case page: what it is, who has it, what this person may do, and everything that happened."""

from collections import Counter

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from deadlines import book as books
from members.periods import today
from proposals import attachments, proxies
from proposals.acts import ProposalAct
from proposals.kinds import ProxyAnswer
from proposals.models import Assignment, Cosignature, Proposal, Publication
from proposals.publishing.showing import published_only
from proposals.sections import acts, changes, facts, letters, shares, supervising, texts, timeline
from proposals.sections.reader import Reader
from proposals.sections.way import way
from proposals.standing import standing
from proposals.states import TONES, CosignatureState, ProposalState
from workflow.errors import NotFound
from workflow.querysets import read_case
from workflow.views import refusal_page

from . import files


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    proposal = seen(request.user, pk)
    if proposal is None:
        return refusal_page(request, NotFound(), back_href=reverse("proposals:list"), back_label="返回提案列表")
    return render(request, "proposals/detail.html", context_of(request, proposal))


@require_safe
def assignment(request: HttpRequest, pk: int) -> HttpResponse:
    """The address of a share leads to its place on the case page."""
    row = Assignment.objects.visible_to(request.user).filter(pk=pk).first()
    if row is None:
        return refusal_page(request, NotFound(), back_href=reverse("proposals:list"), back_label="返回提案列表")
    return redirect(f"{reverse('proposals:detail', args=[row.proposal_id])}#share-{row.pk}")


def seen(user, pk: int) -> Proposal | None:
    return read_case(Proposal, pk, user, rows="for_page")


def context_of(request: HttpRequest, proposal: Proposal) -> dict:
    user, book = request.user, books.load()
    reader = Reader.of(user, proposal)
    if reader.is_public:
        published_only(proposal)
    signatures = cosignatures(proposal, user)
    agreed = [] if reader.is_public else [row for row in signatures if row.state == CosignatureState.AGREED]
    parts = shares.shares_of(proposal, reader, book)
    requests = changes.requests_of(proposal, reader)
    happened = [] if reader.is_public else timeline.events(proposal, user)
    now = standing(proposal)
    offered = acts.in_order([
        *acts.invitation_buttons(signatures, user), *acts.proposal_buttons(proposal, user),
        *(button for part in (*requests, *parts) for button in part.buttons),
    ])  # fmt: skip
    beside = acts.beside(proposal)
    return {
        "proposal": proposal, "reader": reader, "standing": now, "sign": now.sign(book),
        "tone": TONES[proposal.state], "way": way(proposal),
        "crumbs": [("首页", reverse("home")), ("提案", reverse("proposals:list")), (proposal.short_number, "")],
        "buttons": [one for one in offered if one.act not in beside],
        "supervises": any(one.act in beside for one in offered),
        "letters": letters.letters_of(proposal, reader),
        "facts": facts.with_seal(facts.facts(proposal, agreed, reader), proposal),
        "invitations": invitations(signatures, user) if reader.follows_cosigners else [],
        "attachments": [] if reader.is_public else [files.entry(file) for file in attachments.of_proposal(proposal)],
        "secrecy_signs": proposal.secrecy_signs if reader.reviews else [],
        "reviews": reviews(proposal) if reader.reviews else [],
        "shares": parts, "key": supervising.key_of(proposal, reader),
        "records": supervising.records_of(proposal, reader, book),
        "wordings": kept_texts(proposal, reader), "requests": requests,
        **dict(zip(("merged", "split_off"), tied(proposal, reader), strict=True)), "opens_main": reader.signs or reader.handles,
        "returned": last(happened, ProposalAct.RETURN) if proposal.state == ProposalState.RETURNED else None,
        "proxy": proxy(proposal, reader, happened),
        "rejected": last(happened, ProposalAct.REJECT), "offline": last(happened, ProposalAct.MOVE_OFFLINE),
        "acknowledged": last(happened, ProposalAct.ACKNOWLEDGE_SUGGESTION) if proposal.converted_at else None,
        "change_is_late": proposal.change_due_on is not None and proposal.change_due_on < today(),
        "events": happened, "publications": publications(proposal, reader),
    }  # fmt: skip


def publications(proposal: Proposal, reader: Reader) -> list[Publication]:
    """What was published of the case and when, for the committee; asked for only where something can have been."""
    if not reader.reviews or proposal.state not in ProposalState.HANDED_ON:
        return []
    return list(proposal.publications.select_related("published_by__person", "withdrawn_by__person"))


def proxy(proposal: Proposal, reader: Reader, happened: list[dict]) -> dict | None:
    """What a case entered by the committee shows of its original, to those who signed it and the committee."""
    if not proposal.by_proxy or not (reader.signs or reader.reviews):
        return None
    disputed = proposal.proxy_answer == ProxyAnswer.DISPUTED
    return {
        "entry": proxies.entry_words(proposal), "answer": proxies.answer_words(proposal),
        "scans": [files.entry(file) for file in attachments.scans_of(proposal)],
        "dispute": last(happened, ProposalAct.DISPUTE_PROXY) if disputed else None,
    }  # fmt: skip


def kept_texts(proposal: Proposal, reader: Reader) -> list[texts.Wording]:
    """Every earlier wording for those who follow the text; units and dispatch see what changed under their hands."""
    if reader.follows_text:
        return texts.wordings(proposal)
    return texts.seen_by_units(proposal) if reader.handles else []


def last(happened: list[dict], act: str) -> dict | None:
    """The latest event of an act, from the timeline (newest first) the reader sees."""
    return next((event for event in happened if event["act"] == act), None)


def cosignatures(proposal: Proposal, user) -> list[Cosignature]:
    rows = Cosignature.objects.filter(proposal=proposal).with_roles_of(user).with_seat().select_related("person")
    rows = list(rows.order_by("position", "pk"))
    for row in rows:
        row.proposal = proposal
    return rows


def invitations(signatures: list[Cosignature], user) -> list[dict]:
    """Everybody invited, how they answered, and what the author may do about it."""
    names = Counter(row.person.name for row in signatures)
    return [
        {
            "row": row, "tone": TONES[row.state], "buttons": acts.answer_buttons(row, user),
            "apart": row.person.employer if names[row.person.name] > 1 else "",
        }
        for row in signatures
    ]  # fmt: skip


def reviews(proposal: Proposal):
    return proposal.reviews.select_related("reviewer__person", "business_category").prefetch_related("units")


def merged(proposal: Proposal, reader: Reader) -> list[dict]:
    """The cases merged into this one; linked where the reader may open them."""
    return tied(proposal, reader)[0]


def tied(proposal: Proposal, reader: Reader) -> tuple[list[dict], list[dict]]:
    """The cases merged into this one, and those split from it; linked where the reader may open them."""
    if not (reader.signs or reader.handles):
        return [], []
    ties = Q(merged_into=proposal) | Q(split_from=proposal)
    rows = list(Proposal.objects.filter(ties).select_related("session__term", "first_proposer", "organization"))
    if not rows:
        return [], []
    ids = set(Proposal.objects.visible_to(reader.user).filter(ties).values_list("pk", flat=True))
    found = [{"row": row, "is_open": row.pk in ids} for row in rows]
    split = [one for one in found if one["row"].split_from_id == proposal.pk and one["is_open"]]
    return [one for one in found if one["row"].merged_into_id == proposal.pk], split

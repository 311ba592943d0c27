"""The writing page: it stores what is there, complete or not, and never loses a text (design §10)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views import View
from django.views.decorators.http import require_POST

from documents import limits
from documents.kinds import ACCEPTED_WORDS, accept_attribute
from members.boxes import chosen_names
from members.models import Organization
from members.periods import today
from members.posts import posts_of
from proposals import drafting
from proposals.forms import drafting as forms
from proposals.history import why_returned
from proposals.models import Lead, Proposal
from proposals.secrecy.finding import found_in
from proposals.states import ProposalState
from proposals.validators import TEXT_GUIDE
from proposals.windows import countdown, session_for_new
from workflow.errors import NotAllowed, NotFound, Refused
from workflow.querysets import read_case
from workflow.views import refusal_page

from . import word_reports
from .choosing import unit_groups
from .crumbs import crumbs_to, crumbs_under
from .draft_text import DraftText, Owner
from .written import STALE, conflict_json, conflict_page, invalid_json, refusal_json, saved, saved_json

ONWARD = {"check": "proposals:check", "invite": "proposals:invite", "done": "proposals:detail"}


class New(View):
    """A new draft. Nothing is stored before something is written."""

    def get(self, request: HttpRequest) -> HttpResponse:
        owners = _owners(request.user)
        if not owners and not drafting.may_create(request.user):
            return refusal_page(request, _no_right())
        if "for" not in request.GET and owners and (posts_of(request.user).is_member or len(owners) > 1):
            return render(request, "proposals/new.html", {"owners": owners.items(), **_member(request.user)})
        try:
            owner = chosen_owner(request.user, request.GET.get("for", ""))
            session_for_new()
        except Refused as refused:
            return refusal_page(request, refused)
        return page(DraftText(request, owner=owner))

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            owner = chosen_owner(request.user, request.POST.get("organization", ""))
            return stored(DraftText(request, owner=owner))
        except Refused as refused:
            return refusal_page(request, refused)


class Edit(View):
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            return page(DraftText(request, writable(request.user, pk)))
        except Refused as refused:
            return refusal_page(request, refused, **_to_case(pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        draft = DraftText(request, known(request.user, pk))
        if draft.proposal is None:
            return refusal_page(request, NotFound())
        return stored(draft)


def page(draft: DraftText, status: int = 200, seen: str | None = None) -> HttpResponse:
    """`seen`: the version the page was made for, when it is shown again unsaved: a text of elsewhere is not to be lost."""
    proposal = draft.proposal
    base = "proposals:edit" if proposal else "proposals:new"
    saving = "proposals:autosave" if proposal else "proposals:autosave_new"
    args = [proposal.pk] if proposal else []
    groups = unit_groups(draft.form["units"])
    context = {
        "proposal": proposal, "form": draft.form, "formset": draft.formset, "formsets": [draft.formset],
        "action": reverse(base, args=args), "autosave_url": reverse(saving, args=args),
        "version": (proposal.version if proposal else "") if seen is None else seen, "guide": TEXT_GUIDE, "files": draft.shown_files(),
        "upload_error": draft.upload_error, "upload_help": upload_help(),
        "accept": accept_attribute(), "unit_groups": groups, "chosen_units": chosen_names(groups),
        "word": word_report(draft), "others": other_drafts(draft), "secrecy": found_in(proposal, draft.files) if proposal else None,
        **_head(draft),
    }  # fmt: skip
    return render(draft.request, "proposals/edit.html", context, status=status)


def upload_help() -> str:
    size = limits.max_bytes() // limits.MEGABYTE
    return f"可以上传 {ACCEPTED_WORDS}，每个不超过 {size} MB，最多 {limits.max_per_subject()} 个。不要上传涉密内容。"


def _head(draft: DraftText) -> dict:
    """What stands above the form: for whom, for which session until when, why it came back."""
    proposal = draft.proposal
    session = proposal.session if proposal else session_for_new()
    is_returned = proposal is not None and proposal.state == ProposalState.RETURNED
    return {
        "session": session, "countdown": None if is_settled(proposal) else countdown(session),
        "organization": proposal.organization if proposal else draft.organization,
        "member": _drafted_for(proposal) if proposal else draft.member,
        "is_secretary": drafting.is_secretary(proposal) if proposal else draft.member is not None,
        "is_returned": is_returned, "returned_reason": why_returned(proposal) if is_returned else "",
        **saved(proposal.saved_at if proposal else None), "source": source_of(proposal),
        "crumbs": crumbs_to(proposal, "编写") if proposal else crumbs_under("写提案"),
    }  # fmt: skip


def is_settled(proposal: Proposal | None) -> bool:
    """The first submission has decided whether it is a 大会提案 or a 平时提案."""
    return proposal is not None and proposal.receipt_number is not None


def source_of(proposal: Proposal | None) -> Lead | None:
    """The lead from which the draft was begun."""
    return Lead.objects.filter(uses__proposal=proposal).first() if proposal else None


def _drafted_for(proposal: Proposal):
    """The member for whom somebody else drafts; None when the writer is the proposer."""
    other = proposal.first_proposer_id and proposal.first_proposer_id != proposal.drafter_id
    return proposal.first_proposer if other else None


def stored(draft: DraftText) -> HttpResponse:
    """Store what was posted and go on to where the pressed button leads."""
    draft.read()
    if not draft.is_valid():
        return page(draft, status=400, seen=draft.data.get("version", ""))
    try:
        stored_case = _saved_once(draft)
    except Refused as refused:
        return _conflict(draft, refused) if refused.code == STALE else _locked(draft, refused)
    if draft.upload_error:
        return page(draft, status=400)
    if draft.is_edited_only:
        return page(draft)
    word_reports.forget(draft.request, stored_case.pk)
    onward = next((ONWARD[name] for name in ONWARD if name in draft.data), None)
    if onward:
        return redirect(onward, stored_case.pk)
    messages.success(draft.request, f"草稿已保存（{timezone.localtime():%H:%M}）。可以以后再来继续写。")
    return redirect("proposals:edit", stored_case.pk)


def _saved_once(draft: DraftText) -> Proposal:
    """Store the text. The same text sent twice (a double click) is no conflict with itself. Raises Refused."""
    try:
        return draft.save()
    except Refused as refused:
        theirs = known(draft.request.user, draft.proposal.pk) if refused.code == STALE else None
        if theirs is None or draft.compared(forms.as_posted(theirs)):
            raise
        draft.data["version"] = str(theirs.version)
        return draft.save()


def _conflict(draft: DraftText, refused: Refused) -> HttpResponse:
    theirs = known(draft.request.user, draft.proposal.pk)
    action = reverse("proposals:edit", args=[theirs.pk])
    return conflict_page(draft, refused, forms.as_posted(theirs), version=theirs.version, action=action)


def _locked(draft: DraftText, refused: Refused) -> HttpResponse:
    back = _to_case(draft.proposal.pk) if draft.proposal else {}
    return refusal_page(draft.request, refused, typed=draft.typed(), **back)


@require_POST
def autosave_new(request: HttpRequest) -> JsonResponse:
    try:
        owner = chosen_owner(request.user, request.POST.get("organization", ""))
    except Refused as refused:
        return refusal_json(refused)
    return _autosaved(DraftText(request, owner=owner))


@require_POST
def autosave(request: HttpRequest, pk: int) -> JsonResponse:
    draft = DraftText(request, known(request.user, pk))
    return _autosaved(draft) if draft.proposal else refusal_json(NotFound())


def _autosaved(draft: DraftText) -> JsonResponse:
    is_new = draft.proposal is None
    draft.read()
    if not draft.is_valid():
        return invalid_json(draft.errors())
    try:
        stored_case = draft.save()
    except Refused as refused:
        return _autosave_conflict(draft, refused) if refused.code == STALE else refusal_json(refused)
    more = _addresses(stored_case) if is_new else {}
    if draft.upload_error:  # the text is stored all the same
        return invalid_json({"attachments": [draft.upload_error]}, version=stored_case.version, **more)
    more["warnings"] = _warnings(stored_case)
    return saved_json(stored_case.saved_at, stored_case.version, **more)


def _warnings(proposal: Proposal) -> list[dict]:
    """What the page says about marks of secrecy; the files were looked into when they came."""
    return [{"text": str(sign), "at": f"#{sign.anchor}"} for sign in proposal.secrecy_found.signs]


def _addresses(saved: Proposal) -> dict:
    return {
        "autosave_url": reverse("proposals:autosave", args=[saved.pk]),
        "page_url": reverse("proposals:edit", args=[saved.pk]),
    }


def _autosave_conflict(draft: DraftText, refused: Refused) -> JsonResponse:
    theirs = known(draft.request.user, draft.proposal.pk)
    return conflict_json(refused, theirs.version, forms.as_posted(theirs))


def known(user, pk: int) -> Proposal | None:
    """The proposal with its text, if the user sees it."""
    return read_case(Proposal, pk, user, rows="for_detail")


def writable(user, pk: int) -> Proposal:
    """The same, if the user may write it now. Raises Refused."""
    proposal = known(user, pk)
    if proposal is None:
        raise NotFound
    if not drafting.may_write(proposal):
        raise drafting.why_not(proposal)
    return proposal


def word_report(draft: DraftText) -> dict | None:
    """What was read from Word, until the page has been sent once."""
    return word_reports.of(draft.request, draft.proposal.pk) if draft.proposal else None


def other_drafts(draft: DraftText) -> list[Proposal]:
    """Drafts begun earlier, offered on the page of a new one."""
    if draft.proposal is not None:
        return []
    rows = drafting.editable(draft.request.user).filter(state=ProposalState.DRAFT)
    return list(rows.order_by("-saved_at")[:5])


def chosen_owner(user, given: str) -> Owner:
    """For whom: "" or "me" for oneself, an organization's id, or "for-" and a member's id. Raises NotAllowed."""
    if given in ("", "me"):
        if posts_of(user).is_member:
            return Owner()
        owners = list(_owners(user).values())
        if len(owners) == 1:
            return owners[0]
        raise _no_right()
    owner = _owners(user).get(given)
    if owner is None:
        raise _no_right()
    return owner


def _owners(user) -> dict[str, Owner]:
    """Every other owner this user may write for, by the word that stands for it in the address."""
    bodies = {str(body.pk): Owner(organization=body) for body in _bodies(user)}
    members = {f"for-{person.pk}": Owner(member=person) for person in drafting.members_of(user)}
    return {**bodies, **members}


def owners_of(user) -> dict[str, str]:
    """The word in the address → the name of everybody for whom this user may write. Raises NotAllowed for none."""
    own = {"me": f"我本人（{user.person}）"} if posts_of(user).is_member else {}
    others = {
        word: f"{owner.organization}（集体提案）" if owner.organization else f"代{owner.member}委员起草"
        for word, owner in _owners(user).items()
    }
    if not own and not others:
        raise _no_right()
    return own | others


def _bodies(user) -> list[Organization]:
    ids = posts_of(user).organizations("contact", "convener")
    return list(Organization.objects.collectives().on(today()).filter(pk__in=ids)) if ids else []


def _member(user) -> dict:
    return {"is_member": posts_of(user).is_member}


def _no_right() -> NotAllowed:
    return NotAllowed(
        "只有在任委员和提案单位的联系人、召集人可以写提案。",
        "如您的任职有变动，请联系提案委核对。",
    )


def _to_case(pk: int) -> dict:
    return {"back_href": reverse("proposals:detail", args=[pk]), "back_label": "查看这件提案"}

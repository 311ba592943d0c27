"""The letters of a unit's share: to look at and print, and as .docx. Whoever sees the text may take its paper."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from deadlines import book as books
from documents.names import clean_name
from proposals import blind, paper_exports
from proposals.letters import letter
from proposals.models import Assignment, Proposal, Reply, SupplementaryReply
from proposals.papers import rating_form
from proposals.papers import reply as papers
from proposals.sections.merged import with_texts
from proposals.sections.reader import Reader
from proposals.sections.shares import Share, ShownReply, share_of
from workflow.errors import NotFound, Refused, TooLate
from workflow.views import refusal_page

from .crumbs import crumbs_to
from .letters import DOCX, as_file

LONGEST_NAME = 40


def _refusing(view):
    """Every way in which a paper cannot be had is a page that says why."""

    def answered(request: HttpRequest, pk: int) -> HttpResponse:
        try:
            return view(request, pk)
        except Refused as refused:
            return refusal_page(request, refused, back_href=reverse("proposals:list"), back_label="返回提案列表")

    return require_safe(answered)


@_refusing
def show(request: HttpRequest, pk: int) -> HttpResponse:
    share, shown = _reply(request.user, pk)
    row, reply = share.row, shown.reply
    context = {
        "assignment": row, "proposal": row.proposal, "reply": reply, "shown": shown, "shows_contact": shown.has_contact,
        "letter": letter(row, reply, with_texts(row.proposal)), "crumbs": crumbs_to(row.proposal, "答复函"),
        "back": row.proposal.get_absolute_url(),
    }  # fmt: skip
    return render(request, "proposals/reply_letter.html", context)


@_refusing
def reply_paper(request: HttpRequest, pk: int) -> HttpResponse:
    share, shown = _reply(request.user, pk)
    content = papers.reply_letter(share.row, shown.reply, with_texts(share.row.proposal), shown.has_contact)
    return _taken(request, share.row, "答复稿" if shown.is_draft else "答复函", content)


@_refusing
def reply_form(request: HttpRequest, pk: int) -> HttpResponse:
    share, shown = _reply(request.user, pk)
    return _taken(request, share.row, "征询意见表", rating_form.content(share.row, shown.reply))


@_refusing
def supplement_paper(request: HttpRequest, pk: int) -> HttpResponse:
    reply = SupplementaryReply.objects.filter(pk=pk).values_list("reply_id", flat=True).first()
    share, shown = _reply(request.user, reply)
    supplement = next((one for one in shown.supplements if one.pk == pk), None)
    if supplement is None:
        raise NotFound
    supplement.reply = shown.reply
    merged = with_texts(share.row.proposal)
    content = papers.supplement_letter(share.row, supplement, merged, shown.has_contact)
    return _taken(request, share.row, "补充答复", content)


@_refusing
def opinion_paper(request: HttpRequest, pk: int) -> HttpResponse:
    share = _share(request.user, pk)
    if not share.opinion:
        raise NotFound
    return _taken(request, share.row, "会办意见", papers.opinion_letter(share.row))


def _reply(user, pk: int | None) -> tuple[Share, ShownReply]:
    """The share and the reply as the case page shows them to this user. Raises Refused."""
    assignment = Reply.objects.filter(pk=pk).values_list("assignment_id", flat=True).first()
    share = _share(user, assignment)
    shown = next((one for one in share.replies if one.reply.pk == pk), None)
    if shown is None:
        raise NotFound
    if not shown.papers and not shown.is_draft:
        raise NotFound
    if not shown.papers:
        raise TooLate("答复还没有正式发出。", "请先对答复稿提出意见；正式答复后即可下载。")
    return share, shown


def _share(user, pk: int | None) -> Share:
    rows = Assignment.objects.with_roles_of(user).current().for_detail().filter(pk=pk)
    row = blind.with_ratings(rows, user).first()
    proposals = Proposal.objects.visible_to(user).with_roles_of(user).for_acting().prefetch_related("suggestions")
    proposal = proposals.filter(pk=row.proposal_id).first() if row else None
    if proposal is None:
        raise NotFound
    row.proposal = proposal
    return share_of(row, Reader.of(user, proposal), books.load())


def _taken(request: HttpRequest, row: Assignment, what: str, content: bytes) -> HttpResponse:
    paper_exports.note(request.user, what, proposal=row.proposal)
    name = f"{row.proposal.short_number}号_{what}_{row.unit.name[:LONGEST_NAME]}"
    return as_file(content, clean_name(f"{name.replace('/', '／')}.docx"), DOCX)

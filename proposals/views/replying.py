"""Writing the reply: stored as it is, complete or not; a preview as the letter will read."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views import View
from django.views.decorators.http import require_POST, require_safe

from deadlines import book as books
from proposals import blind, replies
from proposals.forms import replying as forms
from proposals.forms import rows
from proposals.letters import letter
from proposals.models import Assignment, Reply
from proposals.roles import Role
from proposals.sections.acts import in_order, share_buttons
from proposals.sections.merged import with_texts
from proposals.sections.shares import record_of, sign_of
from workflow.errors import NotAllowed, NotFound, Refused, TooLate
from workflow.querysets import read_case, roles_on
from workflow.views import refusal_page

from .crumbs import crumbs_to
from .written import (
    STALE,
    WrittenText,
    conflict_json,
    conflict_page,
    invalid_json,
    refusal_json,
    saved,
    saved_json,
)  # fmt: skip


class ReplyText(WrittenText):
    """The reply of a share: what was posted, what it means, and storing it."""

    prefix = forms.COMMITMENTS

    def __init__(self, request: HttpRequest, assignment: Assignment):
        self.assignment, self.reply = assignment, replies.current_reply(assignment)
        super().__init__(request)

    def bind(self) -> None:
        initial = forms.initial_of(self.reply, self.request.user, self.assignment)
        self.form = forms.ReplyForm(self.data, initial=initial, assignment=self.assignment)
        self.formset = forms.Commitments(
            self.data, initial=self.unless_posted(forms.rows_of(self.reply)), prefix=self.prefix,
            form_kwargs={"units": forms.units_for_commitments()},
        )  # fmt: skip

    def read(self) -> "ReplyText":
        data = self.request.POST
        self.is_edited_only = bool(rows.pressed(data, self.prefix))
        self.data = rows.edited(data, self.prefix) if self.is_edited_only else data
        self.bind()
        return self

    def save(self) -> Reply:
        form, promises = self.form, self.formset.promises()
        self.reply = replies.save_draft(
            self.assignment, self.request.user, form.own_fields(), form.answers(), promises, self.seen_version()
        )
        return self.reply


class Write(View):
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            return page(ReplyText(request, writable(request.user, pk)))
        except Refused as refused:
            return refusal_page(request, refused, **_to_case(pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            text = ReplyText(request, known(request.user, pk)).read()
        except Refused as refused:
            return refusal_page(request, refused)
        if not text.is_valid():
            return page(text, status=400)
        try:
            text.save()
        except Refused as refused:
            return _conflict(text, refused) if refused.code == STALE else _locked(text, refused)
        return page(text) if text.is_edited_only else _onward(text)


def page(text: ReplyText, status: int = 200) -> HttpResponse:
    row = text.assignment
    context = {
        "assignment": row, "proposal": row.proposal, "form": text.form, "formset": text.formset,
        "formsets": [text.formset], "crumbs": crumbs_to(row.proposal, "撰写答复"),
        "items": text.form.answered(), "version": text.reply.version if text.reply else 0,
        **saved(text.reply.saved_at if text.reply else None), "sign": sign_of(row, books.load()),
        "merged": with_texts(row.proposal), "record": record_of(row, text.request.user),
        "action": reverse("proposals:reply", args=[row.pk]),
        "autosave_url": reverse("proposals:reply_autosave", args=[row.pk]),
    }  # fmt: skip
    return render(text.request, "proposals/reply.html", context, status=status)


def _onward(text: ReplyText) -> HttpResponse:
    if "preview" in text.data:
        return redirect("proposals:reply_preview", text.assignment.pk)
    messages.success(text.request, f"答复稿已保存（{timezone.localtime():%H:%M}）。")
    return redirect("proposals:reply", text.assignment.pk)


@require_POST
def autosave(request: HttpRequest, pk: int) -> JsonResponse:
    try:
        text = ReplyText(request, known(request.user, pk)).read()
    except Refused as refused:
        return refusal_json(refused)
    if not text.is_valid():
        return invalid_json(text.errors())
    try:
        reply = text.save()
    except Refused as refused:
        return _autosave_conflict(text, refused) if refused.code == STALE else refusal_json(refused)
    return saved_json(reply.saved_at, reply.version)


def _autosave_conflict(text: ReplyText, refused: Refused) -> JsonResponse:
    reply, theirs = _stored(text)
    return conflict_json(refused, reply.version, theirs)


def _conflict(text: ReplyText, refused: Refused) -> HttpResponse:
    reply, theirs = _stored(text)
    action = reverse("proposals:reply", args=[text.assignment.pk])
    return conflict_page(text, refused, theirs, version=reply.version, action=action)


def _stored(text: ReplyText) -> tuple[Reply, dict]:
    """The reply as the other one stored it, and its fields as the page would post them."""
    row = known(text.request.user, text.assignment.pk)
    reply = replies.current_reply(row)
    return reply, forms.as_posted(reply, row)


def _locked(text: ReplyText, refused: Refused) -> HttpResponse:
    return refusal_page(text.request, refused, typed=text.typed(), **_to_case(text.assignment.pk))


@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft as the letter will read, and what may be done with it now."""
    try:
        row = known(request.user, pk)
    except Refused as refused:
        return refusal_page(request, refused)
    reply = replies.current_reply(row)
    if reply is None:
        return refusal_page(request, TooLate("还没有写答复稿。", "请先撰写答复。"), **_to_case(pk))
    buttons = in_order(share_buttons(row, request.user))
    context = {
        "assignment": row, "proposal": row.proposal, "reply": reply, "buttons": buttons,
        "letter": letter(row, reply, with_texts(row.proposal)), "crumbs": crumbs_to(row.proposal, "答复稿预览"),
    }  # fmt: skip
    return render(request, "proposals/reply_preview.html", context)


def known(user, pk: int) -> Assignment:
    """The share with its reply, for those of its unit. Raises Refused."""
    row = read_case(Assignment, pk, user, rows=_with_its_case)
    if row is None:
        raise NotFound
    if not roles_on(row) & {Role.OPERATOR, Role.UNIT_LEADER}:
        raise NotAllowed("只有承办单位可以查看和撰写答复稿。", "请由承办单位经办人登录后办理。")
    return row


def _with_its_case(user):
    rows = Assignment.objects.for_detail().select_related(
        "proposal__session__term", "proposal__first_proposer", "proposal__organization"
    )
    return blind.with_ratings(rows, user).prefetch_related("proposal__suggestions")


def writable(user, pk: int) -> Assignment:
    """The same, if the user may write the reply now. Raises Refused."""
    row = known(user, pk)
    refusal = replies.why_not_writable(row)
    if refusal is not None:
        raise refusal
    return row


def _to_case(pk: int) -> dict:
    return {"back_href": reverse("proposals:assignment", args=[pk]), "back_label": "查看这件提案"}

"""The writing page of a report, on the pages that every app shares (workflow.writing)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from documents.kinds import ACCEPTED_WORDS, accept_attribute
from documents.secrecy.finding import Found
from members.posts import posts_of
from opinions import attachments, drafting, secrecy
from opinions.forms import writing as forms
from opinions.models import OpinionReport
from opinions.rights import may_report
from opinions.states import State
from opinions.validators import TOGETHER_MAX
from workflow import writing
from workflow.errors import NotAllowed, Refused
from workflow.models import Event
from workflow.querysets import read_case

from .crumbs import crumbs
from .draft_text import DraftText


class ReportText(writing.Writing):
    text, model, urls, list_label, onward = DraftText, OpinionReport, "opinions", "返回社情民意", "submit"
    check_writable, as_posted = staticmethod(drafting.check_writable), staticmethod(forms.as_posted)

    def no_right(self, user) -> NotAllowed | None:
        return None if may_report(posts_of(user)) else drafting.no_right()

    def told(self, report: OpinionReport) -> dict:
        found: Found = report.secrecy_found
        return {"warnings": [{"text": str(sign), "at": sign.anchor} for sign in found.signs]}

    def page(self, draft, refused: Refused | None = None, status: int = 200, seen: str | None = None) -> HttpResponse:
        report = draft.case
        context = {
            **self.shown(draft, seen), "report": report, "refused": refused,
            "theirs": report.texts if refused and report else {}, "guide": TOGETHER_MAX, "secrecy": _signs(report),
            "accept": accept_attribute(), "upload_help": ACCEPTED_WORDS,
            "crumbs": crumbs("修改" if report else "反映社情民意"), "returned_because": _why_returned(report),
        }  # fmt: skip
        return render(draft.request, "opinions/edit.html", context, status=status)


class New(ReportText, writing.Begin):
    pass


class Edit(ReportText, writing.Continue):
    pass


class AutosaveNew(ReportText, writing.SaveNew):
    pass


class Autosave(ReportText, writing.Save):
    pass


def _signs(report: OpinionReport | None) -> Found:
    return secrecy.found_in(report, attachments.of_report(report.pk)) if report else Found([], [])


def _why_returned(report: OpinionReport | None) -> str:
    if report is None or report.state != State.RETURNED:
        return ""
    rows = Event.objects.filter(process="opinion", object_id=report.pk, act="return").order_by("-sequence")
    return rows.values_list("reason", flat=True).first() or ""


def known(user, pk: int) -> OpinionReport | None:
    return read_case(OpinionReport, pk, user)


def to_list() -> dict:
    return {"back_href": reverse("opinions:list"), "back_label": "返回社情民意"}

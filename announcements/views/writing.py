"""The writing page of an announcement, on the pages that every app shares (workflow.writing)."""

from django.http import HttpResponse
from django.shortcuts import render

from announcements import drafting
from announcements.forms import writing as forms
from announcements.models import Announcement
from announcements.rights import may_write
from documents.kinds import ACCEPTED_WORDS, accept_attribute
from members.boxes import chosen_names
from members.posts import posts_of
from workflow import writing
from workflow.errors import NotAllowed, Refused

from .crumbs import crumbs
from .draft_text import DraftText


class AnnouncementText(writing.Writing):
    text, model, urls, list_label, onward = DraftText, Announcement, "announcements", "返回通知公告", "publish"
    check_writable, as_posted = staticmethod(drafting.check_writable), staticmethod(forms.as_posted)

    def no_right(self, user) -> NotAllowed | None:
        if may_write(posts_of(user)):
            return None
        return NotAllowed(
            "通知公告由专委会、政协办公室和交办机构的负责人、工作人员发布。", "需要发通知的，请联系政协办公室。"
        )

    def page(self, draft, refused: Refused | None = None, status: int = 200, seen: str | None = None) -> HttpResponse:
        one, form = draft.case, draft.form
        bodies, persons = forms.body_groups(form), forms.person_groups(form)
        context = {
            **self.shown(draft, seen), "announcement": one, "refused": refused,
            "body_groups": bodies, "chosen_bodies": chosen_names(bodies),
            "person_groups": persons, "chosen_persons": chosen_names(persons),
            "accept": accept_attribute(), "upload_help": ACCEPTED_WORDS, "crumbs": crumbs("修改" if one else "写通知公告"),
        }  # fmt: skip
        return render(draft.request, "announcements/edit.html", context, status=status)


class New(AnnouncementText, writing.Begin):
    pass


class Edit(AnnouncementText, writing.Continue):
    pass


class AutosaveNew(AnnouncementText, writing.SaveNew):
    pass


class Autosave(AnnouncementText, writing.Save):
    pass

"""The pages of the acts; before submitting the whole text stands there, and the edited text beside the original."""

from django.urls import reverse

from documents import form_files
from documents.act_files import TakesFiles
from documents.difference import changes
from members.boxes import chosen_names
from members.unit_boxes import unit_groups
from opinions import attachments, credits, secrecy, words
from opinions.acts import Act
from opinions.compared import of_report
from opinions.forms.transferring import UNITS_MAX
from opinions.models import OpinionReport, Transfer
from opinions.roles import OFFICE, Role
from opinions.validators import missing
from workflow.querysets import roles_on
from workflow.views import ActView

from .crumbs import crumbs

TEMPLATES = {
    Act.SUBMIT: "opinions/submit.html", Act.EDIT: "opinions/edit_text.html", Act.REVIEW: "opinions/compare.html",
    Act.SIGN: "opinions/compare.html", Act.ISSUE: "opinions/compare.html", Act.SEND_FOR_REVIEW: "opinions/compare.html",
    Act.HAND_OVER: "opinions/hand_over.html",
}  # fmt: skip


class OpinionAct(TakesFiles, ActView):
    list_url = "opinions:list"
    case_label = "查看这条社情民意"
    template_name = "opinions/act.html"

    def consequence(self, case, act: str) -> str:
        return words.consequence(self.process_name, act)

    def done(self, case, act: str) -> str:
        return words.done(self.process_name, act)

    def part(self, bound) -> dict:
        """Units are looked for in a list, not with the control key."""
        found = super().part(bound) | {"upload": self.upload_for(bound)}
        if bound.name != "units":
            return found
        groups = unit_groups(bound)
        return found | {
            "groups": groups, "chosen": chosen_names(groups), "most": UNITS_MAX, "summary": "挑选单位",
            "finds": "按名称或拼音首字母查找", "single": False,
        }  # fmt: skip

    def around(self, case, row) -> dict:
        root = case.root
        return {
            "crumbs": crumbs((root.shown_title, root.get_absolute_url()), row.label), "back_label": "返回这条社情民意",
            "report": root,
        }  # fmt: skip


class ReportAct(OpinionAct):
    process_name = "opinion"

    def template_for(self, act: str) -> str:
        return TEMPLATES.get(act, self.template_name)

    def next_url(self, case: OpinionReport, act: str) -> str:
        if act == Act.TAKE_UP:
            return reverse("opinions:act", args=[case.pk, Act.EDIT])
        return super().next_url(case, act)

    def around(self, case: OpinionReport, row) -> dict:
        extra = {}
        if row.act == Act.SUBMIT:
            extra = before_submitting(case, self.request.user)
        elif row.act in TEMPLATES and row.act != Act.HAND_OVER:
            extra = beside_the_original(case)
        return super().around(case, row) | extra


class TransferActView(OpinionAct):
    process_name = "opinion_transfer"

    def around(self, case: Transfer, row) -> dict:
        """A unit reads what it is to handle on the page on which it answers."""
        shows = not roles_on(case) & {*OFFICE, Role.AUTHOR}
        return super().around(case, row) | {"part": case, "shows_text": shows}


def before_submitting(report: OpinionReport, user) -> dict:
    files = list(attachments.of_report(report.pk))
    edit = reverse("opinions:edit", args=[report.pk])
    return {
        "gaps": [(text, f"{edit}#id_{name}") for name, text in missing(report)], "edit_url": edit,
        "secrecy": secrecy.found_in(report, files), "files": [form_files.entry(file) for file in files],
        "similar": of_report(user, report),
    }  # fmt: skip


def beside_the_original(report: OpinionReport) -> dict:
    followers = credits.followers_of(report)
    return {
        "changes": changes(report.texts, report.edited_texts), "followers": followers,
        "attribution": credits.attribution(report, followers),
    }  # fmt: skip

"""The pages of the acts; before publication the text stands there as its readers will see it, and who they are."""

from django.db.models import Count, F, Window
from django.db.models.functions import Coalesce
from django.urls import reverse

from announcements import attachments
from announcements.acts import Act
from announcements.audience import audience_of
from announcements.kinds import PRIORITY_TONES
from announcements.models import Announcement
from announcements.rights import reach_of
from documents import form_files
from workflow.views import ActView

from .crumbs import crumbs

NAMES_SHOWN = 30

CONSEQUENCES = {
    Act.PUBLISH: "发布后，下列人员马上收到消息；文字不能再改，有错漏只能撤回重发。",
    Act.REMIND: "给还没有阅读（需要签收的，还没有签收）的人再发一条消息。每个工作日只能提醒一次。",
    Act.ADD: "发布以后新当选、新任职而属于收件范围的人，补发给他们。已经收到的不会再收到。",
    Act.WITHDRAW: "撤回后，收到的人不能再看正文和附件，并会收到撤回的消息和原因。撤回后不能恢复。",
    Act.DROP: "草稿作废后不能恢复。",
}
DONE = {
    Act.PUBLISH: "已发布，正在发送消息。", Act.REMIND: "已提醒。", Act.ADD: "已补发。", Act.WITHDRAW: "已撤回。",
    Act.DROP: "草稿已作废。",
}  # fmt: skip


class AnnouncementAct(ActView):
    process_name = "announcement"
    list_url = "announcements:issued"
    case_label = "查看这份通知公告"

    def template_for(self, act: str) -> str:
        return "announcements/publish.html" if act == Act.PUBLISH else "announcements/act.html"

    def consequence(self, case: Announcement, act: str) -> str:
        return CONSEQUENCES[act]

    def done(self, case: Announcement, act: str) -> str:
        return DONE[act]

    def around(self, case: Announcement, row) -> dict:
        here = {"crumbs": crumbs((str(case), case.get_absolute_url()), row.label), "back_label": "返回这份通知公告"}
        return here | preview(case, self.request.user) if row.act == Act.PUBLISH else here


def preview(one: Announcement, user) -> dict:
    """The announcement as it will be read, and who gets it: how many, the first names, who has no account."""
    audience = audience_of(one)
    count, names = first_names(
        audience.users.exclude(pk=user.pk), Coalesce("person__name", "username"), "person__pinyin"
    )
    missing, unreachable = first_names(audience.unreachable, F("name"), "pinyin")
    return {
        "count": count, "names": names, "more": max(count - NAMES_SHOWN, 0), "unreachable": unreachable,
        "unreachable_count": missing, "audiences": audience_words(one), "tone": PRIORITY_TONES[one.priority],
        "edit_url": reverse("announcements:edit", args=[one.pk]),
        "files": [form_files.entry(file) for file in attachments.of_announcement(one.pk)],
    }  # fmt: skip


def first_names(rows, name, by: str) -> tuple[int, list[str]]:
    """How many rows there are and the first names, in one query."""
    rows = rows.annotate(shown_name=name, total=Window(Count("pk"))).order_by(by, "pk")
    found = list(rows.values_list("shown_name", "total")[:NAMES_SHOWN])
    return (found[0][1] if found else 0), [shown for shown, _total in found]


def audience_words(one: Announcement) -> list[str]:
    """What was chosen, in words."""
    if one.for_everybody and reach_of(one.issuer).is_open:
        return ["所有人"]
    bodies = [str(body) for body in one.organizations.all()]
    return [*one.people_labels, *bodies, *(person.name for person in one.persons.all())]

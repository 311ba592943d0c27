"""The pages of the acts; before something is released its text stands there as everybody will read it."""

from django.http import HttpRequest, HttpResponse

from documents.act_files import TakesFiles
from grassroots import wording
from grassroots.acts import Act
from grassroots.forms.meeting import COUNT_LABELS, ROW, ROWS, written_rows
from grassroots.models import Matter
from members.boxes import Choice, Groups, chosen_names
from members.models import Person
from workflow.engine import option
from workflow.errors import Refused
from workflow.views import ActView, field_part

from .crumbs import crumbs

PREVIEW = "preview"
RELEASING = (Act.POST, Act.RELEASE)
# Acts before which the text has to be read.
READ_FIRST = {
    Act.SELECT,
    Act.DECLINE,
    Act.PASS_UP,
    Act.PASS_DOWN,
    Act.MOVE_ON,
    Act.RECORD_SURVEY,
    Act.RECORD_MEETING,
    Act.ANSWER,
}


class MatterAct(TakesFiles, ActView):
    process_name = "matter"
    list_url = "grassroots:list"
    case_label = "查看这件议题"

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.draft, self.groups = None, {}

    def post(self, request: HttpRequest, pk: int, act: str) -> HttpResponse:
        if PREVIEW not in request.POST or act not in RELEASING:
            return super().post(request, pk, act)
        try:
            case = self.find(pk)
            offered = option(act, case, request.user)
        except Refused as refused:
            return self.refusal(pk, refused)
        return self.page(case, offered, self.form_for(offered.transition, case, request.POST))

    def part(self, bound) -> dict:
        found = field_part(bound) | {"upload": self.upload_for(bound)}
        if bound.name == "people":
            groups = person_groups(bound)
            found |= {"groups": groups, "chosen": chosen_names(groups), "most": 0, "single": False, "summary": "挑选人员",
                      "finds": "按姓名或拼音首字母查找"}  # fmt: skip
        return found

    def page(self, case, offered, form, refused=None) -> HttpResponse:
        releases = form is not None and offered.act in RELEASING and not offered.blocked
        self.draft = _draft(form) if releases else None
        self.groups = self.meeting_parts(form) if form is not None and offered.act == Act.RECORD_MEETING else {}
        return super().page(case, offered, form, refused)

    def meeting_parts(self, form) -> dict:
        """The fields of the record in the order in which a clerk writes it; rows beyond the second are folded."""
        parts = {bound.name: self.part(bound) for bound in form}
        rows = [[parts[f"{name}_{n}"] for name in ROW] for n in range(1, ROWS + 1)]
        folded = [part["field"] for row in rows[2:] for part in row]
        return {
            "first": [parts[name] for name in ("held_on", "place", "host_name", "people", "talks")],
            "counts": [parts[name] for name in COUNT_LABELS], "items": rows, "last": [parts["not_agreed"]],
            "more_open": any(field.value() or field.errors for field in folded),
        }  # fmt: skip

    def template_for(self, act: str) -> str:
        if act == Act.RECORD_MEETING:
            return "grassroots/meeting.html"
        return "grassroots/release.html" if act in RELEASING else "grassroots/act.html"

    def fields_of(self, act: str) -> dict:
        """With what was agreed, whose rows are made for each form: nothing typed is lost in a last refusal."""
        return super().fields_of(act) | (written_rows() if act == Act.RECORD_MEETING else {})

    def consequence(self, case: Matter, act: str) -> str:
        return wording.CONSEQUENCES.get(act, "")

    def done(self, case: Matter, act: str) -> str:
        return wording.DONE.get(act, "已完成。")

    def around(self, case: Matter, row) -> dict:
        return {
            "crumbs": crumbs((case.receipt, case.get_absolute_url()), row.label), "back_label": "返回这件议题",
            "draft": self.draft, "reads_first": row.act in READ_FIRST, **self.groups,
        }  # fmt: skip


def _draft(form):
    """What would be released by what is ticked and written so far, even if something is still missing."""
    if not form.is_bound:
        return form.draft()
    form.is_valid()
    return form.draft({name: value for name, value in form.cleaned_data.items() if name != "draft"})


def person_groups(bound) -> Groups:
    """The people under the first letter of their names, the chosen ones marked."""
    chosen, groups = {str(value) for value in bound.value() or ()}, {}
    person: Person
    for person in bound.field.queryset:
        keys = f"{person.name} {person.pinyin.replace(' ', '')} {person.initials}".lower()
        label = f"{person.name}（{person.employer}）" if person.employer else person.name
        choice = Choice(person.pk, label, keys, str(person.pk) in chosen)
        groups.setdefault((person.initials[:1] or "#").upper(), []).append(choice)
    return list(groups.items())

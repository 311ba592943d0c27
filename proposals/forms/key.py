"""Forms of the acts on a 重点提案: put up, consult, decide, name the leaders, sum up."""

from django import forms

from documents.act_files import waiting_files
from documents.models import Attachment
from members import county_leaders
from members.models import Organization, OrganizationKind, Person
from members.periods import today
from proposals.key_facts import standing_entry
from workflow.forms import ActForm, ReasonForm

YES, NO = "yes", "no"


def day_field(label: str, **more) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


def not_later(day, what: str):
    """Raises ValidationError for a day that is still to come."""
    if day and day > today():
        raise forms.ValidationError(f"{what}不能晚于今天，请核对。")
    return day


class PutUpForm(ActForm):
    reason = forms.CharField(
        label="列为候选的理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明为什么重要、办成以后有什么作用。",
    )  # fmt: skip


class ConsultForm(ActForm):
    asked = forms.CharField(label="征求对象", max_length=80, help_text="党派、人民团体、专委会或有关部门的名称。")
    on = day_field("日期", initial=today)
    supports = forms.ChoiceField(
        label="是否赞成列为重点提案", choices=[(YES, "赞成"), (NO, "不赞成")], widget=forms.RadioSelect
    )
    opinion = forms.CharField(
        label="意见", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="不赞成的必须写明意见。",
    )  # fmt: skip

    def clean_on(self):
        return not_later(self.cleaned_data["on"], "征求意见的日期")

    def clean(self):
        data = super().clean()
        if data.get("supports") == NO and not data.get("opinion"):
            self.add_error("opinion", "请写明不赞成的意见，供主席会议研究时参考。")
        return data


class DecideForm(ActForm):
    on = day_field("主席会议日期", initial=today)
    document_number = forms.CharField(
        label="决定文号", max_length=60, required=False, help_text="文号和文件至少填一项。"
    )
    document = forms.ModelChoiceField(
        label="决定文件", queryset=Attachment.objects.none(), required=False, help_text="会议纪要或文件的扫描件。"
    )
    reason = forms.CharField(label="说明", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["document"].queryset = waiting_files(self.actor)

    def clean_on(self):
        return not_later(self.cleaned_data["on"], "主席会议日期")

    def clean(self):
        data = super().clean()
        if not (data.get("document_number") or data.get("document") or "document" in self.errors):
            self.add_error("document_number", "请填写决定文号，或上传决定文件。")
        return data


class DeclineForm(ReasonForm):
    on = day_field("主席会议日期", initial=today)

    field_order = ["on", "reason"]

    def clean_on(self):
        return not_later(self.cleaned_data["on"], "主席会议日期")


class LeadersForm(ActForm):
    leader = forms.ModelChoiceField(label="领办领导（县级领导）", queryset=Person.objects.none())
    supervisor = forms.ModelChoiceField(label="督办领导（政协领导）", queryset=Person.objects.none())
    committee = forms.ModelChoiceField(label="督办专委会", queryset=Organization.objects.none(), required=False)
    plan = forms.CharField(
        label="督办计划", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="什么时候调研、视察、座谈，由谁参加。",
    )  # fmt: skip
    finish_by = day_field("计划完成日期", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._offer("leader", county_leaders.county())
        self._offer("supervisor", county_leaders.committee())
        bodies = Organization.objects.of_kind(OrganizationKind.COMMITTEE).on(today())
        self.fields["committee"].queryset = bodies
        self._begin_with(standing_entry(self.case))

    def _offer(self, name: str, people) -> None:
        self.fields[name].queryset = people
        self.fields[name].label_from_instance = county_leaders.named

    def _begin_with(self, entry) -> None:
        for name in ("leader", "supervisor", "committee", "plan", "finish_by") if entry else ():
            self.fields[name].initial = getattr(entry, name)

    def clean(self):
        data = super().clean()
        for name in ("leader", "supervisor"):
            if data.get(name):
                data[f"{name}_title"] = county_leaders.title_of(data[name])
        return data


class SummariseForm(ActForm):
    summary = forms.CharField(
        label="年终督办总结", max_length=3000, widget=forms.Textarea(attrs={"rows": 10}),
        help_text="怎样督办、解决了什么、还有什么没有落实、下一步怎么办。",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        entry = standing_entry(self.case)
        self.fields["summary"].initial = entry.summary if entry else ""

    def shown(self) -> list:
        """The timeline says that it was written; the text stands with the case."""
        return []

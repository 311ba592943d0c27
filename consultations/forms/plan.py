"""Forms of the acts on a plan."""

from django import forms

from consultations.kinds import StepKind
from consultations.models.plan import AIM_MAX, DUTIES_MAX
from consultations.states import PlanState
from documents.act_files import file_field, offer_files
from members.periods import today
from workflow.forms import ActForm, ReasonForm

from .fields import ahead, day_field, not_later, text_field

FIRST_YEAR, LAST_YEAR = 2000, 2100
# Steps that follow one another in time; the two views come in any order.
IN_TURN = (StepKind.CONSULTED, StepKind.SUBMITTED, StepKind.CHAIRMEN, StepKind.STANDING)


class NewPlanForm(forms.Form):
    year = forms.IntegerField(label="年度", min_value=FIRST_YEAR, max_value=LAST_YEAR)


class TextForm(ActForm):
    aim = text_field("总体要求", AIM_MAX, 6, required=False)
    duties = text_field("组织实施", DUTIES_MAX, 8, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["aim"].initial, self.fields["duties"].initial = self.case.aim, self.case.duties


class CallForm(ActForm):
    until = day_field("征集截止日期", help_text="委员、专委会、部门和乡镇在这一天以前都可以提出议题。")
    note = text_field("征集要求", 1000, 4, required=False, help_text="希望围绕哪些方面提出议题。")

    def clean_until(self):
        return ahead(self.cleaned_data["until"], "征集截止日期")


class StepForm(ActForm):
    """A dated step with its document."""

    on = day_field("日期", initial=today)
    document_number = forms.CharField(label="文号", max_length=60, required=False)
    note = text_field("说明", 2000, 3, required=False, help_text="会议名称、主要意见等。")
    document = file_field("文件扫描件")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer_files(self, "document")

    def clean_on(self):
        day = not_later(self.cleaned_data["on"], "日期")
        if self.case.state == PlanState.DRAFT:  # a new round
            return day
        before = self.case.steps.filter(kind__in=IN_TURN).order_by("-at", "-pk").values("kind", "on").first()
        if before and day < before["on"]:
            label = StepKind(before["kind"]).label
            raise forms.ValidationError(f"日期早于“{label}”（{before['on']:%Y-%m-%d}），请核对。")
        return day


class MeetingStepForm(StepForm):
    """A decision of a meeting: its number, its minutes or a note of what it was."""

    def clean(self):
        data = super().clean()
        if not (data.get("document_number") or data.get("note") or data.get("document") or "document" in self.errors):
            self.add_error("document_number", "请填写会议纪要文号，或在说明里写明是哪次会议。")
        return data


class ViewForm(StepForm):
    of = forms.ChoiceField(
        label="谁的意见", choices=[(kind.value, kind.label) for kind in (StepKind.PARTY, StepKind.GOVERNMENT)],
        widget=forms.RadioSelect,
    )  # fmt: skip
    field_order = ["of"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["note"].label, self.fields["note"].help_text = "意见内容", "没有不同意见的，写“无不同意见”。"
        self.fields["note"].required = True


class IssueForm(StepForm):
    issuers = forms.CharField(label="联合印发单位", max_length=200)
    field_order = ["on", "document_number", "issuers"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["document_number"].required = True
        self.fields["issuers"].initial = self.case.issuers


SendBackForm = ReasonForm

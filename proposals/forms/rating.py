"""Forms of 评: rating, proxy entry, the meeting of three sides."""

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localdate

from documents.models import Attachment
from members.models import Person
from members.periods import today
from proposals.kinds import Hearing, Pertinence, Satisfaction
from proposals.models import TripartiteMeeting
from proposals.ratings import is_dissatisfied, last_dissatisfied_at, unrated_people
from workflow.forms import ActForm


class RateForm(ActForm):
    attitude = forms.ChoiceField(label="对办理工作", choices=Satisfaction.choices, widget=forms.RadioSelect)
    result = forms.ChoiceField(label="对办理结果", choices=Satisfaction.choices, widget=forms.RadioSelect)
    contacted = forms.NullBooleanField(
        label="承办单位是否与您联系过",
        required=False,
        widget=forms.Select(choices=[("", "请选择"), ("true", "联系过"), ("false", "没有联系")]),
    )
    hearing = forms.ChoiceField(
        label="承办单位怎样听取您的意见", choices=[("", "请选择"), *Hearing.choices], required=False
    )
    pertinence = forms.ChoiceField(
        label="答复是否针对提案", choices=[("", "请选择"), *Pertinence.choices], required=False
    )
    leader_answered = forms.NullBooleanField(
        label="分管领导是否参加答复",
        required=False,
        widget=forms.Select(choices=[("", "请选择"), ("true", "是"), ("false", "否")]),
        help_text="集体提案请填写。",
    )
    reason = forms.CharField(
        label="意见或理由", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="评为不满意时必须写明理由。",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.case.proposal.organization_id:
            self.fields.pop("leader_answered")

    def clean(self):
        data = super().clean()
        if is_dissatisfied(data) and not data.get("reason"):
            self.add_error("reason", "评为不满意的，请写明理由，以便承办单位改进。")
        return data


class ProxyRateForm(RateForm):
    """代录: the committee enters a paper form, with its scan."""

    person = forms.ModelChoiceField(label="评价人", queryset=Person.objects.none())
    scan = forms.ModelChoiceField(
        label="纸质表扫描件", queryset=Attachment.objects.none(), help_text="请先上传扫描件。"
    )

    field_order = ["person", "scan"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = unrated_people(self.case)
        self.fields["scan"].queryset = Attachment.objects.filter(uploaded_by=self.actor, subject_id__isnull=True)


class MeetingForm(ActForm):
    on = forms.DateField(label="会商日期", widget=forms.DateInput(attrs={"type": "date"}))
    place = forms.CharField(label="地点", max_length=100)
    participants = forms.CharField(label="参加人员", max_length=300)
    findings = forms.CharField(label="会商情况", max_length=2000, widget=forms.Textarea(attrs={"rows": 6}))
    outcome = forms.ChoiceField(label="会商结果", choices=TripartiteMeeting.Outcome.choices, widget=forms.RadioSelect)

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day > today():
            raise forms.ValidationError("会商日期不能晚于今天。")
        rated_at = last_dissatisfied_at(self.case)
        if rated_at is not None and day < (rated := localdate(rated_at)):
            words = f"会商日期不能早于 {date_format(rated)}：那一天提案人才评为“不满意”，请核对会商日期。"
            raise forms.ValidationError(words)
        return day

"""The forms of 转办."""

from datetime import timedelta

from django import forms

from documents.act_files import file_field, offer_files
from members.models import Organization
from members.periods import today
from opinions import citizen
from opinions.kinds import Verdict
from opinions.states import TransferState
from workflow.forms import ActForm, ReasonForm, WrittenField

UNITS_MAX, REPLY_MAX = 5, 3000
MOST_LATER = timedelta(days=90)


class HandOverForm(ActForm):
    units = forms.ModelMultipleChoiceField(
        label="承办单位", queryset=Organization.objects.none(), widget=forms.CheckboxSelectMultiple,
        help_text=f"最多选 {UNITS_MAX} 个。",
    )  # fmt: skip
    note = forms.CharField(
        label="办理要求（可不填）", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        has_it = self.case.transfers.exclude(state__in=TransferState.FINISHED).values("unit")
        units = Organization.objects.units().on(today()).exclude(pk__in=has_it)
        self.fields["units"].queryset = units.order_by("system", "order", "pinyin", "pk")

    def shown(self) -> list[list[str]]:
        """What is asked of the units is between them and the office."""
        return [["承办单位", "、".join(str(unit) for unit in self.cleaned_data["units"])]]

    def clean_note(self):
        """What is asked of the units is read by them as the edited text is."""
        return _without_citizen(self.cleaned_data["note"], self.case)

    def clean_units(self):
        units = self.cleaned_data["units"]
        if len(units) > UNITS_MAX:
            raise forms.ValidationError(f"一次最多转 {UNITS_MAX} 个单位，请减少。")
        return units


def _without_citizen(words: str, report) -> str:
    """What a unit will read. Raises ValidationError where the citizen can be recognised in it."""
    if citizen.places_in([("", words)], citizen.people_of(report)):
        raise forms.ValidationError("这里写有所代群众的姓名或电话，请删去。")
    return words


class ToUnitForm(ReasonForm):
    """An act on a unit's part whose reason the unit reads."""

    def clean_reason(self):
        return _without_citizen(self.cleaned_data["reason"], self.case.report)


class UrgeForm(ToUnitForm):
    reason = forms.CharField(
        label="催办内容", max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="一两句话，承办单位看得到。",
    )  # fmt: skip


class PostponeForm(ToUnitForm):
    new_due_on = forms.DateField(
        label="新的答复期限", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=f"从今天起最多 {MOST_LATER.days} 天。",
    )  # fmt: skip
    reason = forms.CharField(
        label="延期理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text="原定期限仍留在记录里。"
    )

    field_order = ["new_due_on", "reason"]

    def clean_new_due_on(self):
        day = self.cleaned_data["new_due_on"]
        if day <= max(today(), self.case.due_on):
            raise forms.ValidationError(f"新的期限要晚于今天和原定的 {self.case.due_on:%Y-%m-%d}，请改填。")
        if day > today() + MOST_LATER:
            raise forms.ValidationError(f"最多延到 {today() + MOST_LATER:%Y-%m-%d}，请改填。")
        return day


class ReplyForm(ActForm):
    verdict = forms.ChoiceField(label="采纳情况", choices=Verdict.choices, widget=forms.RadioSelect)
    reply = WrittenField(
        label="办理情况", max_length=REPLY_MAX, help_text="写明采取的措施、办理结果和时间；核对后反馈给反映人。"
    )

    file = file_field("附件（可不传）", help_text="照片、文件等，随办理情况一起报送；核对后反映人也能看到。")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reply"].initial = self.case.reply
        offer_files(self, "file")

    def clean_reply(self):
        if not self.cleaned_data["reply"].strip():
            raise forms.ValidationError("请写明办理情况。")
        return self.cleaned_data["reply"]

    def shown(self) -> list[list[str]]:
        """The answer itself stands on the page of the case."""
        return [["采纳情况", Verdict(self.cleaned_data["verdict"]).label]]

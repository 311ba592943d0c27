"""The forms of 转办."""

from django import forms

from documents.act_files import file_field, offer_files
from members.models import Organization
from members.periods import today
from opinions import citizen
from opinions.kinds import Verdict
from opinions.states import TransferState
from workflow.forms import ActForm, WrittenField

UNITS_MAX, REPLY_MAX = 5, 3000


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
        if citizen.places_in([("办理要求", self.cleaned_data["note"])], citizen.people_of(self.case)):
            raise forms.ValidationError("这里写有所代群众的姓名或电话，请删去。")
        return self.cleaned_data["note"]

    def clean_units(self):
        units = self.cleaned_data["units"]
        if len(units) > UNITS_MAX:
            raise forms.ValidationError(f"一次最多转 {UNITS_MAX} 个单位，请减少。")
        return units


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

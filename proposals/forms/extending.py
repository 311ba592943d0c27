"""Forms of 延期: asking, granting, refusing; and of 重新定期限."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format

from deadlines.rules import add_months
from members.periods import today
from proposals.extensions import latest
from workflow.forms import ActForm

FARTHEST = 6  # months from today to which the head may set a date


def _day_field(label: str, **options) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


def _reason(label: str, help_text: str) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text=help_text
    )  # fmt: skip


class RequestExtensionForm(ActForm):
    wanted_on = _day_field("申请延至")
    reason = _reason("延期理由", "写明为什么不能按期答复、打算怎么办。提案人也会看到。")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        now = date_format(self.case.due_on) if self.case.due_on else "没有登记"
        self.fields["wanted_on"].help_text = f"现在的期限是{now}，最晚可延至{date_format(latest(self.case))}。"

    def clean_wanted_on(self):
        day, share = self.cleaned_data["wanted_on"], self.case
        if share.due_on and day <= share.due_on:
            raise ValidationError(f"要晚于现在的期限 {date_format(share.due_on)}。")
        if day > latest(share):
            raise ValidationError(f"最晚只能延至 {date_format(latest(share))}（首次交办后六个月）。")
        return day


class GrantExtensionForm(ActForm):
    granted_on = _day_field("同意延至", required=False)
    reason = forms.CharField(label="说明", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        wanted = self.case.wanted_on
        self.fields["granted_on"].initial = wanted
        self.fields[
            "granted_on"
        ].help_text = f"单位申请延至{date_format(wanted)}，可以改早，不能改晚。留空即按申请的日期。"

    def clean_granted_on(self) -> date:
        day, request = self.cleaned_data["granted_on"] or self.case.wanted_on, self.case
        if day > request.wanted_on:
            raise ValidationError(f"不能晚于单位申请的 {date_format(request.wanted_on)}。")
        if day <= request.assignment.due_on:
            raise ValidationError(f"要晚于现在的期限 {date_format(request.assignment.due_on)}。")
        if day < today():
            raise ValidationError("这个日期已经过了，请改填今天以后的日期。")
        return day


class RefuseExtensionForm(ActForm):
    reason = _reason("不同意的理由", "承办单位和提案人会看到。")


class SetDueForm(ActForm):
    due_on = _day_field("新的办理期限")
    reason = _reason("理由", "承办单位、交办机构和提案人会看到。")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields[
            "due_on"
        ].help_text = f"首次交办已满六个月，由提案委另定。从明天起，最晚到{date_format(self._last())}。"

    @staticmethod
    def _last() -> date:
        return add_months(today(), FARTHEST)

    def clean_due_on(self) -> date:
        day = self.cleaned_data["due_on"]
        if not today() < day <= self._last():
            raise ValidationError(f"请填明天以后、{date_format(self._last())}以前的日期。")
        return day

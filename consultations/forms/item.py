"""Forms of the acts on a recommendation, and of turning something into one's own draft."""

from datetime import timedelta

from django import forms

from consultations import conversions
from consultations.kinds import Answer
from documents.act_files import file_field, offer_files
from members.models import Organization
from members.periods import today
from workflow.forms import ActForm

from .fields import day_field, not_later, text_field, units

MOST_LATER = timedelta(days=366 * 3)


def _in_reach(day, after=None):
    """Raises ValidationError for a due date in the past, not later than `after`, or more than three years off."""
    if day <= today() or (after and day <= after):
        raise forms.ValidationError("期限应晚于今天和原来的期限，请改填。")
    if day > today() + MOST_LATER:
        raise forms.ValidationError("期限最多三年，请改填。")
    return day


class AnswerForm(ActForm):
    answer = forms.ChoiceField(label="是否采纳", choices=Answer.choices, widget=forms.RadioSelect)
    measure = text_field("落实措施或未采纳理由", 1000, 5, help_text="采纳的写怎样落实；未采纳、部分采纳的写清楚理由。")
    due_on = day_field("落实期限", required=False, help_text="采纳、部分采纳的必须填写。")

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        return _in_reach(day) if day else None

    def clean(self):
        data = super().clean()
        adopted = data.get("answer") in (Answer.ADOPTED, Answer.PARTLY)
        if adopted and not data.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", "请填写什么时候落实。")
        return data


class ProgressForm(ActForm):
    on = day_field("日期", initial=today)
    content = text_field("进展情况", 1000, 4, help_text="写明做了什么、做到哪一步。")

    def clean_on(self):
        return not_later(self.cleaned_data["on"], "日期")


class PostponeForm(ActForm):
    new_due_on = day_field("新的落实期限")
    reason = text_field("延期理由", 500, 3, help_text="原定期限仍留在记录里。")

    def clean_new_due_on(self):
        return _in_reach(self.cleaned_data["new_due_on"], self.case.due_on)


class ReportDoneForm(ActForm):
    done_on = day_field("落实日期", initial=today)
    result = text_field("落实情况", 1000, 5, help_text="写明怎么办成的、看得见的结果是什么。")
    evidence = file_field("佐证材料", help_text="照片、文件、验收单等，没有的可不传。")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer_files(self, "evidence")

    def clean_done_on(self):
        return not_later(self.cleaned_data["done_on"], "落实日期")


class UrgeForm(ActForm):
    reason = text_field("催办内容", 200, 2, required=False, help_text="一两句话，承办单位看得到。")


class ReassignForm(ActForm):
    unit = forms.ModelChoiceField(label="改由哪个单位办理", queryset=Organization.objects.none())
    reason = text_field("理由", 500, 3)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units().exclude(pk=self.case.unit_id)


class ConvertForm(ActForm):
    target = forms.ChoiceField(label="转为", widget=forms.RadioSelect)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["target"].choices = conversions.offered()

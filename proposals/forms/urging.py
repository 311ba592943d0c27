"""Forms of 督: urging, letters, the life of a commitment, B 类转 A 类."""

from datetime import timedelta

from django import forms

from documents.models import Attachment
from members.models import Organization
from members.periods import today
from proposals.kinds import UrgeKind
from proposals.models import UrgeNotice
from workflow.forms import ActForm

CHOSEN = [(kind, UrgeKind(kind).label) for kind in UrgeKind.CHOSEN]
DAY = "%Y-%m-%d"
DAYS_TO_ANSWER = 10
MOST_LATER = 366 * 3  # a promise may be put off by three years at most


def day_field(**more) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format=DAY), **more)


class UrgeForm(ActForm):
    kind = forms.ChoiceField(
        label="方式", choices=CHOSEN, widget=forms.RadioSelect, initial=UrgeKind.URGE,
        help_text="已逾期的用“催办”；还没到期、先打招呼的用“提醒”。",
    )  # fmt: skip
    reason = forms.CharField(
        label="催办内容", max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="一两句话，承办单位和提案人都能看到。",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        """A letter that is being issued comes along as an object; from outside nothing but text can come."""
        super().__init__(*args, **kwargs)
        given = self.data.get("notice") if self.data else None
        self.notice = given if isinstance(given, UrgeNotice) else None
        if self.notice is not None:
            self.fields["kind"].choices = [(UrgeKind.NOTICE, UrgeKind.NOTICE.label)]
            self.fields["reason"].max_length = None
            self.fields["reason"].validators = []

    def clean(self):
        data = super().clean()
        data["notice"] = self.notice
        if self.notice is not None:
            data["reason"] = data.get("reason", "")[:200]
        return data

    def shown(self) -> list[list[str]]:
        pairs = super().shown()
        return [*pairs, ["文号", self.notice.number]] if self.notice is not None else pairs


class IssueForm(forms.Form):
    """督办通知书: in whose name, until when, and what is demanded besides."""

    issuer = forms.ModelChoiceField(label="发文单位", queryset=Organization.objects.none(), empty_label=None)
    required_on = day_field(label="要求办结日期")
    text = forms.CharField(
        label="督办要求", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="不填的，印“请高度重视，明确专人，抓紧与提案人联系，按程序办理、答复。”",
    )  # fmt: skip

    def __init__(self, *args, issuers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["issuer"].queryset = issuers
        self.fields["issuer"].initial = issuers.first()
        self.fields["required_on"].initial = today() + timedelta(days=DAYS_TO_ANSWER)

    def clean_required_on(self):
        day = self.cleaned_data["required_on"]
        if not today() < day <= today() + timedelta(days=MOST_LATER):
            raise forms.ValidationError("要求办结日期应晚于今天，且在三年以内，请改填。")
        return day


class ProgressForm(ActForm):
    on = day_field(label="日期", initial=today)
    content = forms.CharField(
        label="进展情况", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="写明做了什么、做到哪一步。提案人也能看到。",
    )  # fmt: skip

    def clean_on(self):
        return not_later_than_today(self.cleaned_data["on"])


class PostponeForm(ActForm):
    new_due_on = day_field(label="新的完成期限")
    reason = forms.CharField(
        label="延期理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="原定期限仍留在记录里。提案人和交办机构会收到通知。",
    )  # fmt: skip

    def clean_new_due_on(self):
        day, old = self.cleaned_data["new_due_on"], self.case.due_on
        if day <= today() or (old and day <= old):
            raise forms.ValidationError("新的期限应晚于今天和原来的期限，请改填。")
        if day > today() + timedelta(days=MOST_LATER):
            raise forms.ValidationError("新的期限最多推后三年，请改填。")
        return day


class ReportDoneForm(ActForm):
    done_on = day_field(label="完成日期", initial=today)
    result = forms.CharField(
        label="办结情况", max_length=1000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="写明怎么办成的、看得见的结果是什么。",
    )  # fmt: skip
    evidence = forms.ModelChoiceField(
        label="佐证材料", queryset=Attachment.objects.none(), required=False,
        help_text="照片、验收单等，没有的可不传。",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["evidence"].queryset = Attachment.objects.filter(uploaded_by=self.actor, subject_id__isnull=True)

    def clean_done_on(self):
        return not_later_than_today(self.cleaned_data["done_on"])


def not_later_than_today(day):
    if day > today():
        raise forms.ValidationError("日期不能晚于今天，请在办完以后再登记。")
    return day


class UrgeCommitmentForm(ActForm):
    reason = forms.CharField(
        label="催办内容", max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="一两句话，承办单位和提案人都能看到。",
    )  # fmt: skip


class ProposeUpgradeForm(ActForm):
    reason = forms.CharField(
        label="落实情况说明", max_length=500, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="写明承诺的事怎样办成的，提案人据此答复是否同意。",
    )  # fmt: skip

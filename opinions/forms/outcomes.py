"""The forms of what is heard of a report after it was issued."""

from django import forms
from django.utils import timezone

from documents.act_files import file_field, offer_files
from members.periods import today
from opinions.kinds import Level, Mode
from workflow.forms import ActForm

MONTHS_AHEAD = "日期不能晚于今天，请核对。"
ABOVE = [(level.value, level.label) for level in (Level.CITY, Level.PROVINCE, Level.NATIONAL)]


class DatedForm(ActForm):
    on = forms.DateField(label="日期", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    document = forms.CharField(
        label="文件、期号", max_length=80, required=False, help_text="如：《社情民意专报》第 12 期；没有的留空。"
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today()

    def clean_on(self):
        """A signed text may go up alone and be adopted there before the county prints it."""
        on = self.cleaned_data["on"]
        if on > today():
            raise forms.ValidationError(MONTHS_AHEAD)
        if on < (came := timezone.localdate(self.case.submitted_at)):
            raise forms.ValidationError(f"这条信息 {came:%Y-%m-%d} 才提交，日期不能更早，请核对。")
        return on


class ForwardForm(DatedForm):
    level = forms.ChoiceField(label="报送级别", choices=ABOVE)
    body = forms.CharField(label="报送单位", max_length=80, help_text="如：市政协信息处。")

    field_order = ["level", "body", "on", "document"]


class AdoptForm(DatedForm):
    level = forms.ChoiceField(label="采用级别", choices=Level.choices)
    mode = forms.ChoiceField(label="采用方式", choices=Mode.choices, widget=forms.RadioSelect, initial=Mode.SINGLE)
    body = forms.CharField(label="采用单位", max_length=80, help_text="如：市政协、省政协办公厅、县委办公室。")

    field_order = ["level", "body", "mode", "on", "document"]


class InstructForm(DatedForm):
    level = forms.ChoiceField(label="领导级别", choices=Level.choices)
    leader = forms.CharField(label="批示领导", max_length=60, help_text="姓名、职务，如：县长王某某。")
    text = forms.CharField(label="批示内容", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))

    file = file_field("批示扫描件（可不传）")

    field_order = ["level", "leader", "text", "on", "document", "file"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer_files(self, "file")

    def shown(self) -> list[list[str]]:
        """The words of a leader stand on the page of the case, not in the log."""
        return [pair for pair in super().shown() if pair[0] != "批示内容"]


class VoidForm(ActForm):
    outcome = forms.ChoiceField(label="作废哪一条")
    reason = forms.CharField(label="作废原因", max_length=200, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._rows = {f"{kind}-{row.pk}": row for kind, row in self._found()}
        self.fields["outcome"].choices = [(key, f"{row}（{row.on:%Y-%m-%d}）") for key, row in self._rows.items()]

    def _found(self):
        report = self.case
        for kind in ("forwardings", "adoptions", "instructions"):
            rows = getattr(report, kind).filter(voided_at__isnull=True)
            rows = rows.filter(by_issue=False) if kind == "adoptions" else rows
            yield from ((kind, row) for row in rows)

    def clean_outcome(self):
        return self._rows[self.cleaned_data["outcome"]]

    def shown(self) -> list[list[str]]:
        return [["作废", str(self.cleaned_data["outcome"])]]

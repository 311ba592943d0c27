"""Forms of 初选, 不予受理, 公示 and 公开, 调研."""

from django import forms
from django.utils import timezone

from documents.masking.finding import stands_in
from documents.masking.forms import KEEPABLE, MaskingFields, lines, masked_words
from documents.masking.texts import Rules
from grassroots.kinds import ADVICE, Category, Refusal
from grassroots.models.matter import TEXT_MAX, TITLE_MAX
from grassroots.releasing import draft_of, names_of
from members.periods import today
from workflow.forms import ActForm, WrittenField


def area(label: str, most: int, rows: int = 4, **more) -> forms.CharField:
    return WrittenField(label=label, max_length=most, rows=rows, strip=True, **more)


def day(label: str, **more) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


class SelectForm(ActForm):
    category = forms.ChoiceField(label="类别", choices=[("", "请选择"), *Category.choices])
    public_title = forms.CharField(
        label="公示用的标题", max_length=TITLE_MAX, required=False, help_text="原文另行保存，留空则用原文。"
    )
    public_text = area(
        "公示用的情况说明",
        TEXT_MAX,
        8,
        required=False,
        help_text="去掉姓名、电话和与事情无关的话。原文另行保存，留空则用原文。",
    )
    reason = area("说明", 300, 2, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["category"].initial = self.case.category
        self.fields["public_title"].initial = self.case.public_title or self.case.title
        self.fields["public_text"].initial = self.case.public_text or self.case.text


class DeclineForm(ActForm):
    refusal = forms.ChoiceField(label="不予受理的原因", choices=[("", "请选择"), *Refusal.choices])
    advice = area(
        "给提出人的答复", 500, required=False,
        help_text="说明原因，并写清可以到哪里反映。提出人凭查询码能看到。留空则用该原因的通用答复。",
    )  # fmt: skip

    def clean(self):
        data = super().clean()
        if not data.get("advice") and data.get("refusal"):
            data["advice"] = ADVICE[Refusal(data["refusal"])]
        return data


class ReleaseForm(MaskingFields, ActForm):
    """Sent empty, everything found is masked. Gives the `draft`."""

    single_only = ("keep", "also")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.names = names_of(self.case)
        found = draft_of(self.case, Rules(self.names)).choosable()[:KEEPABLE]
        offered = [find for find in found if not self.names_somebody(find.text)]
        self.offer(offered)

    def clean(self):
        data = super().clean()
        data["draft"] = self.draft(data)
        self.check_words(data, data["draft"])
        return data

    def draft(self, data: dict | None = None):
        """The text as it would be released by what is chosen."""
        data = data or {}
        keep = frozenset(text for text in data.get("keep") or () if not self.names_somebody(text))
        return draft_of(self.case, Rules(self.names, "", keep, lines(data.get("also"))))

    def names_somebody(self, text: str) -> bool:
        """Whether it holds a name that is never published, however that is spaced or in whatever address it stands."""
        return any(len(name) > 1 and stands_in(name, text) for name in self.names)

    def shown(self) -> list[list[str]]:
        """How much was masked, not what."""
        words = masked_words(self.cleaned_data["draft"])
        return [["遮去", words]] if words else []


class SurveyForm(ActForm):
    surveyed_on = day("调研日期", initial=today)
    surveyed_by = forms.CharField(label="参加调研的人", max_length=200, help_text="委员、村（社区）干部、有关单位等。")
    findings = area("调研情况", 2000, 8, help_text="现场是什么情况，各方有什么意见。公开时会遮去姓名和电话。")

    def clean_surveyed_on(self):
        return within(self.cleaned_data["surveyed_on"], "调研日期", self.case)


def within(on, what: str, matter):
    """Raises ValidationError for a day before the matter came in, or one that is still to come."""
    if on > today():
        raise forms.ValidationError(f"{what}不能晚于今天，请核对。")
    since = timezone.localdate(matter.received_at)
    if on < since:
        raise forms.ValidationError(f"{what}不能早于收到议题的日期（{since:%Y-%m-%d}），请核对。")
    return on

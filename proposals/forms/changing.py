"""Forms of 变更申请: asking, giving a view, deciding."""

import re

from django import forms
from django.core.exceptions import ValidationError

from proposals.rewording import text_of
from proposals.validators import SITUATION_MAX, SUGGESTION_MAX, SUGGESTIONS_MAX, TITLE_MAX
from workflow.forms import ActForm, WrittenField

BETWEEN = re.compile(r"\n[ \t　]*\n")


class SuggestionsField(forms.CharField):
    """The suggestions as a list of texts (the portal's page), or as one text with blank lines between (API)."""

    widget = forms.Textarea

    def to_python(self, value) -> list[str]:
        given = value if isinstance(value, (list, tuple)) else BETWEEN.split(_lines(value or ""))
        return [text for item in given if (text := _lines(str(item)).strip())]

    def validate(self, value: list[str]) -> None:
        if not value:
            raise ValidationError("请至少保留一条具体建议。")
        if len(value) > SUGGESTIONS_MAX:
            raise ValidationError(f"建议最多 {SUGGESTIONS_MAX} 条，现在有 {len(value)} 条，请合并几条。")
        for number, text in enumerate(value, start=1):
            if len(text) > SUGGESTION_MAX:
                raise ValidationError(f"第 {number} 条建议有 {len(text)} 字，最多 {SUGGESTION_MAX} 字，请缩短。")

    def run_validators(self, value: list[str]) -> None:
        if any("\x00" in text for text in value):
            raise ValidationError("文字里有不能保存的字符，请删去后重新输入。")


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


class AskAmendForm(ActForm):
    title = forms.CharField(label="案由", max_length=TITLE_MAX)
    situation = WrittenField(label="情况分析", max_length=SITUATION_MAX, rows=14)
    suggestions = SuggestionsField(label="具体建议", help_text="一条建议一段，两条之间空一行。")
    reason = forms.CharField(
        label="申请理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明为什么要改，提案委和联名人会看到。",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.now = text_of(self.case)
        as_text = {**self.now, "suggestions": "\n\n".join(BETWEEN.sub("\n", t) for t in self.now["suggestions"])}
        self.initial = {**as_text, **self.initial}

    def clean_situation(self):
        text = self.cleaned_data["situation"]
        if not text.strip():
            raise ValidationError("请填写情况分析。")
        return text

    def clean(self):
        data = super().clean()
        if not self.errors and {name: data[name] for name in self.now} == self.now:
            raise ValidationError("文字没有改动，不用申请。请改好以后再提交。")
        return data

    def changed_parts(self) -> str:
        return "、".join(str(self.fields[name].label) for name in self.now if self.cleaned_data[name] != self.now[name])

    def shown(self) -> list[list[str]]:
        """The difference itself stands with the request; the timeline names the parts."""
        return [["申请修改", self.changed_parts()]]


class AskWithdrawalForm(ActForm):
    reason = forms.CharField(
        label="撤案理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明为什么要撤案，提案委和联名人会看到。",
    )  # fmt: skip


class ViewForm(ActForm):
    agrees = forms.TypedChoiceField(
        label="您的意见", choices=[("true", "同意"), ("false", "不同意")], widget=forms.RadioSelect,
        coerce=lambda value: value == "true",
    )  # fmt: skip
    reason = forms.CharField(label="说明", max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def shown(self) -> list[list[str]]:
        return [["意见", "同意" if self.cleaned_data["agrees"] else "不同意"]]


class GrantForm(ActForm):
    reason = forms.CharField(label="决定说明", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class RefuseForm(ActForm):
    reason = forms.CharField(
        label="不同意的理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text="提案人会看到。"
    )

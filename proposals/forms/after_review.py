"""Forms of the acts around a decision: 分案, the answer to a merge, the unit's word on a 意见建议."""

from django import forms

from proposals.kinds import MergeAnswer
from proposals.models import Suggestion
from proposals.validators import SITUATION_MAX, TITLE_MAX
from workflow.forms import ActForm


class SplitForm(ActForm):
    suggestions = forms.ModelMultipleChoiceField(
        label="分出去的建议", queryset=Suggestion.objects.none(), widget=forms.CheckboxSelectMultiple,
        help_text="勾选属于另一件事的建议，至少给本案留一条。",
    )  # fmt: skip
    title = forms.CharField(label="分出提案的案由", max_length=TITLE_MAX)
    situation = forms.CharField(
        label="分出提案的情况分析", max_length=SITUATION_MAX, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="先带入本案的情况分析，请只留与分出的事有关的内容，不要添加提案人没有写的话。",
    )  # fmt: skip
    kept_title = forms.CharField(
        label="本案分案后的案由", max_length=TITLE_MAX, required=False, help_text="留空表示不改。"
    )
    reason = forms.CharField(label="分案理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["suggestions"].queryset = self.case.suggestions.all()
        self.fields["suggestions"].label_from_instance = lambda item: f"{item.position}. {item.text}"
        self.fields["situation"].initial = self.case.situation

    def clean_suggestions(self):
        chosen = self.cleaned_data["suggestions"]
        count = self.case.suggestions.count()
        if count < 2:
            raise forms.ValidationError("本案只有一条建议，不能分案。如一案多事，请退回提案人修改。")
        if len(chosen) == count:
            raise forms.ValidationError("建议不能全部分出去，请至少给本案留一条。")
        return chosen

    def shown(self) -> list[list[str]]:
        """Which went, not what they say: the log is for good, and either case may have to go offline."""
        places = "、".join(str(item.position) for item in self.cleaned_data["suggestions"])
        kept = self.cleaned_data["kept_title"]
        return [["分出去的建议", f"第 {places} 条"], *([["本案分案后的案由", kept]] if kept else [])]


class MergeAnswerForm(ActForm):
    answer = forms.ChoiceField(label="您的意见", choices=MergeAnswer.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="说明", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="有不同意见的必须说明，提案委会看到。",
    )  # fmt: skip

    def clean(self):
        data = super().clean()
        if data.get("answer") == MergeAnswer.OBJECT and not data.get("reason"):
            self.add_error("reason", "请说明不同意见，提案委会据此重新考虑。")
        return data


class AcknowledgeForm(ActForm):
    ADOPTED = (("adopted", "采用"), ("partly", "部分采用"), ("reference", "留作参考"), ("not_adopted", "未采用"))

    adopted = forms.ChoiceField(label="采用情况", choices=[("", "请选择"), *ADOPTED])
    reason = forms.CharField(
        label="给提案人的说明", max_length=500, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="写明研究和采用的情况，提案人会看到。",
    )  # fmt: skip

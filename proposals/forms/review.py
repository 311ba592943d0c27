"""Forms of the acts of 立: review and decision."""

from django import forms
from django.db.models import F

from members.models import Organization
from members.periods import today
from proposals.kinds import CategorySystem, Disposition, Recommendation
from proposals.models import Category, Proposal, RejectionReason, Suggestion
from proposals.states import ProposalState
from proposals.units import units_in_force
from proposals.validators import SITUATION_MAX, SUGGESTION_MAX, TITLE_MAX, UNITS_MAX
from workflow.forms import ActForm


def categories(system: str):
    return Category.objects.filter(system=system, active=True)


class CategoryForm(ActForm):
    """An act that may change the category: left blank, each case keeps its own."""

    helps_for_many = {"business_category": "留空则用各件现有类别。"}

    business_category = forms.ModelChoiceField(
        label="类别", queryset=Category.objects.none(), required=False, help_text="留空则用现有类别。"
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["business_category"].queryset = categories(CategorySystem.BUSINESS)
        self.fields["business_category"].initial = self.case.business_category

    def clean_business_category(self):
        chosen = self.cleaned_data["business_category"] or self.case.business_category
        if chosen is None:
            raise forms.ValidationError("这件提案还没有类别，请选择。")
        return chosen


def _polished_item(item: Suggestion) -> forms.CharField:
    return forms.CharField(
        label=f"第 {item.position} 条建议（可作文字润色）", max_length=SUGGESTION_MAX, required=False,
        initial=item.text, widget=forms.Textarea(attrs={"rows": 3}), help_text="留空表示不改。",
    )  # fmt: skip


class PreReviewForm(CategoryForm):
    single_only = ("title", "situation", "suggestion")
    helps_for_many = CategoryForm.helps_for_many | {
        "overall_category": "留空则用各件现有类别。",
        "units": f"最多 {UNITS_MAX} 个。不选则用各件提案人的建议。",
    }

    recommendation = forms.ChoiceField(label="初审建议", choices=[("", "请选择"), *Recommendation.choices])
    overall_category = forms.ModelChoiceField(
        label="五位一体类别", queryset=Category.objects.none(), required=False, help_text="留空则用现有类别。"
    )
    units = forms.ModelMultipleChoiceField(
        label="建议承办单位", queryset=Organization.objects.none(), required=False,
        help_text=f"最多 {UNITS_MAX} 个。不选则用提案人的建议。",
    )  # fmt: skip
    title = forms.CharField(
        label="案由（可作文字润色）", max_length=TITLE_MAX, required=False,
        help_text="润色不得改变提案人本意，原文留存并向提案人显示。留空表示不改。",
    )  # fmt: skip
    situation = forms.CharField(
        label="情况分析（可作文字润色）", max_length=SITUATION_MAX, required=False,
        widget=forms.Textarea(attrs={"rows": 8}), help_text="留空表示不改。",
    )  # fmt: skip
    reason = forms.CharField(label="初审意见", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    field_order = ["recommendation"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["overall_category"].queryset = categories(CategorySystem.OVERALL)
        self.fields["units"].queryset = units_in_force()
        self.fields["units"].initial = self._asked_for
        for name in ("overall_category", "title", "situation"):
            self.fields[name].initial = getattr(self.case, name)
        self.items = list(self.case.suggestions.all())
        for item in self.items:
            self.fields[f"suggestion_{item.position}"] = _polished_item(item)

    def clean(self):
        """`polished_suggestions`: the items whose wording differs. None is added, moved or taken away: that is the
        proposer's to decide."""
        data = super().clean()
        data["polished_suggestions"] = [item for item in self.items if self._is_polished(item, data)]
        return data

    def _is_polished(self, item: Suggestion, data: dict) -> bool:
        text = "\n".join((data.get(f"suggestion_{item.position}") or "").splitlines())
        if not text or text == item.text.strip():
            return False
        item.text = text
        return True

    def _asked_for(self) -> list[Organization]:
        """The units the proposer suggests, as far as they still exist."""
        return list(self.fields["units"].queryset.filter(pk__in=self.case.suggested_units.values("pk")))

    def clean_overall_category(self):
        return self.cleaned_data["overall_category"] or self.case.overall_category

    def clean_units(self):
        units = list(self.cleaned_data["units"])
        if len(units) > UNITS_MAX:
            raise forms.ValidationError(f"最多选择 {UNITS_MAX} 个单位，现在选了 {len(units)} 个。")
        return units or self._asked_for()


class FileForm(CategoryForm):
    reason = forms.CharField(label="说明", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class ReturnForm(ActForm):
    reason = forms.CharField(
        label="修改意见", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明要改什么，提案人会看到。",
    )  # fmt: skip
    change_due_on = forms.DateField(label="修改期限", widget=forms.DateInput(attrs={"type": "date"}), required=False)

    def clean_change_due_on(self):
        day = self.cleaned_data["change_due_on"]
        if day and day < today():
            raise forms.ValidationError("修改期限不能早于今天，请改填以后的日期。")
        return day


class RejectForm(ActForm):
    rejection_reason = forms.ModelChoiceField(label="不予立案情形", queryset=RejectionReason.objects.none())
    disposition = forms.ChoiceField(
        label="去向", choices=[("", "按情形的通常去向"), *((way, Disposition(way).label) for way in Disposition.CHOSEN)], required=False,
        help_text="留空则按所选情形括号里的通常去向办。内容涉密的请改用“转线下办理”，系统里的文字会一并清除。",
    )  # fmt: skip
    disposition_unit = forms.ModelChoiceField(
        label="转送单位", queryset=Organization.objects.none(), required=False,
        help_text="转意见建议时须填。",
    )  # fmt: skip
    reason = forms.CharField(label="给提案人的说明", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rejection_reason"].queryset = RejectionReason.objects.filter(active=True)
        self.fields["rejection_reason"].label_from_instance = lambda r: f"{r}（{r.get_default_disposition_display()}）"
        self.fields["disposition_unit"].queryset = units_in_force()

    def clean(self):
        data = super().clean()
        if reason := data.get("rejection_reason"):
            data["disposition"] = data.get("disposition") or reason.default_disposition
        if data.get("disposition") == Disposition.SUGGESTION and not data.get("disposition_unit"):
            self.add_error("disposition_unit", "转意见建议须选择转送单位。")
        return data


class MergeForm(ActForm):
    into = forms.ModelChoiceField(
        label="并入（主提案）", queryset=Proposal.objects.none(),
        help_text="只能并入同一届次已立案、未办结的提案；主提案已交办的，并案后不能撤销。",
    )  # fmt: skip
    reason = forms.CharField(label="并案理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        open_ones = Proposal.objects.visible_to(self.actor).filed()
        open_ones = open_ones.exclude(state=ProposalState.CLOSED).exclude(pk=self.case.pk)
        same = open_ones.filter(session=self.case.session).select_related("session__term")
        self.fields["into"].queryset = same.order_by(F("serial").asc(nulls_last=True), "receipt_number")
        self.fields["into"].label_from_instance = lambda p: f"{p.short_number} {p.title}"

    def shown(self) -> list[list[str]]:
        """The number alone: the main case's title is not this case's to keep."""
        return [["并入（主提案）", self.cleaned_data["into"].number]]

"""The writing page's fields. Nothing has to be complete here; what is missing is said before submitting."""

from django import forms
from django.forms import BaseFormSet, formset_factory

from members.models import Organization
from proposals.kinds import CategorySystem
from proposals.models import Category, Proposal
from proposals.units import units_in_force
from proposals.validators import SITUATION_MAX, SUGGESTION_MAX, SUGGESTIONS_MAX, TEXT_GUIDE, TITLE_MAX, UNITS_MAX
from workflow.forms import WrittenField

from .review import categories

PREFIX = "suggestions"
CONSENT = [("true", "同意公开"), ("false", "不同意公开")]


class UnitsField(forms.ModelMultipleChoiceField):
    """Check boxes in groups by line of command, so that sixty units can be looked through."""

    widget = forms.CheckboxSelectMultiple

    def grouped(self):
        return [(label, [(unit.pk, str(unit)) for unit in units]) for label, units in self.queryset.by_system()]


class DraftForm(forms.Form):
    title = forms.CharField(
        label="案由", max_length=TITLE_MAX, required=False,
        help_text="一句话说清要解决什么，如“关于加强校园周边交通管理的提案”。一件提案只写一件事。",
    )  # fmt: skip
    business_category = forms.ModelChoiceField(
        label="类别", queryset=Category.objects.none(), required=False, empty_label="请选择"
    )
    situation = WrittenField(
        label="情况分析", max_length=SITUATION_MAX, required=False, rows=14,
        help_text=f"写明现状、问题和原因。全文（连同建议）一般 800 字左右，不超过 {TEXT_GUIDE} 字。",
    )  # fmt: skip
    units = UnitsField(label="建议承办单位", queryset=Organization.objects.none(), required=False)
    no_secrets = forms.BooleanField(label="内容不含国家秘密和工作秘密", required=False)
    own_work = forms.BooleanField(label="系本人（本单位）调研撰写，没有过度使用人工智能", required=False)
    publish_consent = forms.TypedChoiceField(
        label="是否同意公开", choices=CONSENT, widget=forms.RadioSelect, required=False,
        coerce=lambda value: value == "true", empty_value=None,
        help_text="公开的内容是提案和答复，不含您的联系方式。",
    )  # fmt: skip
    publish_refusal = forms.CharField(
        label="不同意公开的理由", max_length=200, required=False, help_text="选“不同意公开”时填写。"
    )
    accepts_support = forms.BooleanField(
        label="允许其他委员附议", required=False,
        help_text="提交后、审定前，其他在任委员可以看到这件提案并附议，附议人列为联名人。",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["business_category"].queryset = categories(CategorySystem.BUSINESS)
        self.fields["units"].queryset = units_in_force()
        self.fields["units"].choices = self.fields["units"].grouped()

    def without_support(self) -> "DraftForm":
        """The committee does not let members 附议 here, or a collective proposes: nothing is asked or changed."""
        self.fields.pop("accepts_support")
        return self

    def clean_units(self):
        units = list(self.cleaned_data["units"])
        if len(units) > UNITS_MAX:
            raise forms.ValidationError(f"最多选 {UNITS_MAX} 个单位，现在选了 {len(units)} 个，请去掉几个。")
        return units


class SuggestionForm(forms.Form):
    text = WrittenField(label="建议内容", max_length=SUGGESTION_MAX, required=False, rows=3)


class _Suggestions(BaseFormSet):
    def texts(self) -> list[str]:
        """What was written, blank rows left out."""
        return [text for row in self.cleaned_data if (text := row.get("text", "").strip())]


Suggestions = formset_factory(
    SuggestionForm, formset=_Suggestions, extra=0, max_num=SUGGESTIONS_MAX, validate_max=True,
    absolute_max=SUGGESTIONS_MAX + 10,
)  # fmt: skip


def initial_of(proposal: Proposal) -> dict:
    """The draft as the form shows it."""
    consent = proposal.publish_consent
    return {
        "title": proposal.title,
        "situation": proposal.situation,
        "business_category": proposal.business_category_id,
        "units": [unit.pk for unit in proposal.suggested_units.all()],
        "no_secrets": proposal.no_secrets,
        "own_work": proposal.own_work,
        "publish_consent": None if consent is None else str(consent).lower(),
        "publish_refusal": proposal.publish_refusal,
        "accepts_support": proposal.accepts_support,
    }


def rows_of(proposal: Proposal) -> list[dict]:
    """The suggestions as the formset's initial rows; at least one, to write in."""
    return [{"text": s.text} for s in proposal.suggestions.all()] or [{"text": ""}]


def as_posted(proposal: Proposal) -> dict[str, list[str]]:
    """Field name → values as the page would send the stored draft: the other side of a conflict."""
    initial = initial_of(proposal)
    ticks = ("no_secrets", "own_work", *(("accepts_support",) if proposal.accepts_support else ()))
    posted = {name: ["on"] if initial[name] else [] for name in ticks}
    for name in ("title", "situation", "business_category", "publish_consent", "publish_refusal"):
        posted[name] = [] if initial[name] is None and name == "publish_consent" else [str(initial[name] or "")]
    posted["units"] = [str(pk) for pk in initial["units"]]
    rows = rows_of(proposal)
    posted[f"{PREFIX}-TOTAL_FORMS"] = [str(len(rows))]
    return posted | {f"{PREFIX}-{n}-text": [row["text"]] for n, row in enumerate(rows)}

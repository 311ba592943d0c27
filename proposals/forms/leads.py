"""Forms of 提案线索: bringing one, screening it, asking what became of it."""

from django import forms

from proposals.kinds import CategorySystem
from proposals.models import Category, DeclineReason
from workflow.forms import ActForm, WrittenField

from .review import categories

TITLE_MAX, DESCRIPTION_MAX = 50, 500
EXCLUDED = (
    "个人问题", "民事纠纷", "诉讼", "投诉", "举报", "信访", "组织人事", "国家秘密", "商业秘密和个人隐私", "超越本级事权",
)  # fmt: skip


class LeadForm(forms.Form):
    title = forms.CharField(label="标题", max_length=TITLE_MAX, help_text="一句话说清是什么事。一条线索只说一件事。")
    description = WrittenField(
        label="情况说明",
        max_length=DESCRIPTION_MAX,
        rows=8,
        help_text=f"不超过 {DESCRIPTION_MAX} 字。请不要写身份证号和电话。",
    )
    place = forms.CharField(label="乡镇（街道）或地点", max_length=50, required=False)
    contact = forms.CharField(
        label="联系方式",
        max_length=60,
        required=False,
        help_text="姓名、电话，只有提案委工作人员能看到，不公开、不给委员。",
    )
    is_public_matter = forms.BooleanField(label="我反映的是公共事务，不属于上面所列不征集的事项")

    def clean_description(self):
        text = self.cleaned_data["description"]
        if not text.strip():
            raise forms.ValidationError("请填写情况说明。")
        return text.strip()


class AskForm(forms.Form):
    receipt = forms.CharField(label="线索编号", max_length=20, help_text="如 XS2026-0001")
    code = forms.CharField(label="查询码", max_length=20, help_text="提交线索时给您的 10 位查询码。")


class OfferForm(ActForm):
    single_only = ("title", "description")

    title = forms.CharField(
        label="给委员看的标题", max_length=TITLE_MAX, required=False, help_text="原文另行保存。留空则用原文。"
    )
    description = WrittenField(
        label="给委员看的说明", max_length=DESCRIPTION_MAX, required=False, rows=8, help_text="留空则用原文。"
    )
    category = forms.ModelChoiceField(label="类别", queryset=Category.objects.none(), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = categories(CategorySystem.BUSINESS)
        self.fields["title"].initial = self.case.shown_title or self.case.title
        self.fields["description"].initial = self.case.shown_description or self.case.description


class DeclineForm(ActForm):
    decline_reason = forms.ChoiceField(label="不采用的原因", choices=[("", "请选择"), *DeclineReason.choices])
    reason = forms.CharField(
        label="给提供人的说明",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="提供人查询时能看到。",
    )


class RedirectForm(ActForm):
    channel = forms.CharField(label="转往", max_length=60, help_text="如：县信访局、12345 热线、社情民意信息。")
    reason = forms.CharField(
        label="给提供人的说明",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="提供人查询时能看到。",
    )

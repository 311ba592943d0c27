"""更正: what the head of 提案委 puts right in a case, each with its reason (design §4)."""

from django import forms

from proposals.correction_guards import contacts_to_void
from proposals.kinds import CategorySystem, Disclosure, ResultClass
from proposals.models import Category, Contact
from proposals.replies import reply_to_act_on
from proposals.validators import TITLE_MAX
from workflow.forms import ActForm

PUBLISHED = "这件提案正在网站公开，请先点“撤下公开”，更正以后再决定是否公开。"


class CorrectForm(ActForm):
    """One field of the case."""

    FIELDS = {
        "title": "案由", "business_category": "类别", "overall_category": "五位一体类别", "publish_consent": "提案人是否同意公开",
    }  # fmt: skip
    CONSENT = {"yes": "同意公开", "no": "不同意公开"}

    field = forms.ChoiceField(label="更正项目", choices=list(FIELDS.items()))
    text = forms.CharField(label="更正后的案由", max_length=TITLE_MAX, required=False)
    category = forms.ModelChoiceField(label="更正后的类别", queryset=Category.objects.none(), required=False)
    consent = forms.ChoiceField(
        label="更正后是否同意公开", choices=[("", "请选择"), *CONSENT.items()], required=False,
        help_text="以提案人的答复为准；在理由里写明何时、以什么方式征得。提案人会收到通知。",
    )  # fmt: skip
    reason = forms.CharField(label="更正理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = Category.objects.filter(active=True)

    def clean(self):
        data = super().clean()
        field = data.get("field")
        if field == "title" and not data.get("text"):
            self.add_error("text", "请填写更正后的案由。")
        if field in CategorySystem.FIELDS and not self._fits(field, data.get("category")):
            self.add_error("category", f"请选择一个{self.FIELDS[field]}。")
        if field == "publish_consent":
            self._check_consent(data.get("consent"))
        return data

    def _check_consent(self, consent: str | None) -> None:
        if not consent:
            self.add_error("consent", "请选择提案人同意公开还是不同意公开。")
        elif (consent == "yes") is self.case.publish_consent:
            self.add_error("consent", "与现在登记的相同，不需要更正。")
        elif consent == "no" and self.case.published_at:
            self.add_error("consent", PUBLISHED)

    @staticmethod
    def _fits(field: str, category: Category | None) -> bool:
        return category is not None and category.system == field.split("_", maxsplit=1)[0]


class CorrectReplyForm(ActForm):
    """The class and the 公开属性 of a reply that was sent; what it says stays as it was sent."""

    result_class = forms.ChoiceField(
        label="更正后的办理结果", choices=[("", "不改动"), *ResultClass.choices], required=False
    )
    disclosure = forms.ChoiceField(
        label="更正后的公开属性", choices=[("", "不改动"), *Disclosure.choices], required=False
    )
    reason = forms.CharField(
        label="更正理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明依据，例如承办单位的来函。提案人和承办单位会看到。",
    )  # fmt: skip

    def clean(self):
        data, reply = super().clean(), reply_to_act_on(self.case)
        for name in ("result_class", "disclosure"):
            if data.get(name) == getattr(reply, name):
                data[name] = ""
        if not data.get("result_class") and not data.get("disclosure") and not self.errors:
            self.add_error("result_class", "没有改动。请选择与现在不同的办理结果或公开属性。")
        if data.get("result_class"):
            self._check_class(data["result_class"], reply)
        if data.get("disclosure"):
            self._check_disclosure(data["disclosure"], reply)
        return data

    def _check_class(self, chosen: str, reply) -> None:
        if reply.upgraded_to or reply.upgrade_answer is not None:
            words = "已经转为 A 类" if reply.upgraded_to else "正在办理转为 A 类，请先决定转类申请"
            self.add_error("result_class", f"这份答复{words}，办理结果不能更正。")
        elif chosen == ResultClass.B and not reply.promised:
            self.add_error("result_class", "改为 B 类须有承诺事项，这份答复没有承诺事项，请选其他类别。")

    def _check_disclosure(self, chosen: str, reply) -> None:
        """What everybody may read is taken down first, and published again without it."""
        narrows = reply.disclosure in Disclosure.OPEN and chosen != Disclosure.PUBLIC
        if narrows and self.case.proposal.published_at:
            self.add_error("disclosure", PUBLISHED)


def _said(contact: Contact) -> str:
    return f"{contact.on:%Y-%m-%d} {contact.get_method_display()}（{contact.participants}）"


class VoidContactForm(ActForm):
    contact = forms.TypedChoiceField(label="作废哪一条面商记录", empty_value=None)
    reason = forms.CharField(
        label="作废理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明错在哪里。正确的情况请承办单位重新登记。",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        found, field = {str(one.pk): one for one in contacts_to_void(self.case)}, self.fields["contact"]
        field.choices = [("", "请选择"), *((key, _said(one)) for key, one in found.items())]
        field.coerce = found.get

    def shown(self) -> list[list[str]]:
        """Its day and its kind; who took part and what was agreed goes with the record."""
        contact = self.cleaned_data["contact"]
        return [["作废的面商记录", str(contact)]]

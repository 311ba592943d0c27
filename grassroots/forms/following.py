"""Forms of 交办, 落实, 反馈, 评价."""

from datetime import timedelta

from django import forms

from documents.models import Attachment
from documents.uploads import check_count
from grassroots import rights
from grassroots.attachments import SUBJECT
from grassroots.kinds import Progress, Verdict
from grassroots.models import Consensus
from grassroots.roles import KEEPERS, Role
from members.periods import today
from members.posts import posts_of
from workflow.forms import ActForm
from workflow.querysets import roles_among

from .screening import area, day

MOST_LATER = timedelta(days=366 * 3)


class ItemChoice(forms.ModelChoiceField):
    def label_from_instance(self, item: Consensus) -> str:
        return f"{item.position}．{item.text[:40]}（{item.who}，{item.due_on:%Y-%m-%d} 前）"


class AssignForm(ActForm):
    """In the first round everything agreed is handed out; later what is chosen begins again."""

    items = forms.ModelMultipleChoiceField(
        label="重新办理的要点", queryset=Consensus.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    due_on = day("新的完成期限")
    reason = area("交办要求", 500, 3, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.begins_again:
            del self.fields["items"], self.fields["due_on"]
            return
        self.fields["items"].queryset = self.case.items.select_related("unit")
        self.fields["items"].label_from_instance = lambda item: f"{item.position}．{item.text[:40]}（{item.who}）"

    @property
    def begins_again(self) -> bool:
        """Nothing is under way any more: the bringer was not satisfied with what was done."""
        if not hasattr(self, "_again"):
            self._again = self.case.round > 1 and not self.case.items.running().exists()
        return self._again

    def clean_due_on(self):
        return in_reach(self.cleaned_data["due_on"])


class ReportForm(ActForm):
    item = ItemChoice(label="哪一项共识要点", queryset=Consensus.objects.none(), empty_label="请选择")
    progress = forms.ChoiceField(label="落实情况", choices=Progress.choices, widget=forms.RadioSelect)
    text = area("措施和进展", 1000, 5, help_text="做了什么，到哪一步了。办不到的，写清原因和打算。")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = reportable(self.case, self.actor)


def reportable(matter, user):
    """A unit reports on its own; the room on what no unit with an account answers for, and for units on paper."""
    rows = matter.items.running().select_related("unit").order_by("pk")
    if roles_among(matter, {*KEEPERS, Role.HOUSE}):
        return rows
    return rows.filter(unit__in=rights.units(posts_of(user)))


class ExtendForm(ActForm):
    item = ItemChoice(label="哪一项共识要点", queryset=Consensus.objects.none(), empty_label="请选择")
    due_on = day("新的完成期限")
    reason = area("理由", 500, 3)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = self.case.items.running().select_related("unit").order_by("pk")

    def clean_due_on(self):
        return in_reach(self.cleaned_data["due_on"])


class AnswerForm(ActForm):
    answer = area(
        "给提出人的反馈", 1000, 6,
        help_text="用群众听得懂的话写：谈成了什么，做到了什么，没做到的怎么办。提出人凭查询码能看到，并据此评价。",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["answer"].initial = self.case.answer


class RateForm(ActForm):
    verdict = forms.ChoiceField(label="您对办理结果", choices=Verdict.choices, widget=forms.RadioSelect)
    text = area("您的意见", 500, 3, required=False, help_text="不满意的请写明原因，议事室会重新办理。")

    def clean(self):
        data = super().clean()
        if data.get("verdict") == Verdict.DISSATISFIED and not (data.get("text") or "").strip():
            self.add_error("text", "请写明哪里不满意，以便重新办理。")
        return data


class RateForForm(RateForm):
    reason = forms.CharField(label="怎样取得的评价", max_length=200, help_text="如：电话回访，某月某日上门。必填。")


class AddFileForm(ActForm):
    file = forms.ModelChoiceField(label="照片或附件", queryset=Attachment.objects.none())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].queryset = Attachment.objects.waiting_of(self.actor)

    def clean_file(self):
        """Raises ValidationError when the matter carries as many as it may."""
        check_count(SUBJECT, self.case.pk, adding=1)
        return self.cleaned_data["file"]


def in_reach(on):
    """Raises ValidationError for a date in the past, or more than three years off."""
    if sentence := out_of_reach(on):
        raise forms.ValidationError(sentence)
    return on


def out_of_reach(on) -> str:
    """What is wrong with a date until which something is to be done; "" where nothing is."""
    if on and on < today():
        return "完成期限不能早于今天，请改填。"
    return "完成期限最多三年，请核对年份。" if on and on > today() + MOST_LATER else ""

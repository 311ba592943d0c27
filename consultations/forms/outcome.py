"""Forms of the acts on an outcome."""

from django import forms

from consultations.kinds import Level
from consultations.models import Instruction, Recommendation
from consultations.models.item import TEXT_MAX
from consultations.roles import Role
from documents.act_files import file_field, offer_files
from members import county_leaders
from members.models import Organization, Person
from members.periods import today
from workflow.forms import ActForm
from workflow.querysets import roles_among

from .fields import ahead, day_field, not_later, text_field, units


class ItemForm(ActForm):
    text = text_field("建议", TEXT_MAX, 3, help_text="一条建议一件事，写得具体，能看出办没办成。")
    unit = forms.ModelChoiceField(label="由哪个单位办理", queryset=Organization.objects.none())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units()


class RemoveItemForm(ActForm):
    item = forms.ModelChoiceField(label="删去哪一条", queryset=Recommendation.objects.none(), empty_label=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = self.case.items.order_by("position")


class SendForm(ActForm):
    on = day_field("报送日期", initial=today)
    document_number = forms.CharField(label="文号", max_length=60)
    sent_to = forms.CharField(label="报送", max_length=200, initial="县委、县政府")
    copied_to = forms.CharField(label="抄送", max_length=200, required=False)
    answer_due_on = day_field("单位答复期限", required=False, help_text="不填的，按后台的期限规则计算。")
    file = file_field("印发件扫描件")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer_files(self, "file")

    def clean_on(self):
        return not_later(self.cleaned_data["on"], "报送日期")

    def clean(self):
        data = super().clean()
        if data.get("answer_due_on") and data.get("on") and data["answer_due_on"] <= data["on"]:
            self.add_error("answer_due_on", "答复期限要晚于报送日期，请改填。")
        return data

    def clean_answer_due_on(self):
        day = self.cleaned_data["answer_due_on"]
        return ahead(day, "单位答复期限") if day else None


OTHERS = "这里只能登记您本人的批示；县里其他领导的批示请交政协办公室登记。"


class InstructForm(ActForm):
    """A leader enters their own, and what came from above; those of the county's other leaders are entered by the committee or
    the office."""

    leader = forms.ModelChoiceField(label="批示领导", queryset=Person.objects.none(), required=False)
    leader_name = forms.CharField(
        label="批示人", max_length=60, required=False, help_text="不在名单里的（如市领导），写职务和姓名。"
    )
    level = forms.ChoiceField(label="层级", choices=Level.choices, initial=Level.COUNTY)
    text = text_field("批示内容", 1000, 4)
    on = day_field("批示日期", initial=today)
    file = file_field("批示扫描件")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["leader"].queryset = leaders = county_leaders.everybody()
        self.own_only = not roles_among(self.case, {Role.OFFICE, Role.LEAD})
        if self.own_only:
            self.fields["leader"].queryset = leaders.filter(pk=self.actor.person_id)
            self.fields["leader"].initial = self.actor.person_id
            self.fields["leader"].error_messages["invalid_choice"] = OTHERS
        self.fields["leader"].label_from_instance = county_leaders.named
        offer_files(self, "file")

    def clean_on(self):
        return not_later(self.cleaned_data["on"], "批示日期")

    def clean(self):
        data = super().clean()
        if data.get("leader"):
            data["leader_name"] = county_leaders.named(data["leader"])[:60]
        elif not data.get("leader_name") and "leader_name" not in self.errors:
            self.add_error("leader_name", "请选择批示领导，或者写明批示人。")
        elif self.own_only and self._is_of_the_county(data):
            self.add_error("leader_name", OTHERS)
        return data

    def shown(self) -> list[list[str]]:
        """The words of a leader stand with the outcome, from where they can be voided, not in the log."""
        return [pair for pair in super().shown() if pair[0] != "批示内容"]

    def _is_of_the_county(self, data: dict) -> bool:
        """Whether what was typed means a leader of this county."""
        name = data.get("leader_name", "")
        return data.get("level") == Level.COUNTY or any(one.name in name for one in county_leaders.everybody())


class VoidForm(ActForm):
    """A 批示 that was entered wrongly; the right one is entered anew."""

    instruction = forms.ModelChoiceField(
        label="作废哪一条批示登记", queryset=Instruction.objects.none(), empty_label=None
    )
    reason = text_field("作废原因", 200, 3, help_text="写错了的，作废以后请用“登记批示”重新登记。")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["instruction"].queryset = self.case.instructions.valid()

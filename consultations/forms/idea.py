"""Suggesting a topic, and what is decided about it."""

from django import forms

from consultations.kinds import Channel, Source
from consultations.models import Plan, Topic
from consultations.models.idea import REASON_MAX, TITLE_MAX
from consultations.states import PlanState
from members.models import Organization, OrganizationKind
from members.periods import today
from workflow.forms import ActForm

from .fields import text_field


class IdeaForm(forms.Form):
    """For the member, committee or unit itself."""

    title = forms.CharField(label="建议的议题", max_length=TITLE_MAX, help_text="一件事一个议题，写成一句话。")
    because = text_field(
        "理由和主要情况", REASON_MAX, 8, help_text="为什么要协商这件事，群众有哪些反映，希望解决什么。"
    )


class EnteredIdeaForm(IdeaForm):
    """For the office, which enters what came by letter, call or visit."""

    source = forms.ChoiceField(
        label="谁提出的", choices=Source.choices, widget=forms.RadioSelect, initial=Source.PUBLIC
    )
    channel = forms.ChoiceField(label="怎样收到的", choices=Channel.entered(), initial=Channel.LETTER)
    organization = forms.ModelChoiceField(
        label="提出单位", queryset=Organization.objects.none(), required=False, empty_label="不是单位提出的",
    )  # fmt: skip
    contributor = forms.CharField(
        label="提出人姓名", max_length=40, required=False, help_text="只在政协机关内部看得到。不要写电话、住址。"
    )
    field_order = ["source", "channel", "organization", "contributor", "title", "because"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = (OrganizationKind.COMMITTEE, OrganizationKind.UNIT, OrganizationKind.PARTY, OrganizationKind.PEOPLES)
        self.fields["organization"].queryset = Organization.objects.on(today()).of_kind(*kinds).order_by("pinyin", "pk")

    def clean(self):
        data = super().clean()
        wants_body = data.get("source") in (Source.COMMITTEE, Source.UNIT)
        if wants_body and not data.get("organization") and "organization" not in self.errors:
            self.add_error("organization", "请选择提出单位。")
        return data


class SelectForm(ActForm):
    """Into a topic that stands in the plan already; a new topic is made from its own page."""

    topic = forms.ModelChoiceField(label="并入哪个议题", queryset=Topic.objects.none())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topic"].queryset = Topic.objects.listed().filter(plan=self.case.plan).order_by("serial")


def open_plans():
    """Those that may still get suggestions: asked for by a call, or being drafted."""
    return Plan.objects.filter(state=PlanState.DRAFT).order_by("year")

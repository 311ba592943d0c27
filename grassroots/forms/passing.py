"""Forms of passing a matter up, down and onward."""

from django import forms

from grassroots.kinds import Onward
from grassroots.models import Venue
from members.models import Member, Person
from members.periods import today
from workflow.forms import ActForm

from .meeting import lower_venues
from .screening import area


class PassDownForm(ActForm):
    venue = forms.ModelChoiceField(label="转给哪个议事室", queryset=Venue.objects.none(), empty_label="请选择")
    reason = area("理由", 500, 3)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["venue"].queryset = lower_venues(self.case.venue).order_by("organization__order", "pk")


class MoveOnForm(ActForm):
    way = forms.ChoiceField(label="转为", choices=Onward.choices, widget=forms.RadioSelect)
    person = forms.ModelChoiceField(
        label="接办的委员", queryset=Person.objects.none(), empty_label="请选择",
        help_text="转为这位委员的草稿，由委员修改后自己提交。请先征得本人同意。",
    )  # fmt: skip
    suggestions = area("建议", 1000, 4, required=False, help_text="一行一条，供委员起草时用。")
    answer = area("给提出人的答复", 500, 3, help_text="说明转给谁、怎么办。提出人凭查询码能看到。")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        seats = Member.objects.in_office(today()).order_by().values("person_id")
        rows = Person.objects.filter(pk__in=seats, user__is_active=True)
        self.fields["person"].queryset = rows.order_by("pinyin", "pk")
        self.fields["suggestions"].initial = _agreed(self.case)


def _agreed(matter) -> str:
    texts = matter.items.order_by("pk").values_list("text", flat=True)
    return "\n".join(" ".join(text.split()) for text in texts)[:1000]

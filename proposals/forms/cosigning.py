"""Forms of 联名: inviting and answering."""

from datetime import timedelta

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format

from members.models import Member, Person
from members.periods import today
from proposals.states import ProposalState
from workflow.forms import ActForm

COSIGNING_DAYS, LONGEST_DAYS = 3, 60


class ClosingForm(ActForm):
    """Until when those invited may answer. Told once, the time is never brought forward."""

    closes_at = forms.DateTimeField(
        label="联名截止时间",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S%z"],
        help_text="到时由已同意的委员联名，提案自动提交。",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        closes = self.case.cosigning_closes or timezone.now() + timedelta(days=COSIGNING_DAYS)
        self.fields["closes_at"].initial = closes
        if self.case.receipt_number is None and timezone.now() <= self.case.session.window_closes:
            until = date_format(timezone.localtime(self.case.session.window_closes), "n月j日 H:i")
            self.fields["closes_at"].help_text += f"大会提案 {until} 截止，联名截止晚于它的，提案转为平时提案。"

    def clean_closes_at(self):
        closes, now = self.cleaned_data["closes_at"], timezone.now()
        if closes <= now:
            raise forms.ValidationError("截止时间须晚于现在，请改填。")
        if closes > now + timedelta(days=LONGEST_DAYS):
            raise forms.ValidationError(f"截止时间最多在 {LONGEST_DAYS} 天之内，请改填。")
        told = self.case.cosigning_closes if self.case.state == ProposalState.COSIGNING else None
        if told and closes < told.replace(second=0, microsecond=0):
            until = date_format(timezone.localtime(told), "n月j日 H:i")
            raise forms.ValidationError(
                f"已告知受邀委员 {until} 截止，只能延后，不能提前。想早些提交的，直接点“提交”。"
            )
        return max(closes, told) if told else closes


class ExtendForm(ClosingForm):
    """More time for those invited already."""

    def clean_closes_at(self):
        closes = super().clean_closes_at()
        if closes == self.case.cosigning_closes:
            raise forms.ValidationError("这就是现在的截止时间，请改填更晚的时间。")
        return closes


class InviteForm(ClosingForm):
    persons = forms.ModelMultipleChoiceField(
        label="邀请联名的委员", queryset=Person.objects.none(), help_text="已邀请、还没有答复的不必再选。"
    )
    field_order = ["persons", "closes_at"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["persons"].queryset = self._candidates()
        self.fields["persons"].label_from_instance = name_and_place
        self.fields["persons"].required = not self.case.cosignatures.open().exists()

    def _candidates(self):
        seated = Member.objects.in_office(today()).values("person_id")
        asked = self.case.cosignatures.values("person_id")
        people = Person.objects.filter(pk__in=seated).exclude(pk__in=asked)
        return people.exclude(pk=self.case.first_proposer_id)


def found_by(people, text: str):
    """Those whose name, pinyin, initials or sector is meant by the text."""
    in_sector = Member.objects.in_office(today()).filter(sector__name__icontains=text.strip())
    return people.filter(Q(pk__in=people.matching(text).values("pk")) | Q(pk__in=in_sector.values("person_id")))


def name_and_place(person: Person) -> str:
    """So that namesakes can be told apart: 王军（县教育局 科长）."""
    place = " ".join(filter(None, [person.employer, person.position]))
    return f"{person.name}（{place}）" if place else person.name


class AnswerInvitationForm(ActForm):
    reason = forms.CharField(label="附言", max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2}))

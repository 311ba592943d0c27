"""Forms of 联名: inviting and answering."""

from datetime import timedelta

from django import forms
from django.utils import timezone

from members.models import Member, Person
from members.periods import today
from workflow.forms import ActForm

COSIGNING_DAYS = 3


class InviteForm(ActForm):
    persons = forms.ModelMultipleChoiceField(
        label="邀请联名的委员", queryset=Person.objects.none(), help_text="已邀请、还没有答复的不必再选。"
    )
    closes_at = forms.DateTimeField(
        label="联名截止时间",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S%z"],
        help_text="到时由已同意的委员联名，提案自动提交。",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["persons"].queryset = self._candidates()
        self.fields["persons"].required = not self.case.cosignatures.open().exists()
        closes = self.case.cosigning_closes or timezone.now() + timedelta(days=COSIGNING_DAYS)
        self.fields["closes_at"].initial = closes

    def _candidates(self):
        seated = Member.objects.in_office(today()).values("person_id")
        asked = self.case.cosignatures.values("person_id")
        people = Person.objects.filter(pk__in=seated).exclude(pk__in=asked)
        return people.exclude(pk=self.case.first_proposer_id)

    def clean_closes_at(self):
        closes = self.cleaned_data["closes_at"]
        if closes <= timezone.now():
            raise forms.ValidationError("截止时间须晚于现在，请改填。")
        if closes > timezone.now() + timedelta(days=60):
            raise forms.ValidationError("截止时间最多在 60 天之内，请改填。")
        return closes


class AnswerInvitationForm(ActForm):
    reason = forms.CharField(
        label="附言（可不填）", max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

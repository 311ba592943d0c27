"""The filters of the list of reports, the same on the page and in the API."""

import django_filters as filters
from django.db.models import Q
from django.forms import HiddenInput

from members.periods import today
from opinions.kinds import Level, Urgency
from opinions.models import Adoption, Instruction, OpinionReport
from opinions.states import State

OVERDUE, SOON = "overdue", "open"
DUE = [(OVERDUE, "已超时限"), (SOON, "时限未到")]
INSTRUCTED = "instructed"
KEY = {"min_value": 1, "max_value": 2**31 - 1}
OUTCOMES = [*((level.value, f"{level.label}采用") for level in Level), (INSTRUCTED, "有批示")]


class ReportFilter(filters.FilterSet):
    q = filters.CharFilter(label="标题、正文里的词或编号", method="by_words", max_length=40)
    state = filters.ChoiceFilter(label="状态", choices=State.choices, empty_label="全部状态")
    urgency = filters.ChoiceFilter(label="紧急程度", choices=Urgency.choices, empty_label="不限")
    due = filters.ChoiceFilter(label="时限", choices=DUE, method="by_due", empty_label="不限")
    outcome = filters.ChoiceFilter(label="采用和批示", choices=OUTCOMES, method="by_outcome", empty_label="不限")
    year = filters.NumberFilter(
        label="年度", field_name="submitted_at", lookup_expr="year", min_value=2000, max_value=2100
    )

    # From the yearly list down to the rows behind a figure.
    author = filters.NumberFilter(label="反映人（人员编号）", method="by_author", widget=HiddenInput, **KEY)
    organization = filters.NumberFilter(label="反映单位（机构编号）", widget=HiddenInput, **KEY)

    class Meta:
        model = OpinionReport
        fields: list[str] = []

    def filter_queryset(self, queryset):
        """A year means what was received in it, as the yearly list counts; what was taken back is shown when asked for."""
        rows, asked = super().filter_queryset(queryset), self.form.cleaned_data
        return rows.received() if asked.get("year") and not asked.get("state") else rows

    def by_author(self, rows, name, value):
        """Own reports and those shared with others, as the yearly list counts them."""
        shared = OpinionReport.co_authors.through.objects.filter(person=int(value)).values("opinionreport")
        return rows.filter(Q(author=int(value), organization=None) | Q(pk__in=shared))

    def by_words(self, rows, name, value: str):
        return rows.matching(value, self.request.user)

    def by_due(self, rows, name, value: str):
        late = Q(due_on__lt=today())
        return rows.filter(late if value == OVERDUE else Q(due_on__gte=today()), state__in=State.UNDER_WAY)

    def by_outcome(self, rows, name, value: str):
        found = Instruction.objects.valid() if value == INSTRUCTED else Adoption.objects.valid().filter(level=value)
        return rows.with_outcome(found.reaching(), self.request.user)

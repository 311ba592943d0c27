"""The filter of 承诺事项, the same for the page, the API and the .xlsx."""

import django_filters as filters
from django.db.models import Q

from members import filter_choices
from members.models.organization import System
from members.periods import today
from proposals.commitment_states import CommitmentState
from proposals.models import Commitment

OVERDUE, THIS_MONTH, LIVE = "overdue", "month", "live"
DUES = [(LIVE, "未办结的"), (OVERDUE, "已逾期"), (THIS_MONTH, "本月到期")]
MADE = [choice for choice in CommitmentState.choices if choice[0] != CommitmentState.DRAFT]


class CommitmentFilter(filters.FilterSet):
    """`choices` are read once for the page and given in."""

    unit = filters.ChoiceFilter(label="责任单位", method="by_unit", empty_label="全部单位")
    year = filters.ChoiceFilter(label="答复年度", field_name="reply__sent_at__year", empty_label="全部年度")
    due = filters.ChoiceFilter(label="期限", choices=DUES, method="by_due", empty_label="不限")
    state = filters.ChoiceFilter(label="状态", choices=MADE, empty_label="全部状态")
    system = filters.ChoiceFilter(
        label="系统", field_name="owner__system", choices=System.choices, empty_label="各系统"
    )

    class Meta:
        model = Commitment
        fields: list[str] = []

    def __init__(self, *args, choices: dict, **kwargs):
        super().__init__(*args, **kwargs)
        filter_choices.give(self, choices)

    def by_unit(self, rows, name, value: str):
        """What the unit is to do, and what it promised for others."""
        return rows.filter(Q(owner_id=value) | Q(reply__assignment__unit_id=value))

    def by_due(self, rows, name, value: str):
        return due_rows(rows, value)


def due_rows(rows, value: str):
    day = today()
    if value == LIVE:
        return rows.live()
    if value == OVERDUE:
        return rows.overdue(day)
    return rows.live().filter(due_on__year=day.year, due_on__month=day.month)

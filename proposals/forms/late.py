"""The filter of 未按期 and of the units' overview; the same for the page, for urging all and for the .xlsx."""

from datetime import timedelta

import django_filters as filters
from django.db.models import Exists, F, OuterRef, Q

from members import filter_choices
from members.models.organization import System
from members.periods import today
from proposals.kinds import LateStep
from proposals.lateness import BLACK, RED, is_black, is_late, is_late_at_all
from proposals.models import Assignment, Urge
from proposals.states import AssignmentState

# The groups of the units' overview, each with its rows: a figure and the list behind it cannot disagree.
LATE, TO_SIGN, LATE_SIGN, IN_HAND, ALL_BLACK, URGED = "late", "to_sign", "late_sign", "in_hand", "black", "urged"
GROUPS = [
    (TO_SIGN, "待签收"), (LATE_SIGN, "逾期未签收"), (IN_HAND, "在办"), (LATE, "未按期"),
    (ALL_BLACK, "超过六个月未答复"), (URGED, "已催办"),
]  # fmt: skip
PROMISES = "commitment"
STEPS = [*LateStep.choices, (PROMISES, "承诺事项")]
LIGHTS = [(RED, "红（逾期）"), (BLACK, "黑（超过六个月）")]
DAYS = [("7", "7 天以上"), ("15", "15 天以上"), ("30", "30 天以上"), ("60", "60 天以上"), ("90", "90 天以上")]


def group(name: str) -> Q:
    """The open shares that a figure of the overview counts."""
    day = today()
    return {
        TO_SIGN: Q(state=AssignmentState.AWAITING_SIGN),
        LATE_SIGN: is_late(LateStep.SIGN, day),
        IN_HAND: Q(state__in=AssignmentState.OPEN) & ~Q(state=AssignmentState.AWAITING_SIGN),
        LATE: is_late_at_all(day),
        ALL_BLACK: is_black(day),
        URGED: Q(state__in=AssignmentState.OPEN) & Exists(Urge.objects.filter(assignment=OuterRef("pk"))),
    }[name]


class LateFilter(filters.FilterSet):
    """Rows come from `with_lateness`. `choices` are read once for the page and given in."""

    unit = filters.ChoiceFilter(label="承办单位", field_name="unit_id", empty_label="全部单位")
    system = filters.ChoiceFilter(
        label="系统", field_name="unit__system", choices=System.choices, empty_label="党委、政府各系统"
    )
    group = filters.ChoiceFilter(label="范围", choices=GROUPS, method="by_group", empty_label="未按期")
    step = filters.ChoiceFilter(label="逾期环节", choices=STEPS, method="by_step", empty_label="全部环节")
    light = filters.ChoiceFilter(label="亮灯", choices=LIGHTS, method="by_light", empty_label="红灯和黑灯")
    days = filters.ChoiceFilter(label="逾期天数", choices=DAYS, method="by_days", empty_label="不限")

    class Meta:
        model = Assignment
        fields: list[str] = []

    def __init__(self, *args, choices: dict, **kwargs):
        super().__init__(*args, **kwargs)
        filter_choices.give(self, choices)

    def filter_queryset(self, queryset):
        """未按期, unless another group is asked for."""
        rows = super().filter_queryset(queryset)
        if not self.form.cleaned_data.get("group"):
            rows = rows.filter(group(LATE))
        return rows.order_by(F("late_since").asc(nulls_last=True), "due_on", "pk")

    def by_group(self, rows, name, value: str):
        return rows.filter(group(value))

    def by_step(self, rows, name, value: str):
        return rows.none() if value == PROMISES else rows.filter(is_late(value, today()))

    def by_light(self, rows, name, value: str):
        return rows.filter(is_black=value == BLACK)

    def by_days(self, rows, name, value: str):
        return rows.filter(late_since__lte=today() - timedelta(days=int(value)))

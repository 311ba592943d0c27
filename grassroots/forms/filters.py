"""The filters of the lists."""

import django_filters as filters
from django.db.models import Q

from grassroots.kinds import Category, Level, Source, VenueKind
from grassroots.models import Matter, Venue
from grassroots.states import State
from members import filter_choices
from members.periods import today

LATE = "late"


class MatterFilter(filters.FilterSet):
    q = filters.CharFilter(label="编号、标题或情况里的词", method="by_words", max_length=40)
    state = filters.ChoiceFilter(
        label="状态", choices=[*State.choices, (LATE, "逾期未办")], method="by_state", empty_label="全部"
    )
    category = filters.ChoiceFilter(label="类别", choices=Category.choices, empty_label="不限")
    source = filters.ChoiceFilter(label="来源", choices=Source.choices, empty_label="不限")
    township = filters.ChoiceFilter(label="乡镇（街道）", method="by_township", empty_label="不限")

    class Meta:
        model = Matter
        fields: list[str] = []

    def __init__(self, *args, townships: list, **kwargs):
        super().__init__(*args, **kwargs)
        filter_choices.give(self, {"township": townships})

    def by_words(self, rows, name, value: str):
        return rows.matching(value)

    def by_state(self, rows, name, value: str):
        return rows.late(today()) if value == LATE else rows.filter(state=value)

    def by_township(self, rows, name, value: str):
        return (
            rows.filter(venue__township__isnull=True) if value == Level.COUNTY else rows.filter(venue__township=value)
        )


def townships() -> list[tuple[str, str]]:
    """The townships that have rooms, and the county's own."""
    rows = Venue.objects.exclude(township=None).order_by("township__order", "township_id")
    names = dict(rows.values_list("township_id", "township__name"))
    return [(Level.COUNTY.value, Level.COUNTY.label), *((str(pk), name) for pk, name in names.items())]


class VenueFilter(filters.FilterSet):
    q = filters.CharFilter(label="名称或地点里的词", method="by_words", max_length=40)
    kind = filters.ChoiceFilter(label="类型", choices=VenueKind.choices, empty_label="全部")
    level = filters.ChoiceFilter(label="层级", choices=Level.choices, empty_label="全部")

    class Meta:
        model = Venue
        fields: list[str] = []

    def by_words(self, rows, name, value: str):
        words = value.replace("\x00", "").split()[:5]
        for word in words:
            rows = rows.filter(
                Q(organization__name__icontains=word) | Q(place__icontains=word) | Q(township__name__icontains=word)
            )
        return rows

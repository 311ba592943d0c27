"""The filters of the lists of topics, suggestions and recommendations."""

import django_filters as filters
from django.db.models import Q

from consultations.kinds import Answer, Source
from consultations.models import Idea, Outcome, Recommendation, Topic
from consultations.roles import Role
from consultations.states import IdeaState, ItemState, TopicState
from members.filter_choices import give
from members.periods import today
from workflow.querysets import NEVER

MINE, LED, PUBLISHED, MET = "mine", "led", "published", "met"
INSTRUCTED = "instructed"
LATE, OPEN, DONE, ADOPTED = "late", "open", "done", "adopted"
LOOKS = [(OPEN, "还没办完"), (LATE, "已逾期"), (DONE, "已落实"), (ADOPTED, "采纳和部分采纳")]
SCOPES = {
    MINE: ("请我参加的", (Role.PARTICIPANT,)),
    LED: ("我负责的", (Role.LEAD, Role.LEADER, Role.OPERATOR, Role.UNIT_LEADER)),
}
TOPIC_STATES = [choice for choice in TopicState.choices if choice[0] != TopicState.DROPPED]


class YearFilter(filters.NumberFilter):
    def __init__(self, **options):
        super().__init__(label="年度", min_value=2000, max_value=2100, decimal_places=0, **options)


class TopicFilter(filters.FilterSet):
    q = filters.CharFilter(label="议题或说明里的词", method="by_words", max_length=40)
    year = YearFilter(field_name="year")
    state = filters.ChoiceFilter(label="进度", choices=TOPIC_STATES, empty_label="全部进度")
    scope = filters.ChoiceFilter(
        label="范围", choices=[(key, label) for key, (label, _roles) in SCOPES.items()], method="by_scope",
        empty_label="全部",
    )  # fmt: skip

    class Meta:
        model = Topic
        fields: list[str] = []

    def by_words(self, rows, name, value: str):
        return rows.matching(value)

    def by_scope(self, rows, name, value: str):
        clauses, mine = Topic.role_clauses(self.request.user), Q(pk__in=[])
        for role in SCOPES[value][1]:
            mine |= clauses[role] if clauses[role] != NEVER else Q(pk__in=[])
        return rows.filter(mine)


class PageTopicFilter(TopicFilter):
    """On the page the figures lead to the topics they count: those of issued plans, and beside a plan."""

    scope = filters.ChoiceFilter(
        label="范围", method="by_scope", empty_label="全部",
        choices=[*((key, label) for key, (label, _roles) in SCOPES.items()), (PUBLISHED, "已经公布的"), (MET, "已经协商的")],
    )  # fmt: skip

    def by_scope(self, rows, name, value: str):
        if value == MET:
            return rows.issued().met()
        return rows.issued() if value == PUBLISHED else super().by_scope(rows, name, value)


class OutcomeFilter(filters.FilterSet):
    """Of the outcomes that were sent."""

    q = filters.CharFilter(label="标题或议题里的词", method="by_words", max_length=40)
    year = YearFilter(field_name="topic__year")
    show = filters.ChoiceFilter(label="批示", choices=[(INSTRUCTED, "获批示的")], method="by_look", empty_label="全部")

    class Meta:
        model = Outcome
        fields: list[str] = []

    def by_words(self, rows, name, value: str):
        return rows.matching(value)

    def by_look(self, rows, name, value: str):
        return rows.filter(instruction_count__gt=0)


class IdeaFilter(filters.FilterSet):
    q = filters.CharFilter(label="议题或理由里的词", method="by_words", max_length=40)
    year = YearFilter(field_name="plan__year")
    state = filters.ChoiceFilter(label="状态", choices=IdeaState.choices, empty_label="全部状态")
    source = filters.ChoiceFilter(label="来源", choices=Source.choices, empty_label="全部来源")

    class Meta:
        model = Idea
        fields: list[str] = []

    def by_words(self, rows, name, value: str):
        return rows.matching(value)


class ItemFilter(filters.FilterSet):
    q = filters.CharFilter(label="建议或议题里的词", method="by_words", max_length=40)
    year = YearFilter(field_name="topic__year")
    show = filters.ChoiceFilter(label="落实", choices=LOOKS, method="by_look", empty_label="全部")
    state = filters.ChoiceFilter(label="状态", choices=ItemState.choices, empty_label="全部状态")
    answer = filters.ChoiceFilter(label="采纳情况", choices=Answer.choices, empty_label="不限")

    unit = filters.ChoiceFilter(label="承办单位", field_name="unit", empty_label="全部单位")
    kind = filters.ChoiceFilter(label="议题类别", field_name="topic__kind", empty_label="全部类别")

    class Meta:
        model = Recommendation
        fields: list[str] = []

    def __init__(self, *args, choices: dict | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        give(self, choices or {"unit": [], "kind": []})

    def by_words(self, rows, name, value: str):
        return rows.matching(value)

    def by_look(self, rows, name, value: str):
        if value == LATE:
            return rows.late(today())
        if value == ADOPTED:
            return rows.filter(answer__in=(Answer.ADOPTED, Answer.PARTLY))
        return rows.filter(state=ItemState.DONE) if value == DONE else rows.filter(state__in=ItemState.OPEN)


class ApiItemFilter(ItemFilter):
    """Programs name a unit and a kind by their keys."""

    unit = filters.NumberFilter(label="承办单位的编号", field_name="unit", decimal_places=0)
    kind = filters.NumberFilter(label="议题类别的编号", field_name="topic__kind", decimal_places=0)

    def __init__(self, *args, **kwargs):
        filters.FilterSet.__init__(self, *args, **kwargs)

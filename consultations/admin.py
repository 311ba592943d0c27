"""To look at: plans, suggestions, topics, outcomes, recommendations, and what belongs to them. The kinds of topics are kept here,
with their history."""

from django.contrib import admin
from django.db.models import Q
from django.forms import CheckboxSelectMultiple, ModelForm, MultipleChoiceField

from workflow.admin.exporting import Exported
from workflow.admin.filters import ChoiceFilter
from workflow.admin.reading import ReadOnlyAdmin
from workflow.admin.tracked import TrackedAdmin

from .kinds import Form, OutcomeKind
from .models import (
    Idea,
    Instruction,
    Meeting,
    Opinion,
    Outcome,
    Plan,
    PlanStep,
    Recommendation,
    Survey,
    Topic,
    TopicKind,
)  # fmt: skip
from .roles import Role, topic_clauses
from .states import IdeaState, ItemState, OpinionState, OutcomeState, PlanState, TopicState


class StateFilter(ChoiceFilter):
    title, parameter_name = "状态", "state"
    states = PlanState

    def choices_of(self, request):
        return self.states.choices


def _filter(states) -> type[StateFilter]:
    return type(f"{states.__name__}Filter", (StateFilter,), {"states": states})


class CaseReader(Exported, ReadOnlyAdmin):
    """Rows through `visible_to`; the acts are done on the portal's own pages."""

    ordering = ["-pk"]

    def get_queryset(self, request):
        return self.model.objects.for_list().visible_to(request.user).order_by("-pk")

    @admin.display(description="状态", ordering="state")
    def shown_state(self, one) -> str:
        return one.get_state_display()


@admin.register(Plan)
class PlanAdmin(CaseReader):
    export_list = "plans"
    list_display = ["__str__", "shown_state", "issued_on", "document_number"]
    list_filter = [_filter(PlanState)]
    search_fields = ["aim", "duties", "document_number"]
    search_help_text = "计划文字或文号里的词"
    fields = ["year", "shown_state", "call_until", "issued_on", "document_number", "issuers", "aim", "duties"]


@admin.register(Idea)
class IdeaAdmin(CaseReader):
    export_list = "ideas"
    list_display = ["title", "plan", "source", "from_whom", "shown_state", "entered_at"]
    list_filter = [_filter(IdeaState), "source"]
    search_fields = ["title", "because"]
    search_help_text = "议题或理由里的词"
    fields = [
        "title",
        "because",
        "plan",
        "source",
        "channel",
        "from_whom",
        "entered_by",
        "entered_at",
        "topic",
        "shown_state",
    ]

    @admin.display(description="提出者")
    def from_whom(self, one: Idea) -> str:
        return one.from_whom


@admin.register(Topic)
class TopicAdmin(CaseReader):
    export_list = "topics"
    list_display = ["number", "title", "kind", "form", "lead", "leader", "timing", "shown_state"]
    list_filter = [_filter(TopicState), "kind", "year"]
    search_fields = ["title", "background", "lead__name"]
    search_help_text = "议题、说明或承办专委会里的词"
    fields = [
        "title", "background", "year", "serial", "plan", "kind", "form", "month", "lead", "leader", "units", "attending",
        "shown_state", "scheme", "meets_on", "place", "notice_due_on", "notice_on", "materials_due_on", "materials_on",
        "mode", "opinions_until", "held_on", "reported_on", "fed_back_on", "closed_on",
    ]  # fmt: skip

    @admin.display(description="编号")
    def number(self, one: Topic) -> str:
        return one.number

    @admin.display(description="协商时间")
    def timing(self, one: Topic) -> str:
        return one.timing


@admin.register(Outcome)
class OutcomeAdmin(CaseReader):
    export_list = "outcomes"  # those that were sent
    list_display = ["title", "kind", "topic", "shown_state", "sent_on", "document_number"]
    list_filter = [_filter(OutcomeState), "kind"]
    search_fields = ["title", "topic__title", "document_number"]
    search_help_text = "标题、议题或文号里的词"
    fields = [
        "title",
        "kind",
        "topic",
        "shown_state",
        "signed_by",
        "signed_on",
        "sent_on",
        "sent_to",
        "document_number",
        "text",
    ]


@admin.register(Recommendation)
class RecommendationAdmin(CaseReader):
    export_list = "recommendations"  # those that were asked of a unit
    list_display = ["text", "unit", "topic", "shown_state", "answer", "due_on", "done_on"]
    list_filter = [_filter(ItemState), "answer"]
    search_fields = ["text", "topic__title", "unit__name"]
    search_help_text = "建议、议题或单位里的词"
    fields = [
        "text", "unit", "topic", "outcome", "shown_state", "asked_at", "answer_due_on", "answer", "answered_on", "measure",
        "due_on", "promised_on", "done_on", "result",
    ]  # fmt: skip


class OfCases(ReadOnlyAdmin):
    """Rows that belong to a case; seen by whoever sees the case (`parent`: the way to it)."""

    parent, parents = "topic", Topic

    def get_queryset(self, request):
        seen = self.parents.objects.visible_to(request.user).order_by().values("pk")
        return super().get_queryset(request).filter(**{f"{self.parent}__in": seen})


@admin.register(PlanStep)
class PlanStepAdmin(OfCases):
    parent, parents = "plan", Plan
    list_display = ["plan", "kind", "on", "document_number", "by", "at"]
    list_filter = ["kind", "on"]
    list_select_related = ["plan", "by__person"]
    search_fields = ["plan__year", "document_number", "note"]
    search_help_text = "年度、文号或说明里的词"
    ordering = ["-at", "-pk"]
    fields = ["plan", "kind", "on", "document_number", "note", "by", "at"]


@admin.register(Survey)
class SurveyAdmin(OfCases):
    list_display = ["topic", "first_day", "last_day", "places"]
    list_filter = ["first_day"]
    list_select_related = ["topic"]
    search_fields = ["topic__title", "places"]
    search_help_text = "议题或地点里的词"
    ordering = ["-first_day", "-pk"]
    fields = ["topic", "first_day", "last_day", "places", "team", "others", "findings"]


@admin.register(Meeting)
class MeetingAdmin(OfCases):
    list_display = ["topic", "form", "on", "place", "chair", "minutes_on", "minutes_number"]
    list_filter = ["form", "on"]
    list_select_related = ["topic"]
    search_fields = ["topic__title", "place", "minutes_number"]
    search_help_text = "议题、地点或纪要文号里的词"
    ordering = ["-on", "-pk"]
    fields = [
        "topic", "form", "on", "place", "chair", "present", "others", "absent", "summary", "minutes_due_on", "minutes_on",
        "minutes_number",
    ]  # fmt: skip


@admin.register(Instruction)
class InstructionAdmin(OfCases):
    parent, parents = "outcome", Outcome
    list_display = ["outcome", "leader_name", "level", "on", "voided_at"]
    list_filter = ["level", "on"]
    list_select_related = ["outcome"]
    search_fields = ["outcome__title", "leader_name"]
    search_help_text = "成果或批示人"
    ordering = ["-on", "-pk"]
    fields = ["outcome", "leader_name", "level", "on", "text", "voided_at", "void_reason"]

    def get_queryset(self, request):
        """What was entered wrongly is seen by those who keep the record."""
        clauses = topic_clauses(request.user, Topic)
        kept = Topic.objects.filter(clauses[Role.OFFICE] | clauses[Role.LEAD]).order_by().values("pk")
        return super().get_queryset(request).filter(Q(voided_at=None) | Q(outcome__topic__in=kept))


@admin.register(Opinion)
class OpinionAdmin(ReadOnlyAdmin):
    """Submitted ones. A name that was promised not to be shown is shown and found on no list here."""

    list_display = ["topic", "who", "heading", "submitted_at"]
    list_filter = ["submitted_at"]
    search_fields = ["topic__title", "heading", "text"]
    search_help_text = "议题、归类或意见里的词"
    ordering = ["-submitted_at", "-pk"]
    fields = ["topic", "who", "heading", "text", "submitted_at"]

    def get_queryset(self, request):
        rows = Opinion.objects.for_list().visible_to(request.user)
        return rows.filter(state=OpinionState.SUBMITTED).order_by("-submitted_at", "-pk")

    @admin.display(description="委员")
    def who(self, one: Opinion) -> str:
        return "一位委员" if one.topic.is_anonymous else str(one.person)


class KindForm(ModelForm):
    forms = MultipleChoiceField(label="可用的协商形式", choices=Form.choices, widget=CheckboxSelectMultiple)
    outcomes = MultipleChoiceField(label="可用的成果形式", choices=OutcomeKind.choices, widget=CheckboxSelectMultiple)

    class Meta:
        model = TopicKind
        fields = ["name", "forms", "outcomes", "needs_plan", "needs_meeting", "order", "is_active"]


@admin.register(TopicKind)
class TopicKindAdmin(TrackedAdmin):
    form = KindForm
    list_display = ["name", "form_names", "needs_plan", "needs_meeting", "is_active", "order"]
    fields = ["name", "forms", "outcomes", "needs_plan", "needs_meeting", "order", "is_active"]

    readonly_fields = ["form_names", "outcome_names"]

    def get_fields(self, request, obj=None):
        """Who only looks reads the names, not the codes."""
        if self.has_change_permission(request, obj):
            return self.fields
        return ["name", "form_names", "outcome_names", *self.fields[3:]]

    @admin.display(description="可用的协商形式")
    def form_names(self, one: TopicKind) -> str:
        return one.form_labels

    @admin.display(description="可用的成果形式")
    def outcome_names(self, one: TopicKind) -> str:
        return one.outcome_labels

"""Lists, single rows and acts; a member's opinion is stored by PUT, a suggestion made by POST."""

from django.db.models import QuerySet
from django.db.models.functions import Coalesce, Greatest
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from consultations import drafting, opening
from consultations.forms.idea import IdeaForm, open_plans
from consultations.models import Idea, Opinion, Outcome, Plan, Recommendation, Topic
from members.periods import today
from workflow.api.cases import ACT, DO_IT, CaseViewSet
from workflow.api.serializers import ACT_BODY
from workflow.api.syncing import Synced
from workflow.errors import Invalid, Refused
from xiping_cppcc.api.problems import Problem

from . import details, filters
from .shapes import (
    ConsultOpinionSerializer,
    ConsultOutcomeSerializer,
    IdeaSerializer,
    NewIdeaSerializer,
    OpinionTextSerializer,
    PlanSerializer,
    RecommendationSerializer,
    TopicSerializer,
)


class Cases(Synced, CaseViewSet):
    """What the six kinds have in common."""

    model: type = Topic
    ordering: tuple[str, ...] = ("-pk",)

    def shown_whole(self, row) -> dict:
        """One row; kinds that hold more than their list shows give it here."""
        return self.serializer_class(row).data

    def get_queryset(self) -> QuerySet:
        if getattr(self, "swagger_fake_view", False):
            return self.model.objects.none()
        user = self.request.user
        return self.rows().visible_to(user).with_roles_of(user).order_by(*self.ordering)

    def rows(self):
        return self.model.objects.for_list()

    def shown(self, pk: int) -> dict | None:
        row = self.get_queryset().filter(pk=pk).first()
        return self.shown_whole(row) if row else None

    def list(self, request):
        return self.page_of(self.filter_queryset(self.get_queryset()))


def documented(name: str, listed: str, one: str, serializer):
    """Class decorator: the summaries of the document, which each kind has in words of its own; `serializer` shows one."""

    def decorate(view):
        def list_(self, request):
            return Cases.list(self, request)

        def retrieve(self, request, id):
            return CaseViewSet.retrieve(self, request, id)

        def act(self, request, id, act):
            return CaseViewSet.act(self, request, id, act)

        doing = {
            "summary": DO_IT, "parameters": [ACT], "request": {"application/json": ACT_BODY},
            "responses": {200: serializer, 204: None},
        }  # fmt: skip
        view.list = extend_schema(operation_id=f"{name}_list", summary=listed)(list_)
        view.retrieve = extend_schema(operation_id=f"{name}_retrieve", summary=one, responses=serializer)(retrieve)
        view.act = extend_schema(**doing)(act)
        return view

    return decorate


@documented("consultation_plans", "年度协商计划列表", "一年的协商计划", PlanSerializer)
class Plans(Cases):
    model, process_name, route, serializer_class = Plan, "consult_plan", "consultation-plan", PlanSerializer
    filterset_class = filters.SyncedPlanFilter
    ordering = ("-year", "-pk")


@documented("topics", "协商议题列表", "一个协商议题", details.TopicDetailSerializer)
class Topics(Cases):
    model, process_name, route, serializer_class = Topic, "topic", "topic", TopicSerializer
    filterset_class, changed_field = filters.SyncedTopicFilter, "moved_at"
    ordering = ("-year", "serial")

    def rows(self):
        """A topic is there for most of its readers, and called otherwise, from the act that issues its plan."""
        of_plan = Coalesce("plan__changed_at", "changed_at")
        return super().rows().annotate(moved_at=Greatest("changed_at", of_plan))

    def shown_whole(self, row) -> dict:
        return details.topic(row, self.request.user)

    @extend_schema(
        operation_id="topics_opinion", summary="保存本人对议题的意见（草稿）", request=OpinionTextSerializer,
        responses=ConsultOpinionSerializer,
    )  # fmt: skip
    def opinion(self, request, id):
        topic, given = self.case(id), OpinionTextSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        try:
            drafting.save_opinion(
                topic, request.user, given.validated_data["text"], given.validated_data.get("version")
            )
        except Refused as refused:
            if refused.code == drafting.STALE:
                raise Problem("version_mismatch") from None
            raise
        return Response(ConsultOpinionSerializer(drafting.opinion_of(self.case(id), request.user)).data)


@documented("topic_ideas", "征集的议题列表", "一条征集的议题", IdeaSerializer)
class Ideas(Cases):
    model, process_name, route, serializer_class = Idea, "consult_idea", "topic-idea", IdeaSerializer
    filterset_class = filters.SyncedIdeaFilter

    @extend_schema(
        operation_id="topic_ideas_create",
        summary="提出议题",
        request=NewIdeaSerializer,
        responses={201: IdeaSerializer},
    )
    def create(self, request):
        given = NewIdeaSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        form = IdeaForm(given.validated_data)
        if not form.is_valid():
            raise Invalid(form)
        plan = Plan.objects.collecting(today()).order_by("year").first() or open_plans().last()
        if plan is None:
            raise Refused("现在没有在征集议题的年度计划。", "政协办公室发出征集通知以后再提出。", code="no_call")
        idea = opening.suggest(request.user, plan, form.cleaned_data)
        return Response(self.shown(idea.pk), status=201)


@documented("consultation_opinions", "委员意见列表", "一份委员意见", ConsultOpinionSerializer)
class Opinions(Cases):
    model, process_name, route, serializer_class = (
        Opinion,
        "consult_opinion",
        "consultation-opinion",
        ConsultOpinionSerializer,
    )
    filterset_class, changed_field = filters.OfTopicFilter, "topic__changed_at"


@documented("outcomes", "协商成果列表", "一份协商成果", details.OutcomeDetailSerializer)
class Outcomes(Cases):
    model, process_name, route, serializer_class = Outcome, "outcome", "outcome", ConsultOutcomeSerializer
    filterset_class, changed_field = filters.OfTopicFilter, "topic__changed_at"

    def shown_whole(self, row) -> dict:
        return details.outcome(row, self.request.user)


@documented("recommendations", "协商建议列表（跟踪问效）", "一条协商建议", details.RecommendationDetailSerializer)
class Recommendations(Cases):
    model, process_name, route = Recommendation, "recommendation", "recommendation"
    serializer_class, filterset_class = RecommendationSerializer, filters.SyncedItemFilter
    changed_field = "topic__changed_at"
    ordering = ("-topic__year", "topic__serial", "position", "pk")

    def shown_whole(self, row) -> dict:
        return details.recommendation(row, self.request.user)

"""Matters and rooms in the API: what one sees, bringing one's own, the acts. Citizens use the public pages."""

import secrets

import django_filters as filters
from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from members.periods import today
from members.posts import posts_of
from workflow.api.bodies import form_data
from workflow.api.cases import ACT, DO_IT, CaseViewSet
from workflow.api.serializers import ACT_BODY
from workflow.api.syncing import MomentFilter, Synced
from workflow.errors import NotAllowed, NotFound
from xiping_cppcc.api.conditions import etag
from xiping_cppcc.api.problems import Problem
from xiping_cppcc.api.views import ApiViewSet

from . import bringing, rights
from .api_detail import MatterDetailSerializer, detail
from .api_rows import MatterSerializer, VenueSerializer
from .forms.bringing import InsideForm
from .kinds import Category, Level, Source, VenueKind
from .models import Consensus, Matter, Venue
from .states import State
from .venues import hosts_of, with_holders

BRING_BODY = {
    "type": "object", "required": ["venue", "source", "title", "text"], "additionalProperties": False,
    "properties": {
        "venue": {"type": "integer", "description": "议事室编号，见 GET venues/"},
        "source": {"type": "string", "enum": ["member", "authority"], "description": "member 本人作为委员，authority 本单位"},
        "title": {"type": "string", "maxLength": 50}, "text": {"type": "string", "maxLength": 800},
        "place": {"type": "string", "maxLength": 60},
    },
}  # fmt: skip


class MatterApiFilter(filters.FilterSet):
    q = filters.CharFilter(label="编号、标题或情况里的词", method="by_words", max_length=40)
    state = filters.ChoiceFilter(choices=State.choices, label="状态")
    category = filters.ChoiceFilter(choices=Category.choices, label="类别")
    changed_since = MomentFilter(field_name="changed_at")
    late = filters.BooleanFilter(method="by_date", label="true 只要逾期未办的")

    class Meta:
        model = Matter
        fields: list[str] = []

    def by_words(self, rows, name, value: str):
        return rows.matching(value)

    def by_date(self, rows, name, value: bool):
        return rows.late(today()) if value else rows.exclude(pk__in=rows.late(today()).order_by().values("pk"))


class Matters(Synced, CaseViewSet):
    process_name = "matter"
    route = "matter"
    serializer_class = MatterSerializer
    filterset_class = MatterApiFilter
    versioned = ("retrieve", "transitions", "act", "create")

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return Matter.objects.none()
        user = self.request.user
        rows = Matter.objects.visible_to(user).with_roles_of(user).for_list().order_by("-pk")
        return rows.prefetch_related(
            Prefetch("items", Consensus.objects.with_is_reported()), "items__unit", "items__meeting", "ratings"
        )

    def shown(self, pk: int) -> dict | None:
        return detail(pk, self.request.user)

    def rows_shown(self, rows: list[Matter]) -> list[dict]:
        return MatterSerializer(with_holders(rows), many=True).data

    @extend_schema(operation_id="matters_list", summary="协商议题列表：本人能看到的")
    def list(self, request):
        return self.page_of(self.filter_queryset(self.get_queryset()))

    @extend_schema(operation_id="matters_retrieve", summary="一件协商议题", responses=MatterDetailSerializer)
    def retrieve(self, request, id):
        return super().retrieve(request, id)

    @extend_schema(
        operation_id="matters_create", summary="提交协商议题", request={"application/json": BRING_BODY},
        responses={201: MatterDetailSerializer},
    )  # fmt: skip
    def create(self, request):
        """Only one's own: a citizen's query code is told once and kept nowhere, so not in a kept answer either."""
        posts = posts_of(request.user)
        if not rights.may_bring(posts):
            raise NotAllowed("您的账号不能提交协商议题。", "请到公开的“有事好商量”页面提交。")
        form = InsideForm(posts=posts)
        fields = {name: field for name, field in form.fields.items() if not name.startswith("contact")}
        form = InsideForm(form_data(request.data, fields), posts=posts)
        form.fields["source"].choices = [pair for pair in form.fields["source"].choices if pair[0] != Source.CITIZEN]
        if not form.is_valid():
            raise Problem(
                "invalid", errors=[{"pointer": f"/{name}", "detail": e[0]} for name, e in form.errors.items()]
            )
        data = form.cleaned_data
        taken = bringing.take(data["venue"], data, secrets.token_urlsafe(16), request.user, data["source"])
        body = self.shown(taken.matter.pk)
        # Where it lies: by this a kept answer is found and forgotten when the matter goes offline.
        headers = {"ETag": etag(body["version"]), "Location": f"{request.path}{taken.matter.pk}/"}
        return Response(body, status=201, headers=headers)

    @extend_schema(
        summary=DO_IT, parameters=[ACT], request={"application/json": ACT_BODY},
        responses={200: MatterDetailSerializer, 204: None},
    )  # fmt: skip
    def act(self, request, id, act):
        return super().act(request, id, act)


class VenueApiFilter(filters.FilterSet):
    level = filters.ChoiceFilter(choices=Level.choices, label="层级")
    kind = filters.ChoiceFilter(choices=VenueKind.choices, label="类型")

    class Meta:
        model = Venue
        fields: list[str] = []


class Venues(ApiViewSet):
    serializer_class = VenueSerializer
    filterset_class = VenueApiFilter
    lookup_url_kwarg = "id"

    def get_queryset(self):
        return Venue.objects.open().for_list().order_by("organization__order", "pk")

    @staticmethod
    def _shown(rows: list[Venue]) -> list[dict]:
        hosts = hosts_of(rows)
        for row in rows:
            row.hosts = hosts.get(row.pk, [])
        return VenueSerializer(rows, many=True).data

    @extend_schema(operation_id="venues_list", summary="议事室列表")
    def list(self, request):
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self._shown(page))

    @extend_schema(operation_id="venues_retrieve", summary="一个议事室")
    def retrieve(self, request, id):
        row = self.get_queryset().filter(pk=id).first()
        if row is None:
            raise NotFound
        return Response(self._shown([row])[0])

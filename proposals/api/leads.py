"""Leads: what is offered to members; `use` starts a draft. The committee screens by the other acts."""

from drf_spectacular.utils import extend_schema

from proposals.models import Lead
from workflow.api.cases import ACT, DO_IT, CaseViewSet
from workflow.api.serializers import ACT_BODY

from .filters import LeadFilter
from .rows import LeadRowSerializer, lead_row


class Leads(CaseViewSet):
    process_name = "lead"
    route = "lead"
    serializer_class = LeadRowSerializer
    filterset_class = LeadFilter

    def get_queryset(self):
        user = self.request.user
        return (
            Lead.objects.visible_to(user)
            .with_roles_of(user)
            .for_list()
            .order_by("-pk")
            .prefetch_related("uses__proposal")
        )

    def shown(self, pk: int) -> dict | None:
        row = self.get_queryset().filter(pk=pk).first()
        return lead_row(row, self.request.user) if row else None

    @extend_schema(operation_id="leads_list", summary="提案线索列表")
    def list(self, request):
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response([lead_row(row, request.user) for row in page])

    @extend_schema(operation_id="leads_retrieve", summary="一条提案线索")
    def retrieve(self, request, id):
        return super().retrieve(request, id)

    @extend_schema(
        summary=DO_IT, parameters=[ACT], request={"application/json": ACT_BODY},
        responses={200: LeadRowSerializer, 204: None},
    )  # fmt: skip
    def act(self, request, id, act):
        return super().act(request, id, act)

"""Commitments across years: what the units promised, where it stands, and the acts that lead it to its end."""

from drf_spectacular.utils import extend_schema

from proposals.models import Commitment
from workflow.api.cases import ACT, DO_IT, CaseViewSet
from workflow.api.serializers import ACT_BODY

from .filters import ApiCommitmentFilter
from .rows import CommitmentRowSerializer, commitment_row


class Commitments(CaseViewSet):
    process_name = "commitment"
    route = "commitment"
    serializer_class = CommitmentRowSerializer
    filterset_class = ApiCommitmentFilter

    def get_queryset(self):
        user = self.request.user
        rows = Commitment.objects.visible_to(user).with_roles_of(user).for_list()
        return rows.order_by("due_on", "pk").prefetch_related("notes")

    def shown(self, pk: int) -> dict | None:
        row = self.get_queryset().filter(pk=pk).first()
        return commitment_row(row, self.request.user) if row else None

    @extend_schema(operation_id="commitments_list", summary="承诺事项列表")
    def list(self, request):
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response([commitment_row(row, request.user) for row in page])

    @extend_schema(operation_id="commitments_retrieve", summary="一项承诺")
    def retrieve(self, request, id):
        return super().retrieve(request, id)

    @extend_schema(
        summary=DO_IT, parameters=[ACT], request={"application/json": ACT_BODY},
        responses={200: CommitmentRowSerializer, 204: None},
    )  # fmt: skip
    def act(self, request, id, act):
        return super().act(request, id, act)

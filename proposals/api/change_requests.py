"""Requests to change a text after submission or to withdraw a filed case: reading and deciding them.

Asking is an act of the proposal (`ask_amend`, `ask_withdrawal`).
"""

from drf_spectacular.utils import extend_schema

from proposals.models import ChangeRequest
from workflow.api.cases import ACT, DO_IT, CaseViewSet
from workflow.api.serializers import ACT_BODY

from .filters import ChangeRequestFilter
from .rows import ChangeRequestRowSerializer, change_request_row


class ChangeRequests(CaseViewSet):
    process_name = "change_request"
    route = "change-request"
    serializer_class = ChangeRequestRowSerializer
    filterset_class = ChangeRequestFilter

    def get_queryset(self):
        user = self.request.user
        return ChangeRequest.objects.visible_to(user).with_roles_of(user).for_list().order_by("-pk")

    def shown(self, pk: int) -> dict | None:
        row = self.get_queryset().filter(pk=pk).first()
        return change_request_row(row, self.request.user) if row else None

    @extend_schema(operation_id="change_requests_list", summary="变更申请列表")
    def list(self, request):
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response([change_request_row(row, request.user) for row in page])

    @extend_schema(operation_id="change_requests_retrieve", summary="一份变更申请")
    def retrieve(self, request, id):
        return super().retrieve(request, id)

    @extend_schema(
        summary=DO_IT, parameters=[ACT], request={"application/json": ACT_BODY},
        responses={200: ChangeRequestRowSerializer, 204: None},
    )  # fmt: skip
    def act(self, request, id, act):
        return super().act(request, id, act)

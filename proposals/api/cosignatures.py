"""Co-signatures: invitations received and sent, answering them."""

from drf_spectacular.utils import extend_schema

from proposals.models import Cosignature
from workflow.api.cases import ACT, DO_IT, CaseViewSet
from workflow.api.serializers import ACT_BODY

from .filters import CosignatureFilter
from .rows import CosignatureRowSerializer, cosignature_row


class Cosignatures(CaseViewSet):
    process_name = "cosignature"
    route = "cosignature"
    serializer_class = CosignatureRowSerializer
    filterset_class = CosignatureFilter

    def get_queryset(self):
        user = self.request.user
        rows = Cosignature.objects.visible_to(user).with_roles_of(user).for_acting()
        return rows.select_related("proposal__organization").order_by("-invited_at", "-pk")

    def shown(self, pk: int) -> dict | None:
        row = self.get_queryset().filter(pk=pk).first()
        return cosignature_row(row, self.request.user) if row else None

    @extend_schema(operation_id="cosignatures_list", summary="联名邀请列表")
    def list(self, request):
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response([cosignature_row(row, request.user) for row in page])

    @extend_schema(operation_id="cosignatures_retrieve", summary="一份联名邀请")
    def retrieve(self, request, id):
        return super().retrieve(request, id)

    @extend_schema(
        summary=DO_IT, parameters=[ACT], request={"application/json": ACT_BODY},
        responses={200: CosignatureRowSerializer, 204: None},
    )  # fmt: skip
    def act(self, request, id, act):
        return super().act(request, id, act)

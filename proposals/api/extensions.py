"""Units' requests for more time: reading and deciding them. Asking is an act of the assignment (`request_extension`)."""

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from proposals.models import ExtensionRequest
from proposals.states import TONES, ExtensionState
from workflow.api.cases import ACT, DO_IT, CaseViewSet
from workflow.api.serializers import ACT_BODY
from xiping_cppcc.api.parameters import KeyFilter

from .rows import ChildRowSerializer, act_names
from .shapes import NameSerializer


class ExtensionFilter(filters.FilterSet):
    state = filters.ChoiceFilter(choices=ExtensionState.choices, label="状态")
    proposal = KeyFilter(field_name="proposal_id", label="提案的编号")
    assignment = KeyFilter(field_name="assignment_id", label="交办的编号")

    class Meta:
        model = ExtensionRequest
        fields: list[str] = []


class ExtensionRowSerializer(ChildRowSerializer):
    assignment = serializers.IntegerField(source="case.assignment_id", help_text="交办的编号")
    unit = NameSerializer(source="case.assignment.unit")
    reason = serializers.CharField(source="case.reason", help_text="延期理由")
    due_on = serializers.DateField(source="case.due_on", help_text="申请时的期限")
    wanted_on = serializers.DateField(source="case.wanted_on", help_text="申请延至")
    granted_on = serializers.DateField(source="case.granted_on", allow_null=True, help_text="同意延至")
    asked_by = serializers.CharField(source="case.asked_by.__str__")
    asked_at = serializers.DateTimeField(source="case.asked_at")
    decided_at = serializers.DateTimeField(source="case.decided_at", allow_null=True)
    decision = serializers.CharField(source="case.decision", allow_blank=True, help_text="决定说明")


def extension_row(case: ExtensionRequest, user) -> dict:
    """A row of `for_list()`, read with roles."""
    return ExtensionRowSerializer({"case": case, "tone": TONES[case.state], "acts": act_names(case, user)}).data


class Extensions(CaseViewSet):
    process_name = "extension"
    route = "extension"
    serializer_class = ExtensionRowSerializer
    filterset_class = ExtensionFilter

    def get_queryset(self):
        user = self.request.user
        return ExtensionRequest.objects.visible_to(user).with_roles_of(user).for_list().order_by("-pk")

    def shown(self, pk: int) -> dict | None:
        row = self.get_queryset().filter(pk=pk).first()
        return extension_row(row, self.request.user) if row else None

    @extend_schema(operation_id="extensions_list", summary="延期申请列表")
    def list(self, request):
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response([extension_row(row, request.user) for row in page])

    @extend_schema(operation_id="extensions_retrieve", summary="一份延期申请")
    def retrieve(self, request, id):
        return super().retrieve(request, id)

    @extend_schema(
        summary=DO_IT, parameters=[ACT], request={"application/json": ACT_BODY},
        responses={200: ExtensionRowSerializer, 204: None},
    )  # fmt: skip
    def act(self, request, id, act):
        return super().act(request, id, act)

"""The whole name and contact of the citizen for whom somebody reports. Each look is noted, so no answer is kept."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from opinions.looking import look
from opinions.models import OpinionReport
from workflow.errors import NotFound
from workflow.querysets import read_case
from xiping_cppcc.api.views import ApiView


class CitizenSerializer(serializers.ModelSerializer):
    class Meta:
        model = OpinionReport
        fields = ["citizen_name", "citizen_contact"]


class OpinionCitizen(ApiView):
    idempotent = False

    @extend_schema(
        operation_id="opinions_citizen", summary="查看所代群众的姓名和联系方式（会记录）", request=None,
        responses=CitizenSerializer,
    )  # fmt: skip
    def post(self, request, id: int):
        report = read_case(OpinionReport, id, request.user)
        if report is None:
            raise NotFound
        look(request.user, report)
        return Response(CitizenSerializer(report).data)

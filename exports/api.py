"""Own exports in the API: what is being made, and beginning one. The file is taken in the portal, by its owner."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from workflow.errors import NotFound
from xiping_cppcc.api.views import ApiViewSet

from . import lists
from .audiences import Audience
from .making import Order
from .models import Job
from .views.asking import begin_job, question_of


class ExportJobSerializer(serializers.ModelSerializer):
    status = serializers.CharField(read_only=True, help_text="waiting、running、done、cancelled、failed 或 expired")
    status_label = serializers.CharField(source="get_status_display", read_only=True, help_text="状态的中文名称")
    page = serializers.CharField(source="get_absolute_url", read_only=True, help_text="门户里看进度和下载的页面")

    class Meta:
        model = Job
        fields = [
            "id", "label", "status", "status_label", "done", "total", "name", "size", "error", "page", "created_at", "finished_at",
            "expires_at",
        ]  # fmt: skip
        read_only_fields = fields


class StartExportSerializer(serializers.Serializer):
    listing = serializers.SlugField(max_length=40, help_text="哪个列表，如 proposals")
    query = serializers.CharField(
        max_length=1000, required=False, default="", allow_blank=True, help_text="列表页的筛选条件，如 status=handling"
    )
    for_whom = serializers.ChoiceField(choices=Audience.choices, help_text="使用范围")
    columns = serializers.ListField(
        child=serializers.SlugField(max_length=40), required=False, default=list, max_length=100,
        help_text="栏目；不写的为全部",
    )  # fmt: skip
    purpose = serializers.CharField(max_length=100, required=False, default="", allow_blank=True, help_text="用途")


class Exports(ApiViewSet):
    """One's own jobs alone, the newest first."""

    queryset = Job.objects.none()  # for the schema
    serializer_class = ExportJobSerializer
    filter_backends: list = []

    @extend_schema(operation_id="exports_list", summary="我的导出")
    def list(self, request):
        page = self.paginate_queryset(Job.objects.of(request.user))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        operation_id="exports_start",
        summary="在后台导出一个列表",
        request=StartExportSerializer,
        responses={201: ExportJobSerializer},
    )
    def create(self, request):
        """The same that is under way already is answered again, not begun twice."""
        given = StartExportSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        job = begin_job(request.user, _order(request.user, given.validated_data))
        return Response(self.get_serializer(job).data, status=201)


def _order(user, data: dict) -> Order:
    try:
        listing = lists.named(data["listing"])
    except NotFound:
        raise ValidationError({"listing": ["没有这个列表。请照门户里列表的“导出”地址填写。"]}) from None
    asked = question_of(data["query"])
    found = listing.of(user, asked, data["for_whom"])
    known = [one.key for one in listing.columns_for(found, data["for_whom"])]
    chosen = data["columns"] or known
    if unknown := [key for key in chosen if key not in known]:
        raise ValidationError(
            {"columns": [f"这个列表没有“{unknown[0][:40]}”栏，或者这个使用范围不含它。请去掉后再提交。"]}
        )
    return Order(listing.key, asked.urlencode(), data["for_whom"], tuple(chosen), data["purpose"])

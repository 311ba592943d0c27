"""Attachments in the API: upload first, then name the id where it belongs."""

from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from xiping_cppcc.api.problems import Problem
from xiping_cppcc.api.views import ApiViewSet

from . import access, limits, refusals, uploads
from .handlers import SizeGuard
from .models import Attachment
from .names import clean_name
from .views import File


class AttachmentSerializer(serializers.ModelSerializer):
    waiting = serializers.SerializerMethodField(help_text="还没有用到任何事项里")

    warning = serializers.CharField(
        source="scan_note", read_only=True, allow_blank=True, help_text="检查涉密标志的结果，没有要说的为空"
    )

    class Meta:
        model = Attachment
        fields = ["id", "name", "size", "content_type", "sha256", "purpose", "created_at", "waiting", "warning"]
        read_only_fields = fields

    def get_waiting(self, attachment) -> bool:
        return not attachment.subject


class FileOfCaseSerializer(serializers.Serializer):
    """A file of a case from a row with its id, name and size."""

    id = serializers.CharField()
    name = serializers.CharField()
    size = serializers.IntegerField(help_text="字节")
    url = serializers.SerializerMethodField(help_text="下载的地址")

    def get_url(self, file) -> str:
        return reverse("api:attachment-file", args=[file["id"]])


class UploadSerializer(serializers.Serializer):
    file = serializers.FileField(help_text="一次上传一个文件")
    purpose = serializers.CharField(max_length=40, required=False, default="", allow_blank=True, help_text="用途")


class Attachments(ApiViewSet):
    """One's own uploads, and the files of cases that one may see. Out of reach is 404, like unknown."""

    queryset = Attachment.objects.none()  # for the schema
    serializer_class = AttachmentSerializer
    filter_backends: list = []
    lookup_url_kwarg = "id"

    def initialize_request(self, request, *args, **kwargs):
        """The guard stands before anything reads the body, authentication included."""
        if request.method == "POST":
            request.upload_handlers.insert(0, SizeGuard(request))
        return super().initialize_request(request, *args, **kwargs)

    def get_parsers(self):
        return [MultiPartParser()] if self.request is None or self.request.method == "POST" else super().get_parsers()

    @extend_schema(operation_id="attachments_list", summary="我上传后还没有用到的附件")
    def list(self, request):
        page = self.paginate_queryset(Attachment.objects.waiting_of(request.user))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        operation_id="attachments_upload", summary="上传附件",
        request={"multipart/form-data": UploadSerializer}, responses={201: AttachmentSerializer},
    )  # fmt: skip
    def create(self, request):
        data = request.data
        self._refuse_oversized(request)
        given = UploadSerializer(data=data)
        given.is_valid(raise_exception=True)
        file, purpose = given.validated_data["file"], given.validated_data["purpose"]
        try:
            kept = uploads.receive(file, request.user, purpose)
        except uploads.ValidationError as refused:
            raise ValidationError({"file": refused.messages}) from None
        return Response(self.get_serializer(kept).data, status=201)

    @staticmethod
    def _refuse_oversized(request) -> None:
        guards = (handler for handler in request._request.upload_handlers if isinstance(handler, SizeGuard))
        for name in (name for guard in guards for name in guard.refused):
            sentence = refusals.too_large(clean_name(name), limits.max_bytes()).messages[0]
            raise Problem(
                "too_large",
                sentence,
                "请压缩或拆成几个文件后再上传。",
                errors=[{"pointer": "/file", "detail": sentence}],
            )

    @extend_schema(operation_id="attachments_retrieve", summary="附件的信息")
    def retrieve(self, request, id):
        return Response(self.get_serializer(self._reachable(id)).data)

    @extend_schema(
        operation_id="attachments_download", summary="下载附件",
        responses={(200, "*/*"): OpenApiTypes.BINARY},
    )  # fmt: skip
    def download(self, request, id):
        return File().get(request._request, self._reachable(id).pk)

    @extend_schema(operation_id="attachments_delete", summary="删除还没有用到的附件", responses={204: None})
    def destroy(self, request, id):
        attachment = Attachment.objects.filter(pk=id, uploaded_by=request.user).first()
        if attachment is None:
            raise Problem("not_found")
        try:
            uploads.discard(attachment)
        except uploads.ValidationError as refused:
            raise Problem("attached", refused.messages[0], status=409) from None
        return Response(status=204)

    def _reachable(self, key) -> Attachment:
        found = Attachment.objects.filter(pk=key).first()
        if found is None or not access.can_view(self.request.user, found):
            raise Problem("not_found")
        return found

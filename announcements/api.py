"""Announcements in the API: what one received or issued; reading, signing, and the acts of the writers."""

import django_filters as filters
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from documents import form_files
from documents.models import Attachment
from workflow.api.cases import ACT, DO_IT, CaseViewSet
from workflow.api.serializers import ACT_BODY

from . import attachments, receipts
from .kinds import Priority
from .models import Announcement, Recipient
from .states import State


class AnnouncementFileSerializer(serializers.Serializer):
    id = serializers.CharField()
    name = serializers.CharField()
    size = serializers.IntegerField(help_text="字节")
    url = serializers.CharField(help_text="下载的地址")


class AnnouncementSerializer(serializers.ModelSerializer):
    issuer = serializers.CharField(source="issuer.name", help_text="发布单位")
    state = serializers.CharField(help_text="published 已发布、withdrawn 已撤回；发布单位还会看到 draft、dropped")
    state_label = serializers.CharField(source="get_state_display")
    body = serializers.SerializerMethodField(help_text="正文；撤回以后为空")
    read_at = serializers.DateTimeField(allow_null=True, help_text="本人何时阅读；没有收到的为 null")
    signed_at = serializers.DateTimeField(allow_null=True, help_text="本人何时签收")
    received = serializers.BooleanField(help_text="本人是不是收件人")
    files = serializers.SerializerMethodField(help_text="附件；撤回以后为空")

    class Meta:
        model = Announcement
        fields = [
            "id", "version", "title", "body", "issuer", "priority", "receipt_required", "expires_on", "state",
            "state_label", "published_at", "withdrawn_at", "withdrawn_because", "received", "read_at", "signed_at",
            "files",
        ]  # fmt: skip

    def get_body(self, one) -> str:
        return one.body if attachments.shows_text(one) else ""

    def get_files(self, one) -> AnnouncementFileSerializer(many=True):
        return [
            {**file, "id": str(file["id"]), "url": reverse("api:attachment-file", args=[file["id"]])}
            for file in one.shown_files
        ]


class AnnouncementFilter(filters.FilterSet):
    q = filters.CharFilter(label="标题或正文里的词", method="by_words", max_length=40)
    priority = filters.ChoiceFilter(choices=Priority.choices, label="重要程度")
    state = filters.ChoiceFilter(choices=State.choices, label="状态")
    unread = filters.BooleanFilter(method="by_reading", label="true 只要本人未读的，false 只要已读的")

    class Meta:
        model = Announcement
        fields: list[str] = []

    def by_words(self, rows, name, value: str):
        return rows.filter(state__in=(State.DRAFT, State.PUBLISHED)).matching(value)

    def by_reading(self, rows, name, value: bool):
        """What was withdrawn asks for no reading."""
        rows = rows.filter(state=State.PUBLISHED) if value else rows
        return rows.filter(received__isnull=False, read_at__isnull=value)


class Announcements(CaseViewSet):
    process_name = "announcement"
    route = "announcement"
    serializer_class = AnnouncementSerializer
    filterset_class = AnnouncementFilter

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return Announcement.objects.none()
        user = self.request.user
        mine = Recipient.objects.of(user).filter(announcement=OuterRef("pk")).order_by()
        return Announcement.objects.visible_to(user).with_roles_of(user).for_list().order_by("-pk").annotate(
            received=Subquery(mine.values("pk")[:1]),
            read_at=Subquery(mine.values("read_at")[:1]), signed_at=Subquery(mine.values("signed_at")[:1]),
        )  # fmt: skip

    def shown(self, pk: int) -> dict | None:
        row = self.get_queryset().filter(pk=pk).first()
        return self._shown([row])[0] if row else None

    def _shown(self, rows: list[Announcement]) -> list[dict]:
        """The rows with their files, in one query more."""
        open_ones = [row.pk for row in rows if attachments.shows_text(row)]
        files: dict[int, list[dict]] = {}
        for file in Attachment.objects.of_many(attachments.SUBJECT, open_ones):
            files.setdefault(file.subject_id, []).append(form_files.entry(file))
        for row in rows:
            row.received, row.shown_files = row.received is not None, files.get(row.pk, [])
        return AnnouncementSerializer(rows, many=True).data

    @extend_schema(operation_id="announcements_list", summary="通知公告列表：发给本人的和本单位发布的")
    def list(self, request):
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self._shown(page))

    @extend_schema(operation_id="announcements_retrieve", summary="一份通知公告；取它不算阅读")
    def retrieve(self, request, id):
        return super().retrieve(request, id)

    @extend_schema(
        operation_id="announcements_read", summary="标为已读", request=None, responses=AnnouncementSerializer
    )
    def read(self, request, id):
        one = self.case(id)
        if one.state == State.PUBLISHED:
            receipts.mark_read(one, request.user)
        return Response(self.shown(id))

    @extend_schema(operation_id="announcements_receipt", summary="签收", request=None, responses=AnnouncementSerializer)
    def receipt(self, request, id):
        receipts.sign(self.case(id), request.user)
        return Response(self.shown(id))

    @extend_schema(
        summary=DO_IT, parameters=[ACT], request={"application/json": ACT_BODY},
        responses={200: AnnouncementSerializer, 204: None},
    )  # fmt: skip
    def act(self, request, id, act):
        return super().act(request, id, act)

"""The inbox in the API. Everybody sees their own messages only."""

import django_filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from xiping_cppcc.api.problems import Problem
from xiping_cppcc.api.views import ApiViewSet

from . import inbox
from .models import Message

LARGEST_KEY = 2**63 - 1


class MessageSerializer(serializers.ModelSerializer):
    title = serializers.CharField(allow_blank=True, help_text="案由；已不能查看的为空")
    page = serializers.SerializerMethodField(help_text="门户里对应的页面；已不能查看的为空")
    case_process = serializers.CharField(source="event.process", default="", help_text="哪种事项，如 proposal")
    case_id = serializers.IntegerField(source="event.object_id", default=None, allow_null=True, help_text="事项的编号")

    class Meta:
        model = Message
        fields = ["id", "subject", "title", "body", "page", "case_process", "case_id", "created_at", "read_at"]

    def get_page(self, message) -> str:
        return "" if message.is_closed else message.url


class MessageFilter(django_filters.FilterSet):
    unread = django_filters.BooleanFilter(field_name="read_at", lookup_expr="isnull", label="只要未读的")

    class Meta:
        model = Message
        fields: list[str] = []


class UnreadSerializer(serializers.Serializer):
    unread = serializers.IntegerField(help_text="未读条数")


class UpToSerializer(serializers.Serializer):
    up_to = serializers.IntegerField(
        min_value=1, max_value=LARGEST_KEY, help_text="看到的最新一条的 id；更新的保持未读"
    )


class ReadSerializer(serializers.Serializer):
    marked = serializers.IntegerField(help_text="标为已读的条数")


class Inbox(ApiViewSet):
    serializer_class = MessageSerializer
    filterset_class = MessageFilter
    lookup_url_kwarg = "id"

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return Message.objects.none()
        return inbox.messages_of(self.request.user).select_related("event")

    @extend_schema(operation_id="me_inbox_list", summary="我的消息")
    def list(self, request):
        page = inbox.with_places(request.user, self.paginate_queryset(self.filter_queryset(self.get_queryset())))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(operation_id="me_inbox_unread", summary="未读消息数", responses=UnreadSerializer)
    def unread(self, request):
        return Response({"unread": inbox.unread_count(request.user)})

    @extend_schema(operation_id="me_inbox_read_one", summary="一条消息标为已读", request=None, responses=ReadSerializer)
    def read_one(self, request, id):
        if not self.get_queryset().filter(pk=id).exists():
            raise Problem("not_found")
        return Response({"marked": inbox.mark_read(request.user, pk=id)})

    @extend_schema(
        operation_id="me_inbox_read_all", summary="消息标为已读", request=UpToSerializer, responses=ReadSerializer
    )
    def read_all(self, request):
        given = UpToSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        return Response({"marked": inbox.mark_read(request.user, up_to=given.validated_data["up_to"])})

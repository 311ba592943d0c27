"""Reference data of people and organizations that forms and filters need."""

import django_filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from members.models import Organization, Session, System
from members.periods import today
from xiping_cppcc.api.views import ApiViewSet


class SessionSerializer(serializers.ModelSerializer):
    name = serializers.CharField(source="__str__", help_text="如“十一届四次会议”")
    code = serializers.CharField(help_text="如 11-4")

    class Meta:
        model = Session
        fields = [
            "id",
            "code",
            "name",
            "opens",
            "closes",
            "window_opens",
            "window_closes",
            "allows_support",
            "support_closes",
        ]


class UnitSerializer(serializers.ModelSerializer):
    system_label = serializers.CharField(source="get_system_display", help_text="所属系统")

    class Meta:
        model = Organization
        fields = ["id", "name", "short_name", "system", "system_label"]


class UnitFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="_matching", max_length=40, label="名称、简称、拼音或拼音首字母")
    system = django_filters.ChoiceFilter(choices=System.choices, label="所属系统")

    class Meta:
        model = Organization
        fields: list = []

    def _matching(self, queryset, name, value):
        return queryset.matching(value)


class Reference(ApiViewSet):
    """A list that is only read."""

    def list(self, request):
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)


class Sessions(Reference):
    serializer_class = SessionSerializer
    filter_backends: list = []

    def get_queryset(self):
        return Session.objects.select_related("term").order_by("-term__number", "-ordinal")

    @extend_schema(operation_id="sessions_list", summary="届次")
    def list(self, request):
        return super().list(request)


class Units(Reference):
    serializer_class = UnitSerializer
    filterset_class = UnitFilter

    def get_queryset(self):
        return Organization.objects.units().on(today()).order_by("order", "pinyin", "pk")

    @extend_schema(operation_id="units_list", summary="承办单位")
    def list(self, request):
        return super().list(request)

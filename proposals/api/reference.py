"""Reference data of proposals."""

import django_filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from members.api.reference import Reference
from proposals.kinds import CategorySystem
from proposals.models import Category, RejectionReason


class CategorySerializer(serializers.ModelSerializer):
    system_label = serializers.CharField(source="get_system_display", help_text="分类体系")

    class Meta:
        model = Category
        fields = ["id", "system", "system_label", "name"]


class RejectionReasonSerializer(serializers.ModelSerializer):
    class Meta:
        model = RejectionReason
        fields = ["id", "code", "text", "default_disposition"]


class CategoryFilter(django_filters.FilterSet):
    system = django_filters.ChoiceFilter(choices=CategorySystem.choices, label="分类体系")

    class Meta:
        model = Category
        fields: list[str] = []


class Categories(Reference):
    serializer_class = CategorySerializer
    filterset_class = CategoryFilter

    def get_queryset(self):
        return Category.objects.filter(active=True).order_by("system", "order", "pk")

    @extend_schema(operation_id="categories_list", summary="提案类别")
    def list(self, request):
        return super().list(request)


class RejectionReasons(Reference):
    serializer_class = RejectionReasonSerializer
    filter_backends: list = []

    def get_queryset(self):
        return RejectionReason.objects.filter(active=True).order_by("order", "pk")

    @extend_schema(operation_id="rejection_reasons_list", summary="不予立案情形")
    def list(self, request):
        return super().list(request)

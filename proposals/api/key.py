"""重点提案 for leaders and those who work with them; other people find an empty list."""

import django_filters as filters
from django_filters.rest_framework import FilterSet
from drf_spectacular.utils import extend_schema

from proposals import key_lists
from proposals.models import KeyProposal
from xiping_cppcc.api.views import ApiViewSet

from .supervision_shapes import KeyRowSerializer


class KeyFilter(FilterSet):
    year = filters.NumberFilter(field_name="year", label="年度", min_value=1949, max_value=9999)
    mine = filters.BooleanFilter(method="by_mine", label="只要我领办或督办的")

    class Meta:
        model = KeyProposal
        fields: list[str] = []

    def by_mine(self, rows, name, value: bool):
        mine = KeyProposal.objects.led_by(self.request.user.person_id).values("pk")
        return rows.filter(pk__in=mine) if value else rows.exclude(pk__in=mine)


class KeyProposals(ApiViewSet):
    serializer_class = KeyRowSerializer
    filterset_class = KeyFilter

    def get_queryset(self):
        return key_lists.entries_for(self.request.user)

    @extend_schema(operation_id="key_proposals_list", summary="重点提案")
    def list(self, request):
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(KeyRowSerializer(page, many=True).data)

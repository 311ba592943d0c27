"""通讯录 in the API: numbers are masked; a whole one is asked for by POST and noted."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from members import directory
from members.models import Person
from members.privacy import reveals
from xiping_cppcc.api.parameters import KeyFilter
from xiping_cppcc.api.problems import Problem
from xiping_cppcc.api.views import ApiViewSet

from .profile import agreed_person
from .serializers import PostSerializer, SeatSerializer


class EntrySerializer(serializers.ModelSerializer):
    phone = serializers.CharField(source="masked_phone", allow_blank=True, help_text="中间四位以星号代替；不公开时为空")
    phone_available = serializers.SerializerMethodField(help_text="能否查看完整号码")
    seats = SeatSerializer(many=True, source="seats_today", help_text="现任席位")
    posts = PostSerializer(many=True, source="posts_today", help_text="政协内的现任职务")

    class Meta:
        model = Person
        fields = ["id", "name", "employer", "position", "phone", "phone_available", "seats", "posts"]

    def get_phone_available(self, person) -> bool:
        return directory.may_reveal(self.context["request"].user, person)

    def to_representation(self, person):
        row = super().to_representation(person)
        return row if row["phone_available"] else {**row, "phone": ""}


class NumberSerializer(serializers.Serializer):
    phone = serializers.CharField(help_text="完整号码；这次查看已记录，本人看得到")


class ApiDirectoryFilter(directory.Narrowing):
    """Plain numbers instead of the page's choices."""

    sector = KeyFilter(method="by_seat", label="界别的编号")
    group = KeyFilter(method="by_seat", label="委员组（县直组或乡镇街道联络组）的编号")
    committee = KeyFilter(method="by_post", label="专门委员会的编号")


class Directory(ApiViewSet):
    serializer_class = EntrySerializer
    filterset_class = ApiDirectoryFilter
    lookup_url_kwarg = "id"
    idempotent = False  # a whole number is kept nowhere: each look is noted, a withdrawn consent counts at once

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        agreed_person(request.user)
        if not directory.may_use(request.user):
            raise Problem("not_allowed", "通讯录供委员、机关工作人员和集体提案联系人使用。", "请通过政协办公室联系。")

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return Person.objects.none()
        return directory.people()

    @extend_schema(operation_id="directory_list", summary="通讯录")
    def list(self, request):
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        operation_id="directory_phone", summary="查看完整手机号", request=None, responses=NumberSerializer,
        description="每次查看都有记录，本人看得到；一小时内次数有限，超过答复 429。",
    )  # fmt: skip
    def phone(self, request, id):
        person = get_object_or_404(self.get_queryset(), pk=id)
        if not directory.may_reveal(request.user, person):
            raise Problem("not_allowed", "这位同志没有公开手机号。", "需要联系时，请通过政协办公室。")
        try:
            number = reveals.reveal(request.user, person, reveals.DIRECTORY)
        except reveals.TooMany as limit:
            raise Problem("throttled", str(limit), headers={"Retry-After": "3600"}) from None
        return Response({"phone": number})

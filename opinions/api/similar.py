"""Similar reports for the mobile front end: title and text go in the body, and nothing is stored."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from members.posts import posts_of
from opinions.compared import similar_to
from opinions.rights import may_report
from opinions.validators import PART_MAX, TITLE_MAX
from xiping_cppcc.api.throttles import PerScope, PerUser
from xiping_cppcc.api.views import ApiView


class SimilarReportAskedSerializer(serializers.Serializer):
    title = serializers.CharField(max_length=TITLE_MAX, help_text="标题")
    text = serializers.CharField(
        max_length=2 * PART_MAX,
        required=False,
        allow_blank=True,
        default="",
        help_text="情况反映和建议；不给则只按标题查找",
    )
    opinion = serializers.IntegerField(
        required=False, allow_null=True, default=None, min_value=1, max_value=2**63 - 1,
        help_text="正在写的社情民意的编号：不与自己比较",
    )  # fmt: skip


class SimilarReportSerializer(serializers.Serializer):
    id = serializers.IntegerField(source="pk", allow_null=True, help_text="无权打开的为空")
    number = serializers.CharField(allow_blank=True, help_text="无权打开的为空")
    title = serializers.CharField(allow_blank=True, help_text="没有编发、又无权打开的为空")
    state_label = serializers.CharField(source="state")
    month = serializers.CharField(source="day", help_text="提交的年月")


class SimilarReportsSerializer(serializers.Serializer):
    results = SimilarReportSerializer(many=True)


class Similar(ApiView):
    idempotent = False
    throttle_classes = [PerUser, PerScope]
    throttle_scope = "similar"

    @extend_schema(
        operation_id="opinions_similar", summary="查找相似的社情民意", request=SimilarReportAskedSerializer,
        responses=SimilarReportsSerializer,
        description="只供参考，不影响提交。最相近的在前，最多 6 条；只供能反映社情民意的人，其他人得到空列表。",
    )  # fmt: skip
    def post(self, request):
        asked = SimilarReportAskedSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given = asked.validated_data
        reports = may_report(posts_of(request.user))
        found = similar_to(request.user, given["title"], given["text"], given["opinion"]) if reports else []
        return Response(SimilarReportsSerializer({"results": found}).data)

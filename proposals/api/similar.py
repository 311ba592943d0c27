"""Similar cases for the mobile front end: title and text go in the body, and nothing is stored but what was listed."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from proposals import drafting
from proposals.roles import PROPOSERS
from proposals.similar import note_shown, similar_cases
from proposals.suggesting import suggest
from proposals.validators import TITLE_MAX
from workflow.querysets import roles_on
from xiping_cppcc.api.throttles import PerScope, PerUser
from xiping_cppcc.api.views import ApiView

TEXT_MAX = 50_000
LARGEST = 2**63 - 1


class SimilarAskedSerializer(serializers.Serializer):
    title = serializers.CharField(max_length=TITLE_MAX, help_text="案由")
    text = serializers.CharField(
        max_length=TEXT_MAX,
        required=False,
        allow_blank=True,
        default="",
        help_text="情况分析和具体建议；不给则只按案由查找",
    )
    proposal = serializers.IntegerField(
        required=False, allow_null=True, default=None, min_value=1, max_value=LARGEST,
        help_text="正在写的提案的编号：不与自己比较，并记下提交前列出过哪些",
    )  # fmt: skip


class SimilarCaseSerializer(serializers.Serializer):
    id = serializers.IntegerField(source="pk", allow_null=True, help_text="无权打开的为空")
    number = serializers.CharField(allow_blank=True, help_text="案号；提案人不同意公开的为空")
    title = serializers.CharField(allow_blank=True, help_text="案由；提案人不同意公开的为空")
    session = serializers.CharField(help_text="届次")
    state = serializers.CharField()
    state_label = serializers.CharField()
    units = serializers.CharField(allow_blank=True, help_text="承办单位")
    level = serializers.CharField(help_text="很相近、相近、可能相近")
    matched = serializers.ListField(child=serializers.CharField(), help_text="都提到的词")
    excerpt = serializers.CharField(allow_blank=True, help_text="最近一份答复的开头")


class HintSerializer(serializers.Serializer):
    field = serializers.CharField(help_text="business_category 或 units")
    id = serializers.IntegerField(source="pk")
    name = serializers.CharField()
    reason = serializers.CharField(help_text="为什么这样建议")


class SimilarFoundSerializer(serializers.Serializer):
    results = SimilarCaseSerializer(many=True)
    suggestions = HintSerializer(many=True, help_text="建议的类别和承办单位")


class Similar(ApiView):
    idempotent = False
    throttle_classes = [PerUser, PerScope]
    throttle_scope = "similar"

    @extend_schema(
        operation_id="proposals_similar", summary="查找相似提案", request=SimilarAskedSerializer,
        responses=SimilarFoundSerializer, description="只供参考，不影响提交。最相近的在前，最多 8 件。",
    )  # fmt: skip
    def post(self, request):
        asked = SimilarAskedSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given = asked.validated_data
        cases = similar_cases(request.user, given["title"], given["text"], given["proposal"])
        own = _own(request.user, given["proposal"])
        if own is not None:
            note_shown(own, cases)
        units = [unit.pk for unit in own.suggested_units.all()] if own else []
        hints = suggest(cases, bool(own and own.business_category_id), units)
        return Response(SimilarFoundSerializer({"results": cases, "suggestions": hints}).data)


def _own(user, pk: int | None):
    """The proposal that this user is going to submit, or None."""
    row = drafting.editable(user).filter(pk=pk).first() if pk else None
    return row if row is not None and roles_on(row) & set(PROPOSERS) else None

"""The views of a case: what may be done with it now, and doing it."""

from django.http import HttpRequest
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from workflow.engine import Option, available, option, perform
from workflow.errors import NotFound, TooLate
from workflow.models import Case
from workflow.transition import process_named
from xiping_cppcc.api.conditions import etag, seen_version
from xiping_cppcc.api.parameters import Parameter
from xiping_cppcc.api.problems import Problem
from xiping_cppcc.api.views import ApiViewSet

from ..querysets import read_case
from .bodies import form_data
from .fields import choice, described, flat, takes_file
from .refusals import STALE, version_mismatch
from .serializers import ACT_BODY, ActChoiceSerializer, ActsSerializer

DO_IT = "办理一项操作"
ACT = OpenApiParameter("act", OpenApiTypes.STR, "path", description="操作的代码，见 GET transitions/")
FIELD = OpenApiParameter("field", OpenApiTypes.STR, "path", description="字段名")


class CaseViewSet(ApiViewSet):
    """An app gives `process_name` and how a case is shown to this user (`shown`).

    `route` is the name of the detail route; `<route>-choices` that of a field's choices.
    """

    process_name = ""
    route = ""
    lookup_url_kwarg = "id"
    paged = ("list", "choices")
    versioned = ("retrieve", "transitions", "act")
    conditional = {"act": False}
    problems_of = {"choices": (409,)}  # the act is not possible in this state
    parameters = {"q": Parameter("按名称、拼音或案号查找。", {"type": "string", "maxLength": 40}, ("choices",))}

    # --- what an app gives ---
    def shown(self, pk: int) -> dict | None:
        """The case as this user may see it now, or None when it is out of reach."""
        raise NotImplementedError

    def worth_showing(self, offered: Option) -> bool:
        """Acts that make no sense for this case may be left out."""
        return True

    def searched(self, queryset, text: str):
        """The choices of a field that match what was typed."""
        return queryset.matching(text) if hasattr(queryset, "matching") else queryset

    # --- reading ---
    def case(self, pk: int) -> Case:
        """The case with this user's roles. Raises NotFound when it is out of reach."""
        found = read_case(process_named(self.process_name).model, pk, self.request.user)
        if found is None:
            raise NotFound
        return found

    def fresh(self, pk: int, version: int | None = None) -> Response:
        """The case with its ETag; 204 when the act took it out of this user's sight."""
        body = self.shown(pk)
        if body is None:
            return Response(status=204)
        return Response(body, headers={"ETag": etag(body["version"])})

    def retrieve(self, request, id):
        response = self.fresh(id)
        if response.status_code == 204:
            raise NotFound
        return response

    # --- acts ---
    @extend_schema(summary="现在可以办的操作", responses=ActsSerializer)
    def transitions(self, request, id):
        case = self.case(id)
        offered = [o for o in available(case, request.user) if self.worth_showing(o)]
        body = {
            "state": case.state,
            "state_label": case.get_state_display(),
            "version": case.version,
            "acts": [self._act(case, o) for o in offered],
        }
        return Response(ActsSerializer(body).data, headers={"ETag": etag(case.version)})

    def _act(self, case: Case, offered: Option) -> dict:
        row, blocked = offered.transition, offered.blocked
        form = row.form(case=case, actor=self.request.user) if row.form else None
        return {
            "act": offered.act,
            "label": row.label,
            "danger": row.danger,
            "blocked": blocked and {"code": blocked.code, "sentence": blocked.sentence, "next_step": blocked.next_step},
            "fields": described(form, lambda name: self._choices_url(case, offered.act, name)) if form else [],
        }

    def _choices_url(self, case: Case, act: str, name: str) -> str:
        return reverse(f"api:{self.route}-choices", args=[case.pk, act, name])

    @extend_schema(summary=DO_IT, parameters=[ACT], request={"application/json": ACT_BODY})
    def act(self, request, id, act):
        case, seen = self.case(id), seen_version(request)
        if seen is not None and seen != case.version:
            raise Problem("version_mismatch")
        form = option(act, case, request.user).transition.form
        fields = form(case=case, actor=request.user).fields if form else {}
        data = form_data(request.data, fields)
        try:
            perform(act, case, request.user, data, seen_version=seen)
        except TooLate as refused:
            if refused.code == STALE:
                raise version_mismatch(refused) from None
            raise
        return self.fresh(id)

    @extend_schema(
        summary="一项操作某个字段的选项", parameters=[ACT, FIELD],
        responses=ActChoiceSerializer(many=True),
    )  # fmt: skip
    def choices(self, request: HttpRequest, id, act, field):
        """Exactly the choices that the form accepts from this user."""
        case = self.case(id)
        row = option(act, case, request.user).transition
        form = row.form(case=case, actor=request.user) if row.form else None
        found = form.fields.get(field) if form else None
        if found is None or not hasattr(found, "choices") or takes_file(found):
            raise NotFound
        text = request.query_params.get("q", "").replace("\x00", "").strip()[:40]
        page = self.paginate_queryset(self._found(found, text))
        return self.get_paginated_response([self._choice(found, item) for item in page])

    def _found(self, field, text: str):
        if not hasattr(field, "queryset"):
            return [pair for pair in flat(field.choices) if text in str(pair[1])]
        rows = field.queryset if field.queryset.ordered else field.queryset.order_by("pk")
        return self.searched(rows, text) if text else rows

    @staticmethod
    def _choice(field, item) -> dict:
        if isinstance(item, tuple):
            return choice(*item)
        return choice(item.pk, field.label_from_instance(item))

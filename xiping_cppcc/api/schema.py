"""The OpenAPI document: what every operation has in common is said here once, with its problems."""

import uritemplate
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter
from rest_framework import permissions, serializers

from .catalogue import KINDS
from .problems import MEDIA_TYPE

WRITING = ("POST", "PUT", "PATCH")

TAGS = {
    "auth": "登录与设备", "me": "我的", "proposals": "提案", "assignments": "交办件",
    "cosignatures": "联名", "change-requests": "变更申请", "extensions": "延期申请", "leads": "提案线索", "attachments": "附件", "directory": "通讯录",
    "announcements": "通知公告", "opinions": "社情民意", "opinion-transfers": "社情民意转办",
    "consultation-plans": "年度协商计划", "topic-ideas": "议题征集", "topics": "协商议题",
    "consultation-opinions": "委员意见", "outcomes": "协商成果", "recommendations": "协商建议",
    "matters": "基层协商", "venues": "基层协商",
}  # fmt: skip


class ProblemErrorSerializer(serializers.Serializer):
    """Where an error is: a JSON pointer into the body, or the name of a query parameter."""

    pointer = serializers.CharField(required=False, help_text="JSON pointer，如 /suggestions/1；空串指整个内容")
    parameter = serializers.CharField(required=False, help_text="地址里的参数名")
    detail = serializers.CharField(help_text="一句话说明")


class ProblemSerializer(serializers.Serializer):
    """RFC 9457. Decide by `code`; show `detail` and `next_step` to people."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="为什么没有办成")
    code = serializers.CharField(help_text="稳定的代码，程序据此判断")
    next_step = serializers.CharField(help_text="下一步怎么办", allow_blank=True)
    request_id = serializers.CharField(help_text="报障时请提供")
    errors = ProblemErrorSerializer(many=True, required=False)


IF_MATCH = "读到这份内容时答复里的 ETag；不是最新版本时答复 412。"
IDEMPOTENCY = "建议用 UUID。同一标识在 24 小时内重复提交只办理一次，并得到同样的答复。"


class PortalSchema(AutoSchema):
    """Adds the problems, the conditional headers and the tags that follow from what a view declares."""

    def get_description(self):
        return ""  # docstrings are for developers of the portal; an operation is described by its summary

    def get_tags(self):
        first = self._tokenize_path()[0]
        return [TAGS.get(first, "基础数据")]

    def get_operation_id(self):
        """`proposals_transitions` and the like, where the view does not name it."""
        action = getattr(self.view, "action", None)
        return f"{self._tokenize_path()[0]}_{action}" if action else super().get_operation_id()

    def get_override_parameters(self):
        found = [*self._declared_parameters(), *super().get_override_parameters()]
        if self._condition() is not None:
            found.append(OpenApiParameter("If-Match", str, "header", required=False, description=IF_MATCH))
        if self._is_idempotent():
            found.append(OpenApiParameter("Idempotency-Key", str, "header", description=IDEMPOTENCY))
        if self._answers_version():
            found.append(
                OpenApiParameter("ETag", str, "header", description="版本，修改时放进 If-Match", response=[200, 201])
            )
        return found

    def _declared_parameters(self) -> list[OpenApiParameter]:
        """A view's own query parameters, shown where it reads them."""
        action = getattr(self.view, "action", None)
        return [
            OpenApiParameter(name, given.schema, "query", description=given.description)
            for name, given in getattr(self.view, "parameters", {}).items()
            if self.method == "GET" and (not given.actions or action in given.actions)
        ]

    def _is_list_view(self, serializer=None):
        """A walk through changes answers with the rows of the list."""
        return getattr(self.view, "action", None) == "changes" or super()._is_list_view(serializer)

    def get_paginated_name(self, serializer_name):
        """Each way of paging has its own shape."""
        return self._get_paginator().schema_name + serializer_name

    def get_filter_backends(self):
        filtered = getattr(self.view, "action", None) in getattr(self.view, "filtered", ())
        return super().get_filter_backends() if filtered else []

    def _get_response_bodies(self, direction="response"):
        bodies = super()._get_response_bodies(direction)
        for status in sorted(self._problem_statuses()):
            bodies.setdefault(str(status), self._problem(status, direction))
        return bodies

    def _problem(self, status: int, direction):
        body = self._get_response_for_code(ProblemSerializer, str(status), [MEDIA_TYPE], direction)
        codes = [code for code, kind in KINDS.items() if kind.status == status]
        body["description"] = "、".join(KINDS[code].title for code in codes) or "没有办成"
        body.pop("headers", None)
        return body

    def _problem_statuses(self) -> set[int]:
        statuses = {400, 429, 503}
        if self._needs_login():
            statuses |= {401, 403}
        if uritemplate.variables(self.path) or self._is_list_view():
            statuses.add(404)
        if self.method in WRITING:
            statuses |= {409, 413, 415}
        if self._is_idempotent():
            statuses.add(422)
        if self._condition() is not None:
            statuses.add(412)
        if self._condition():
            statuses.add(428)
        of_action = getattr(self.view, "problems_of", {}).get(getattr(self.view, "action", None), ())
        return statuses | set(getattr(self.view, "more_problems", ())) | set(of_action)

    def _needs_login(self) -> bool:
        return not any(isinstance(p, permissions.AllowAny) for p in self.view.get_permissions())

    def _is_idempotent(self) -> bool:
        return self.method == "POST" and getattr(self.view, "idempotent", False)

    def _condition(self) -> bool | None:
        """True where If-Match is required, False where it is looked at, None elsewhere."""
        return getattr(self.view, "conditional", {}).get(getattr(self.view, "action", None))

    def _answers_version(self) -> bool:
        return getattr(self.view, "action", None) in getattr(self.view, "versioned", ())

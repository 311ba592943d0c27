"""我的待办 in the API: the whole work list of whatever role in one call."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from members.periods import today
from xiping_cppcc.api.views import ApiView

from .todo import todo_for, urgency_of


class TodoItemSerializer(serializers.Serializer):
    process = serializers.CharField(help_text="哪种事项：proposal、assignment、cosignature")
    object_id = serializers.IntegerField(help_text="事项的编号")
    number = serializers.CharField(help_text="案号或流水号")
    title = serializers.CharField(allow_blank=True)
    what = serializers.CharField(help_text="要办什么")
    act = serializers.CharField(allow_blank=True, help_text="对应的操作；空为写作")
    waiting = serializers.CharField(allow_blank=True, help_text="谁在等")
    since = serializers.DateTimeField(allow_null=True, help_text="从何时起等待")
    due_on = serializers.DateField(allow_null=True)
    colour = serializers.CharField(allow_blank=True, help_text="green、yellow、orange、red、none 或空")
    word = serializers.CharField(allow_blank=True)
    urgency = serializers.CharField(help_text="overdue 逾期、soon 三日内、week 本周、other 其他")
    urgency_label = serializers.CharField()
    page = serializers.CharField(help_text="门户里办理它的页面")


class TodoSerializer(serializers.Serializer):
    count = serializers.IntegerField()
    overdue = serializers.IntegerField(help_text="其中逾期的")
    items = TodoItemSerializer(many=True, help_text="先到期的在前，再按等待时间")


class Todo(ApiView):
    @extend_schema(operation_id="me_todo", summary="我的待办", responses=TodoSerializer)
    def get(self, request):
        day = today()
        items = [_item(item, day) for item in todo_for(request.user)]
        late = sum(1 for item in items if item["urgency"] == "overdue")
        return Response(TodoSerializer({"count": len(items), "overdue": late, "items": items}).data)


def _item(item, day) -> dict:
    urgency = urgency_of(item.due_on, day)
    return {**vars(item), "page": item.url, "urgency": urgency.value, "urgency_label": urgency.label}

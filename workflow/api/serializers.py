"""The shapes of acts in the API document."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from .fields import INLINE_CHOICES

PLAIN = {"type": ["string", "boolean", "array", "null"], "items": {"type": "string"}}
# What an act's body may hold: its own fields, told by GET transitions/.
ACT_BODY = {
    "type": "object",
    "additionalProperties": {
        "type": ["string", "integer", "boolean", "array", "null"],
        "items": {"type": ["string", "integer"]},
    },
    "description": "各项操作要填的字段，见 GET transitions/ 里的 fields；没有字段的操作提交空对象。",
}


class ActChoiceSerializer(serializers.Serializer):
    value = serializers.CharField()
    label = serializers.CharField()


@extend_schema_field(PLAIN)
class InitialField(serializers.Field):
    def to_representation(self, value):
        return value


class ActFieldSerializer(serializers.Serializer):
    """One field of an act's form."""

    name = serializers.CharField(help_text="提交时的字段名")
    label = serializers.CharField(help_text="显示的名称")
    type = serializers.CharField(
        help_text="text、long_text、date、time、datetime、boolean、number、choice、choices（多选）、"
        "file（先上传附件，填它的 id）或 files"
    )
    required = serializers.BooleanField()
    help = serializers.CharField(allow_blank=True, help_text="填写说明")
    max_length = serializers.IntegerField(allow_null=True)
    initial = InitialField(allow_null=True, help_text="预填的值")
    choices = ActChoiceSerializer(many=True, allow_null=True, help_text=f"选项，不超过 {INLINE_CHOICES} 个时直接给出")
    choices_url = serializers.CharField(allow_null=True, help_text="选项较多时，到这个地址查找（可用 q 搜索）")


class BlockedSerializer(serializers.Serializer):
    """Why the act does not work yet."""

    code = serializers.CharField()
    sentence = serializers.CharField(help_text="为什么还不能办")
    next_step = serializers.CharField(allow_blank=True, help_text="下一步怎么办")


class ActSerializer(serializers.Serializer):
    """An act that this user may take now."""

    act = serializers.CharField()
    label = serializers.CharField(help_text="按钮上的字")
    danger = serializers.BooleanField(help_text="办理前应请用户再确认一次")
    blocked = BlockedSerializer(allow_null=True, help_text="还不能办的原因；为 null 时可以办")
    fields = ActFieldSerializer(many=True, help_text="办理时要填的内容")


class ActsSerializer(serializers.Serializer):
    state = serializers.CharField()
    state_label = serializers.CharField()
    version = serializers.IntegerField()
    acts = ActSerializer(many=True)


class TimelineStepSerializer(serializers.Serializer):
    """One line of the timeline of a topic, a report or a matter, as this reader may see it."""

    at = serializers.DateTimeField(source="when")
    label = serializers.CharField()
    who = serializers.CharField()
    state = serializers.CharField(source="to_label", allow_blank=True, help_text="变为何状态；空为不变")
    reason = serializers.CharField(allow_blank=True)
    body = serializers.CharField(allow_blank=True, help_text="填写的内容")

"""Small shapes that rows and details share."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers


class DueSerializer(serializers.Serializer):
    """A due date with its light."""

    on = serializers.DateField(help_text="期限")
    colour = serializers.CharField(help_text="green、yellow、orange、red 或 none")
    word = serializers.CharField(allow_blank=True, help_text="与颜色同义的词，如“临近”")
    days = serializers.IntegerField(help_text="距期限的日历天数，负数表示已过")


class ActNameSerializer(serializers.Serializer):
    """An act that this user's role has in this state; whether it works now is told by transitions/."""

    act = serializers.CharField()
    label = serializers.CharField()
    danger = serializers.BooleanField()


class NameSerializer(serializers.Serializer):
    """A person, a body or a category by its name."""

    id = serializers.IntegerField()
    name = serializers.CharField(source="__str__")


class FileSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    name = serializers.CharField()
    size = serializers.IntegerField(help_text="字节")
    content_type = serializers.CharField()


def one_of(*values: str):
    """A text field whose schema names its only values, so that shapes can be told apart."""

    @extend_schema_field(
        {"type": "string", "enum": list(values)} if len(values) > 1 else {"type": "string", "const": values[0]}
    )
    class Field(serializers.CharField):
        pass

    return Field(help_text="按何种身份显示")

"""What a body may hold: fields that are not the client's to write are refused, never silently dropped."""

from rest_framework import serializers


def known_only(serializer: serializers.Serializer, data):
    """The body as it came. Raises ValidationError with a sentence for each field that the serializer does not have."""
    if isinstance(data, dict):
        unknown = sorted(set(data) - set(serializer.fields))
        if unknown:
            raise serializers.ValidationError({name[:80]: "没有这一项，不能填写。" for name in unknown[:50]})
    return data

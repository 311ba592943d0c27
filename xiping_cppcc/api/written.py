from rest_framework import serializers


class WrittenField(serializers.CharField):
    """Long text exactly as it was written; a line end counts as one character, as on the page."""

    def __init__(self, **kwargs):
        super().__init__(trim_whitespace=False, allow_blank=True, **kwargs)

    def to_internal_value(self, data):
        return super().to_internal_value(data).replace("\r\n", "\n").replace("\r", "\n")

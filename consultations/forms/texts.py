"""Texts that are written at length: everything may be missing until they are handed on."""

from django import forms

from consultations.models.opinion import TEXT_MAX as OPINION_MAX
from consultations.models.outcome import TEXT_MAX, TITLE_MAX


class WrittenField(forms.CharField):
    """Text exactly as it was written; a line end counts as one character, as the page counts it."""

    widget = forms.Textarea(attrs={"rows": 12})

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")


class OpinionForm(forms.Form):
    text = WrittenField(label="我的意见建议", max_length=OPINION_MAX, required=False, strip=False)


class OutcomeForm(forms.Form):
    title = forms.CharField(label="标题", max_length=TITLE_MAX)
    text = WrittenField(label="正文", max_length=TEXT_MAX, required=False, strip=False)

"""The base of every act's form, the same in the portal, the admin and the API."""

import re
from datetime import date, datetime

from django import forms
from django.utils import timezone


class ActForm(forms.Form):
    """Knows the case and the actor, so choices can be limited to what the actor may reach.

    `single_only` names the fields that mean one case only; an act on many rows leaves them out, and with them
    those of their items (name_1, name_2).
    `helps_for_many` says of a field what it means for many rows, where that differs.
    """

    single_only: tuple[str, ...] = ()
    helps_for_many: dict[str, str] = {}

    def __init__(self, *args, case, actor, **kwargs):
        self.case = case
        self.actor = actor
        super().__init__(*args, **kwargs)

    def shown(self) -> list[list[str]]:
        """What the timeline shows of this form: pairs of label and text, empty fields left out."""
        pairs = []
        for name, field in self.fields.items():
            value = self.cleaned_data.get(name)
            if name == "reason" or _is_left_alone(field, value):
                continue
            text = as_text(field, value)
            if text:
                pairs.append([plain_label(field.label or name), text])
        return pairs


class WrittenField(forms.CharField):
    """Long text exactly as it was written, or with `strip` without the blanks around it; a line end counts as one
    character, as the page counts it."""

    widget = forms.Textarea

    def __init__(self, *, rows: int = 12, strip: bool = False, **kwargs):
        super().__init__(strip=strip, **kwargs)
        self.widget.attrs["rows"] = rows

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")


class ReasonForm(ActForm):
    """An act that only needs its reason."""

    reason = forms.CharField(label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}), strip=True)


class OptionalNoteForm(ActForm):
    reason = forms.CharField(
        label="说明",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def plain_label(label: str) -> str:
    """The name of a field without its advice: 案由（可作文字润色） is 案由."""
    return re.sub("（可[^）]*）", "", str(label))


def _is_left_alone(field, value) -> bool:
    """A text that was offered for change and came back as it was."""
    return isinstance(field, forms.CharField) and bool(field.initial) and _lines(value) == _lines(field.initial)


def _lines(text: str) -> list[str]:
    """Browsers send line ends of two characters."""
    return text.strip().splitlines()


def _day(on: date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"


def as_text(field, value) -> str:
    """What a field holds, as the timeline says it; "" for nothing."""
    if isinstance(value, datetime):
        local = timezone.localtime(value)
        return f"{_day(local)} {local:%H:%M}"
    if isinstance(value, date):
        return _day(value)
    if value is None or value == "" or value is False:
        return ""
    if value is True:
        return "是"
    choices = dict(getattr(field, "choices", [])) if not hasattr(field, "queryset") else {}
    if isinstance(value, (list, tuple)) or hasattr(value, "all"):
        return "、".join(str(choices.get(item, item)) for item in value)
    return str(choices.get(value, value))

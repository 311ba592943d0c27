"""What was entered wrongly about a survey, a meeting, a speech or an invitation is put right.

Each form is filled with one row as it stands; the record of the topic keeps what stood before and who changed it.
"""

from django import forms
from django.db.models import Q

from consultations.models import Meeting, Speech, Survey
from members.models import Person
from workflow.forms import ActForm, as_text

from .fields import many, text_field
from .work import HoldForm, SpeechForm, SurveyFields

NONE = "（空）"


class RowField(forms.TypedChoiceField):
    """One of the rows that were read already; gives the row."""

    def offer(self, rows: list, named) -> None:
        self.by_key = {str(row.pk): row for row in rows}
        self.choices = [(key, named(row)) for key, row in self.by_key.items()]
        self.coerce = self.by_key.get


class Correcting(ActForm):
    """`row_field` names the field that chooses the row, `own` the fields of the row that can be put right."""

    row_field, own = "", ()
    reason = text_field("更正原因", 500, 2)
    remove = forms.BooleanField(label="登记错了或者重复了，整条删去", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = self.rows()
        row = self._asked(rows)
        if row is not None and not self.is_bound:
            rows = [row]
            self.initial = {**self.initial, self.row_field: row.pk}
            for name in self.own:
                self.fields[name].initial = _value(row, name)
        if row is not None:
            self._offer_what_stands(row)
        self.fields[self.row_field].offer(rows, self.named)

    def _asked(self, rows: list):
        """The row that was chosen; on the page of a row that is gone meanwhile the newest, never another's form left blank."""
        asked = self.data.get(self.row_field) if self.is_bound else self.initial.get(self.row_field)
        found = next((row for row in rows if str(row.pk) == str(asked)), None)
        return found or (rows[0] if rows and asked and not self.is_bound else None)

    def _offer_what_stands(self, row) -> None:
        """Who was there stays choosable, also whoever has left office, and units that have ended."""
        for name in self.own:
            field, there = self.fields[name], row._meta.get_field(name)
            if isinstance(field, forms.ModelChoiceField):
                keys = getattr(row, name).values("pk") if there.many_to_many else [getattr(row, there.attname)]
                field.queryset = _with(field.queryset, keys)

    def rows(self) -> list:
        """Those that can be put right, the newest first."""
        raise NotImplementedError

    def clean(self):
        data = super().clean()
        row, self.changes, data["before"] = data.get(self.row_field), [], {}
        if self.errors or not row:
            return data
        if data["remove"]:
            self.check_removal(row)
            self.changes = [[self.fields[name].label, self._text(name, _value(row, name))] for name in self.own]
            return data
        for name in self.own:
            was = _value(row, name)
            old, new = self._text(name, was), self._text(name, data[name])
            if old != new:
                data["before"][name] = was
                self.changes.append([self.fields[name].label, f"原为：{old}\n改为：{new}"])
        if not self.changes:
            self.add_error("reason", "没有改动。请把写错的地方改过来，再保存。")
        return data

    def check_removal(self, row) -> None:
        """Adds an error where the row must stay."""

    def _text(self, name: str, value) -> str:
        return as_text(self.fields[name], value) or NONE

    def shown(self) -> list[list[str]]:
        """Which row, and of each field what stood there and what stands there now."""
        what = "删去的登记" if self.cleaned_data["remove"] else "更正的登记"
        return [
            [what, self.named(self.cleaned_data[self.row_field])],
            *[pair for pair in self.changes if pair[1] != NONE],
        ]

    def named(self, row) -> str:
        return str(row)


def _with(rows, keys):
    """These rows and those, in the order of the first; nothing is asked for it."""
    either = Q(pk__in=rows.order_by().values("pk")) | Q(pk__in=keys)
    return rows.model._base_manager.filter(either).order_by(*rows.query.order_by)


def _value(row, name: str):
    """What the row holds, as the form's field gives it."""
    field = row._meta.get_field(name)
    return list(getattr(row, name).order_by("pinyin", "pk")) if field.many_to_many else getattr(row, name)


class CorrectSurveyForm(Correcting, SurveyFields):
    row_field, own = "survey", ("first_day", "last_day", "places", "team", "others", "findings")
    survey = RowField(label="哪次调研")
    field_order = ["survey", *own, "remove", "reason"]

    def rows(self) -> list:
        return self.case.all_surveys

    def named(self, row: Survey) -> str:
        return f"{row.first_day:%Y-%m-%d} {row.places}"


class CorrectMeetingForm(Correcting, HoldForm):
    row_field, own = "meeting", ("form", "on", "place", "chair", "present", "others", "absent", "summary")
    meeting = RowField(label="哪次会议")
    field_order = ["meeting", *own, "remove", "reason"]

    def rows(self) -> list:
        return self.case.open_meetings

    def clean(self):
        data, sent = super().clean(), self.case.reported_on
        if sent and "on" in data["before"] and data["on"] > sent:
            self.add_error("on", f"协商成果 {sent:%Y-%m-%d} 已经报送，协商日期不能晚于这一天，请核对。")
        return data

    def check_removal(self, row: Meeting) -> None:
        if not self.case.meetings.exclude(pk=row.pk).exists():
            self.add_error("remove", "这个议题只登记了这一次会议，不能删去。请把写错的地方改过来。")
        elif row.speeches.exists():
            self.add_error("remove", "这次会议已经登记了发言。请先把发言改到别的会议，或者逐条删去。")

    def named(self, row: Meeting) -> str:
        return f"{row.on:%Y-%m-%d} {row.get_form_display()}"


class CorrectSpeechForm(Correcting, SpeechForm):
    row_field, own = "speech", ("meeting", "kind", "person", "unit", "name", "text")
    speech = RowField(label="哪条发言")
    field_order = ["speech", *own, "remove", "reason"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = self.case.meetings.filter(minutes_on=None).order_by("-on", "-pk")

    def rows(self) -> list:
        rows = Speech.objects.filter(meeting__topic=self.case, meeting__minutes_on=None)
        return list(rows.select_related("person", "unit", "meeting__topic").order_by("-pk"))


class UninviteForm(ActForm):
    """Who was invited by mistake; whoever has given an opinion took part."""

    persons = many("撤回对谁的邀请", Person.objects.none())
    reason = text_field("撤回原因", 500, 2, help_text="本人会收到通知。")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        invited = self.case.participants.order_by().values("person")
        self.fields["persons"].queryset = Person.objects.filter(pk__in=invited).order_by("pinyin", "pk")

    def clean_persons(self):
        chosen = self.cleaned_data["persons"]
        said = self.case.opinions.filter(person__in=chosen).select_related("person").order_by("person__pinyin")
        if names := "、".join(str(one.person) for one in said):
            raise forms.ValidationError(f"{names}已经写了意见，不能撤回邀请。请把他们从名单里去掉再办。")
        return chosen

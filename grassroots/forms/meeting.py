"""Forms of 协商会: calling it, recording it with what was agreed."""

from dataclasses import dataclass
from datetime import date, timedelta

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from grassroots.effects.meeting import unsigned
from grassroots.models import Venue
from grassroots.states import State
from members.models import Appointment, Member, Organization, Person, Post
from members.models.organization import OrganizationKind
from members.periods import today
from workflow.forms import ActForm

from .following import out_of_reach
from .screening import area, day, within

ROWS = 10
MOST_AHEAD = timedelta(days=366)
ROW = ("text", "unit", "responsible", "due_on")  # the fields of one thing agreed
COUNT_LABELS = {
    "members": "委员（人）", "stakeholders": "利益相关方（人）", "departments": "部门（人）", "citizens": "群众（人）",
    "experts": "专家（人）",
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    text: str
    unit_id: int | None
    responsible: str
    due_on: date


class CallForm(ActForm):
    meeting_at = forms.DateTimeField(
        label="协商会时间", widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    meeting_place = forms.CharField(label="协商会地点", max_length=100)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["meeting_place"].initial = self.case.meeting_place or self.case.venue.place
        self.fields["meeting_at"].initial = self.case.meeting_at

    def clean_meeting_at(self):
        at = self.cleaned_data["meeting_at"]
        if at <= timezone.now():
            raise forms.ValidationError("协商会时间要晚于现在；已经开过的，请直接登记协商会。")
        if at > timezone.now() + MOST_AHEAD:
            raise forms.ValidationError("协商会时间最晚定到一年以内，请核对年份。")
        return timezone.localtime(at)


class MeetingForm(ActForm):
    held_on = day("协商会日期", initial=today)
    place = forms.CharField(label="地点", max_length=100)
    host_name = forms.CharField(label="主持人", max_length=40)
    people = forms.ModelMultipleChoiceField(
        label="参加的委员和部门人员", queryset=Person.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple, help_text="有账号的人，选上以后能看到这件议题的办理情况。",
    )  # fmt: skip
    talks = area("协商情况", 3000, 10, help_text="各方说了什么，怎样取得一致。")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people()
        units = _units()
        before = unsigned(self.case) if self.case.state == State.MINUTES else None
        for name, label in COUNT_LABELS.items():
            self.fields[name] = forms.IntegerField(label=label, min_value=0, max_value=500, required=False)
        for n in range(1, ROWS + 1):
            self.fields |= _row_fields(n, units)
        self.fields["not_agreed"] = area("未达成一致的事项", 1000, 3, required=False)
        self._fill(before)

    def _fill(self, before) -> None:
        """A record not signed yet comes back to be corrected."""
        fields, venue = self.fields, self.case.venue
        fields["place"].initial = self.case.meeting_place or venue.place
        if before is None:
            return
        for name in ("held_on", "place", "host_name", "talks", "not_agreed", *COUNT_LABELS):
            fields[name].initial = getattr(before, name)
        fields["people"].initial = list(before.participants.values_list("person_id", flat=True))
        for n, item in enumerate(before.items.order_by("position")[:ROWS], start=1):
            for name in ("text", "responsible", "due_on"):
                fields[f"{name}_{n}"].initial = getattr(item, name)
            fields[f"unit_{n}"].initial = item.unit_id

    def clean_held_on(self):
        return within(self.cleaned_data["held_on"], "协商会日期", self.case)

    def clean(self):
        data = super().clean()
        for name in COUNT_LABELS:
            data[name] = data.get(name) or 0
        data["items"] = [row for n in range(1, ROWS + 1) if (row := self._row(n, data))]
        if not self.errors and not data["items"] and not data.get("not_agreed"):
            self.add_error("text_1", "请写共识要点；一项也没有谈成的，请写“未达成一致的事项”。")
        if not self.errors:
            self._check_counts(data)
        return data

    def _check_counts(self, data: dict) -> None:
        """Whoever is named is counted too."""
        named = list(data["people"])
        seats = sum(person.is_member for person in named)
        for name, count in (("members", seats), ("departments", len(named) - seats)):
            data[name] = max(data[name], count)
        if not sum(data[name] for name in COUNT_LABELS):
            self.add_error("members", "请填写参加人数。")

    def _row(self, n: int, data: dict) -> Row | None:
        """One thing agreed; None of a row left empty, or with an error said at its field."""
        names = [f"{name}_{n}" for name in ROW]
        text, unit, responsible, due_on = (data.get(name) for name in names)
        if not any((text, unit, responsible, due_on)) or any(name in self.errors for name in names):
            return None
        for name, missing, sentence in (
            (names[0], not text, "请写明共识要点。"), (names[1], not (unit or responsible), "请选择责任单位，没有账号的写责任人。"),
            (names[3], not due_on, "请填写完成期限。"), (names[3], bool(due_on and out_of_reach(due_on)), out_of_reach(due_on)),
        ):  # fmt: skip
            if missing:
                self.add_error(name, sentence)
        return Row(text, int(unit) if unit else None, responsible, due_on) if not self.errors else None

    def shown(self) -> list[list[str]]:
        data = self.cleaned_data
        count = sum(data[name] for name in COUNT_LABELS)
        return [
            ["协商会日期", f"{data['held_on']:%Y-%m-%d}"],
            ["参加人数", f"{count}"],
            ["共识要点", f"{len(data['items'])} 项"],
        ]


def people():
    """Members in office and people of units, with an account; `is_member` of each."""
    day = today()
    seats = Member.objects.in_office(day).filter(person=OuterRef("pk"))
    posts = Appointment.objects.on(day).filter(post__in=(Post.OPERATOR, Post.UNIT_LEADER), person=OuterRef("pk"))
    rows = Person.objects.annotate(is_member=Exists(seats)).filter(Q(is_member=True) | Exists(posts))
    return rows.filter(user__is_active=True).order_by("pinyin", "pk")


def _units() -> list[tuple[str, str]]:
    rows = Organization.objects.on(today()).filter(kind=OrganizationKind.UNIT)
    rows = rows.order_by("order", "pinyin", "pk").values_list("pk", "name")
    return [("", "没有账号的，写在责任人里"), *((str(pk), name) for pk, name in rows)]


def written_rows() -> dict:
    """The fields in which a clerk writes words, beside those that the form declares."""
    rows = {f"text_{n}": area(f"共识要点 {n}", 500) for n in range(1, ROWS + 1)}
    return rows | {"not_agreed": area("未达成一致的事项", 1000)}


def _row_fields(n: int, units: list) -> dict:
    return {
        f"text_{n}": area(f"共识要点 {n}", 500, 2, required=False),
        f"unit_{n}": forms.ChoiceField(label="责任单位", choices=units, required=False),
        f"responsible_{n}": forms.CharField(label="责任人（可不填）", max_length=60, required=False),
        f"due_on_{n}": day("完成期限", required=False),
    }


def lower_venues(venue: Venue):
    """Where a matter may be passed down to."""
    return Venue.objects.open().with_host().filter(Q(upper=venue) | Q(upper__upper=venue)).for_list()

"""The question of an address, read by a form: nonsense is answered with a sentence, never guessed."""

from datetime import date

from django import forms

from members.models import Organization
from members.models.organization import OrganizationKind
from members.periods import today
from proposals.kinds import Kind
from proposals.models import Category
from proposals.statistics import NO_CATEGORY

from . import period as periods
from .asked import CATEGORY, GROUP, KIND, MONTHS, SECTOR, TOWNSHIP, UNIT, UNSORTED, Asked
from .period import FIRST_YEAR, LAST_YEAR
from .sight import Reader

DAYS = "days"
DATE = {"type": "date"}


class QuestionForm(forms.Form):
    """Three queries, whatever is asked. `period`: a session, a year, or 起止日期 with the two dates."""

    period = forms.ChoiceField(label="届次或年度", required=False)
    first = forms.DateField(label="起（选“起止日期”时填）", required=False, widget=forms.DateInput(DATE))
    last = forms.DateField(label="止", required=False, widget=forms.DateInput(DATE))
    category = forms.TypedChoiceField(label="类别", required=False, coerce=int, empty_value=None)
    kind = forms.ChoiceField(label="提案形式", required=False, choices=[("", "全部"), *Kind.choices])
    unit = forms.TypedChoiceField(label="承办单位", required=False, coerce=int, empty_value=None)
    township = forms.TypedChoiceField(label="乡镇（街道）", required=False, coerce=int, empty_value=None)
    sector = forms.TypedChoiceField(label="界别", required=False, coerce=int, empty_value=None)
    group = forms.TypedChoiceField(label="委员组", required=False, coerce=int, empty_value=None)
    as_of = forms.DateField(
        label="截至过去某一天", required=False, widget=forms.DateInput(DATE), help_text="不填就是现在的情况。"
    )
    compare = forms.BooleanField(label="和上一次（上一年）比较", required=False)

    def __init__(self, data, reader: Reader):
        super().__init__(data.copy())
        self.reader, self.sessions = reader, periods.known_sessions()
        self.fields["period"].choices = self._periods(data.get("period", ""))
        self.categories = list(Category.objects.filter(system="business").values_list("pk", "name"))
        self.fields[CATEGORY].choices = [("", "全部"), *self.categories, (UNSORTED, NO_CATEGORY)]
        self._give_bodies()
        if not reader.everything:
            for name in (SECTOR, GROUP):
                del self.fields[name]

    def _periods(self, asked: str) -> list[tuple[str, str]]:
        years = range(today().year, min([today().year, *(one.opens.year for one in self.sessions)]) - 1, -1)
        known = [(one.code, str(one)) for one in self.sessions] + [(str(year), f"{year}年") for year in years]
        other = periods.read(asked, self.sessions) if asked not in dict(known) else None
        return [*known, *([(other.code, other.name)] if other else []), (DAYS, "起止日期（在更多条件里填）")]

    def _give_bodies(self) -> None:
        kinds = {
            OrganizationKind.UNIT: UNIT, OrganizationKind.SECTOR: SECTOR, OrganizationKind.COUNTY_GROUP: GROUP,
            OrganizationKind.TOWNSHIP_GROUP: GROUP,
        }  # fmt: skip
        choices = {name: [("", "全部")] for name in (UNIT, SECTOR, GROUP, TOWNSHIP)}
        for body in Organization.objects.of_kind(*kinds):
            if body.kind == OrganizationKind.UNIT and not (self.reader.everything or self.reader.units.covers(body)):
                continue
            choices[kinds[body.kind]].append((body.pk, str(body)))
            if body.kind == OrganizationKind.UNIT and body.system == "township":
                choices[TOWNSHIP].append((body.pk, str(body)))
        for name, found in choices.items():
            self.fields[name].choices = found

    def clean_as_of(self):
        day = self.cleaned_data["as_of"]
        if day and day > today():
            raise forms.ValidationError("这一天还没有到，请填今天或以前的日期。")
        if day and day.year < FIRST_YEAR:
            raise forms.ValidationError(f"请填 {FIRST_YEAR} 年以后的日期。")
        return day

    def clean(self):
        found = super().clean()
        if found.get("period") == DAYS and not {"first", "last"} & self.errors.keys():
            self._check_days(found.get("first"), found.get("last"))
        return found

    def _check_days(self, first: date | None, last: date | None) -> None:
        if not (first and last):
            self.add_error("first" if not first else "last", "选了“起止日期”，请填写起、止两个日期。")
        elif last < first:
            self.add_error("last", "止的日期早于起的日期，请核对。")
        elif first.year < FIRST_YEAR or last.year > LAST_YEAR:
            self.add_error("first", f"请填 {FIRST_YEAR} 年到 {LAST_YEAR} 年之间的日期。")

    def asked(self, months: dict[str, str] | None = None) -> Asked:
        """What a valid form asks, with the months of the address; without a period the session that is under way, without any session this year."""
        given = self.cleaned_data
        conditions = {
            name: given.get(name) for name in (CATEGORY, KIND, UNIT, TOWNSHIP, SECTOR, GROUP) if given.get(name)
        }
        conditions |= months or {}
        period = self._period()
        self._show(period)
        return Asked(period, self.reader, conditions, given.get("as_of"))

    def _show(self, period: periods.Period) -> None:
        """The field stands on what is really shown, whatever the address left out."""
        self.data["period"] = period.code
        self.fields["period"].choices = self._periods(period.code)

    def _period(self) -> periods.Period:
        code, given = self.cleaned_data.get("period"), self.cleaned_data
        if code == DAYS:
            return periods.of_days(given["first"], given["last"])
        return (periods.read(code, self.sessions) if code else None) or self.usual()

    def usual(self) -> periods.Period:
        """The latest session that has opened."""
        opened = [one for one in self.sessions if one.opens <= today()] or self.sessions
        return periods.of_session(opened[0], self.sessions) if opened else periods.of_year(today().year)

    def applied(self, asked: Asked) -> list[tuple[str, str]]:
        """The conditions as (words, address without it)."""
        found = []
        for name in asked.conditions:
            words = {str(key): label for key, label in self.fields[name].choices} if name in self.fields else {}
            label = self.fields[name].label if name in self.fields else MONTHS[name]
            value = str(asked.conditions[name])
            found.append((f"{label}：{words.get(value, value)}", f"?{asked.without(name).query()}"))
        if asked.as_of:
            rest = Asked(asked.period, asked.reader, asked.conditions)
            found.append((f"截至：{asked.as_of:%Y-%m-%d}", f"?{rest.query()}"))
        return found


def month_of(text: str) -> str:
    """2026-05; "" for what is no month."""
    year, mark, month = text.partition("-")
    if not (mark and len(text) == 7 and text.replace("-", "").isdecimal() and text.isascii()):
        return ""
    return text if FIRST_YEAR <= int(year) <= LAST_YEAR and 1 <= int(month) <= 12 else ""


def months_of(given) -> dict[str, str]:
    """The months that an address names; what is no month counts as not named."""
    return {name: month for name in MONTHS if (month := month_of(given.get(name, "")))}

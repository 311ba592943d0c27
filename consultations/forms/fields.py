"""The fields that the forms of this app share."""

from datetime import timedelta

from django import forms

from members.models import Organization, OrganizationKind, Person
from members.periods import today

FIRST_YEAR, MOST_AHEAD = 2000, timedelta(days=366)


def day_field(label: str, **more) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


def text_field(label: str, most: int, rows: int = 4, **more) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **more)


def not_later(day, what: str):
    """Raises ValidationError for a day that is still to come."""
    if day and day > today():
        raise forms.ValidationError(f"{what}不能晚于今天，请核对。")
    if day and day.year < FIRST_YEAR:
        raise forms.ValidationError(f"{what}太早了，请核对年份。")
    return day


def ahead(day, what: str):
    """Raises ValidationError for a last day that is over already, or more than a year off."""
    if day < today():
        raise forms.ValidationError(f"{what}已经过了，请改一个今天以后的日期。")
    if day > today() + MOST_AHEAD:
        raise forms.ValidationError(f"{what}最多到一年以后，请核对年份。")
    return day


def committees():
    return Organization.objects.on(today()).of_kind(OrganizationKind.COMMITTEE).order_by("order", "pk")


def units():
    return Organization.objects.units().on(today()).order_by("system", "order", "pk")


def member_bodies():
    """Sectors and groups, through which many members are invited at once."""
    kinds = (OrganizationKind.SECTOR, OrganizationKind.COUNTY_GROUP, OrganizationKind.TOWNSHIP_GROUP)
    return Organization.objects.on(today()).of_kind(*kinds).order_by("kind", "order", "pk")


def members_in_office():
    from members.models import Member

    seats = Member.objects.in_office(today()).order_by()
    return Person.objects.filter(pk__in=seats.values("person_id")).order_by("pinyin", "pk")


class ManyField(forms.ModelMultipleChoiceField):
    """Checks and fetches what was chosen in one query, not in two."""

    def clean(self, value):
        wanted = self.prepare_value(value) or []
        if self.required and not wanted:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if not isinstance(wanted, (list, tuple)):
            raise forms.ValidationError(self.error_messages["invalid_list"], code="invalid_list")
        keys = {str(one) for one in wanted}
        if any(not (key.isascii() and key.isdigit() and len(key) <= 18) for key in keys):
            raise forms.ValidationError("所选的一项已不可用，请重新选择。", code="invalid_choice")
        rows = list(self.queryset.filter(pk__in=keys)) if keys else []
        if len(rows) < len(keys):
            raise forms.ValidationError("所选的一项已不可用，请重新选择。", code="invalid_choice")
        return rows


def many(label: str, queryset=None, **more) -> ManyField:
    rows = Organization.objects.none() if queryset is None else queryset
    return ManyField(label=label, queryset=rows, widget=forms.CheckboxSelectMultiple, **more)

"""What a visitor may ask of the published proposals."""

from django import forms

from members.models import Organization, Session
from members.periods import today
from proposals.kinds import CategorySystem
from proposals.models import Assignment, Category, Publication
from search.query import matching


class PublicForm(forms.Form):
    """A wrong value of one field is left out; the others still narrow."""

    q = forms.CharField(
        label="案由或内容", required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    session = forms.TypedChoiceField(label="届次", required=False, coerce=int, empty_value=None)
    category = forms.TypedChoiceField(label="类别", required=False, coerce=int, empty_value=None)
    unit = forms.TypedChoiceField(label="承办单位", required=False, coerce=int, empty_value=None)
    submitted = forms.TypedChoiceField(label="提交年份", required=False, coerce=int, empty_value=None)
    year = forms.TypedChoiceField(label="公开年份", required=False, coerce=int, empty_value=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        sessions = list(Session.objects.select_related("term"))
        self.fields["session"].choices = [("", "全部届次"), *_named(sessions)]
        first = min((one.opens.year for one in sessions), default=today().year) - 1
        self.fields["submitted"].choices = [
            ("", "全部年份"),
            *((n, f"{n} 年") for n in range(today().year, first - 1, -1)),
        ]
        categories = Category.objects.filter(system=CategorySystem.BUSINESS)
        self.fields["category"].choices = [("", "全部类别"), *_named(categories)]
        self.fields["unit"].choices = [("", "全部单位"), *_named(Organization.objects.units().order_by("pinyin", "pk"))]
        years = Publication.objects.current().datetimes("published_at", "year", order="DESC")
        self.fields["year"].choices = [("", "全部年份"), *((str(at.year), f"{at.year} 年") for at in years)]

    def narrow(self, rows):
        """The publications that are asked for."""
        self.is_valid()
        data = self.cleaned_data
        if "q" in self.errors:
            return rows.none()
        rows = matching(rows, data.get("q") or "")
        if data.get("session"):
            rows = rows.filter(proposal__session=data["session"])
        if data.get("category"):
            rows = rows.filter(proposal__business_category=data["category"])
        if data.get("submitted"):
            rows = rows.filter(proposal__submitted_at__year=data["submitted"])
        if data.get("unit"):
            shares = Assignment.objects.current().answering().filter(unit=data["unit"])
            rows = rows.filter(proposal__in=shares.values("proposal_id"))
        return rows.filter(published_at__year=data["year"]) if data.get("year") else rows

    @property
    def narrows(self) -> bool:
        return bool(self.errors) or any(self.cleaned_data.get(name) for name in self.fields)


def _named(rows) -> list[tuple[str, str]]:
    return [(str(row.pk), str(row)) for row in rows]

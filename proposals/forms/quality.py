"""The unit rates the proposal, and the head voids a rating."""

from django import forms

from proposals.kinds import Quality
from proposals.models import QualityRating, Rating
from proposals.rating_guards import voidable
from workflow.forms import ActForm


def _grade(name: str) -> forms.ChoiceField:
    label = QualityRating._meta.get_field(name).verbose_name
    return forms.ChoiceField(label=label, choices=Quality.choices, widget=forms.RadioSelect)


class QualityForm(ActForm):
    topic = _grade("topic")
    substance = _grade("substance")
    form = _grade("form")
    benefit = _grade("benefit")
    overall = _grade("overall")
    reason = forms.CharField(
        label="意见", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="写给提案人和提案委，可不填。",
    )  # fmt: skip


def _of_whom(rating: Rating) -> str:
    """A rating by its rater; what it says stands above the form, and not in the timeline."""
    return f"{rating.person or '集体提案者'}的评价{'（第一提案人）' if rating.deciding else '（联名人）'}"


class VoidRatingForm(ActForm):
    rating = forms.TypedChoiceField(label="作废哪一条评价", empty_value=None)
    reason = forms.CharField(
        label="作废理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="必须填写，例如“代录时选错一栏”。作废后请按签名的纸质表代录。",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        found, field = {str(rating.pk): rating for rating in voidable(self.case)}, self.fields["rating"]
        field.choices = [("", "请选择"), *((key, _of_whom(rating)) for key, rating in found.items())]
        field.coerce, field.initial = found.get, next(iter(found), "")

    def shown(self) -> list[list[str]]:
        return [["作废的评价", _of_whom(self.cleaned_data["rating"])]]

"""The form of 推荐为优秀提案."""

from django import forms

from members.models import Organization
from members.periods import today
from members.posts import posts_of
from workflow.forms import ActForm


class NominateForm(ActForm):
    """The committee enters whose nomination it is; a body nominates in its own name."""

    nominator = forms.ModelChoiceField(
        label="推荐单位", queryset=Organization.objects.none(), required=False, empty_label="提案委员会",
        help_text="由党派、团体、界别、委员组推荐的，请选推荐单位。",
    )  # fmt: skip
    reason = forms.CharField(
        label="推荐理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明选题、调研、建议质量和办理效果。",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        posts = posts_of(self.actor)
        field, bodies = self.fields["nominator"], Organization.objects.collectives().on(today())
        if posts.in_proposal_committee("head", "staff"):
            field.queryset = bodies
            return
        field.queryset = bodies.filter(pk__in=posts.organizations("contact", "convener", "head"))
        field.required, field.empty_label = True, "请选择"

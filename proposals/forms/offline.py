"""The form of 转线下办理."""

from django import forms

from workflow.forms import ActForm


class OfflineForm(ActForm):
    reason = forms.CharField(
        label="理由", max_length=200, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="这段话会一直留在办理记录里。只写办理上的理由（如“内容须走保密渠道”），不要写任何涉密内容。",
    )  # fmt: skip

"""The form of 提交: what the proposer declares at that moment. Nothing in it is compulsory."""

from django import forms

from workflow.forms import ActForm


class SubmitForm(ActForm):
    similar_read = forms.BooleanField(label="已阅相似提案", required=False)

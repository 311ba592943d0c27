"""The form of 提交: what the proposer declares, and what a collective still has to show with its submission."""

from django import forms

from documents.models import Attachment
from proposals.collective import is_confirmed
from proposals.kinds import Kind
from proposals.roles import Role
from workflow.forms import ActForm
from workflow.querysets import roles_among

SCANS = ("application/pdf", "image/jpeg", "image/png")
NOT_CONFIRMED = "这份文字还没有经召集人确认。请上传盖章（签字）原件的扫描件，或先请召集人在系统里确认。"


class SubmitForm(ActForm):
    similar_read = forms.BooleanField(label="已阅相似提案", required=False)
    scan = forms.ModelChoiceField(
        label="盖章（签字）原件的扫描件", queryset=Attachment.objects.none(), required=False,
        help_text="PDF、JPG 或 PNG。召集人已在系统里确认的，不必上传。",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.case.kind != Kind.COLLECTIVE:
            del self.fields["scan"]
        else:
            own = Attachment.objects.filter(uploaded_by=self.actor, subject_id__isnull=True)
            self.fields["scan"].queryset = own

    def clean_scan(self):
        scan = self.cleaned_data["scan"]
        if scan is not None and scan.content_type not in SCANS:
            raise forms.ValidationError(f"“{scan.name}”不是扫描件。请上传 PDF、JPG 或 PNG 文件。")
        if scan is None and needs_scan(self.case):
            raise forms.ValidationError(NOT_CONFIRMED)
        return scan


def needs_scan(proposal) -> bool:
    """Whether whoever read the row through `with_roles_of` submits with a scan only: a convener confirms by submitting."""
    if proposal.kind != Kind.COLLECTIVE or roles_among(proposal, {Role.CONVENER}):
        return False
    return not is_confirmed(proposal)

"""Forms of a unit's desk: internal note, sealed scan, 补充答复."""

from django import forms

from documents.models import Attachment
from proposals.unit_guards import open_supplement
from workflow.forms import ActForm, WrittenField

SUPPLEMENT_MAX = 5000
PDF = "application/pdf"


class NoteForm(ActForm):
    reason = forms.CharField(
        label="备注", max_length=500, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="只有本单位经办人和领导能看到。",
    )  # fmt: skip


class ScanForm(ActForm):
    scan = forms.ModelChoiceField(
        label="盖章扫描件（PDF）", queryset=Attachment.objects.none(),
        help_text="把用印后的答复函扫描成一个 PDF 文件。提案人下载的是它；提案公开时，由提案委核对后决定是否一并公开。",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["scan"].queryset = Attachment.objects.waiting_of(self.actor)

    def clean_scan(self) -> Attachment:
        """Content was looked at when it came in: what is kept as PDF is one."""
        file = self.cleaned_data["scan"]
        if file.content_type != PDF:
            raise forms.ValidationError(f"“{file.name}”不是 PDF 文件。请把盖章的答复函扫描成 PDF 再上传。")
        return file


class SupplementForm(ActForm):
    body = WrittenField(
        label="补充答复正文", max_length=SUPPLEMENT_MAX, rows=12,
        help_text="写明答复以后的新进展或变化。称呼、落款和文号由系统生成。",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = open_supplement(self.case) if self.case.supplement_stage else None
        self.fields["body"].initial = known.body if known else ""

    def clean_body(self) -> str:
        if not self.cleaned_data["body"].strip():
            raise forms.ValidationError("请写补充答复的正文。")
        return self.cleaned_data["body"]

    def shown(self) -> list:
        """The text stands beneath the reply, for those who may read it, once it is signed."""
        return []

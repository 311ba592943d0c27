"""Importing a ledger of old proposals: into which session its rows go."""

from django import forms

from documents.import_pages import ImportForm, ImportPages
from documents.sheets.refusal import Unreadable
from members.models import Session
from proposals.ledger import imports, sessions
from proposals.ledger.columns import GUIDE

OTHER = "other"


class LedgerForm(ImportForm):
    session = forms.ChoiceField(label="届次")
    other = forms.CharField(
        label="其他届次", required=False, max_length=10,
        help_text="列表里没有的届次填在这里，例如 10-5（第十届第五次会议），导入时新建。",
    )  # fmt: skip
    field_order = ["session", "other", "file"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = [(s.code, str(s)) for s in Session.objects.select_related("term")]
        self.fields["session"].choices = [("", "请选择"), *known, (OTHER, "其他届次（在下面填写）")]

    def clean(self):
        data = super().clean()
        if data.get("session") == OTHER:
            try:
                data["other"] = sessions.normal_code(data.get("other", ""))
            except Unreadable as refused:
                self.add_error("other", refused.sentence)
        return data

    def target(self) -> str:
        chosen = self.cleaned_data["session"]
        return self.cleaned_data["other"] if chosen == OTHER else chosen


class LedgerPages(ImportPages):
    imports = imports
    import_form = LedgerForm
    import_permission = "proposals.import_ledger"
    import_title = "导入提案台账"
    import_purpose = "ledger"
    import_guide = GUIDE

    @staticmethod
    def target_label(target: str) -> str:
        return f"届次：{target}"

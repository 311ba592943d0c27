"""Importing a roster of members: of which term it is."""

from django import forms

from documents.import_pages import ImportForm, ImportPages
from members.models import Term
from members.roster import imports
from members.roster.columns import GUIDE


class RosterForm(ImportForm):
    term = forms.ChoiceField(label="届", required=False, help_text="名册里有“届次”列的，不用选。")
    field_order = ["term", "file"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["term"].choices = [
            ("", "按名册里的“届次”列"),
            *((str(t.number), str(t)) for t in Term.objects.all()),
        ]

    def target(self) -> str:
        return self.cleaned_data["term"]


class RosterPages(ImportPages):
    imports = imports
    import_form = RosterForm
    import_permission = "members.import_roster"
    import_title = "导入委员名册"
    import_purpose = "roster"
    import_guide = GUIDE
    batch_url_name = "admin:members_importbatch_change"
    change_list_template = "admin/documents/change_list.html"

    @staticmethod
    def target_label(target: str) -> str:
        return f"第 {target} 届" if target else "按名册里的“届次”列"

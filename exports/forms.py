from django import forms

from .audiences import ABOUT, Audience
from .lists import Column


class ExportForm(forms.Form):
    """The columns and audiences are those this person may have; what an audience may not read is left out by itself."""

    audience = forms.ChoiceField(
        label="使用范围", widget=forms.RadioSelect, error_messages={"required": "请选择使用范围。"}
    )
    columns = forms.MultipleChoiceField(
        label="栏目", widget=forms.CheckboxSelectMultiple, error_messages={"required": "请至少选一个栏目。"}
    )
    purpose = forms.CharField(
        label="用途", max_length=100, required=False, help_text="例如：报送主席会议。会留在导出记录里。"
    )

    def __init__(self, *args, columns: list[Column], audiences: tuple[Audience, ...], **kwargs):
        super().__init__(*args, **kwargs)
        self.by_key = {one.key: one for one in columns}
        self.fields["audience"].choices = [(one.value, f"{one.label}：{ABOUT[one]}") for one in audiences]
        several = len(audiences) > 1
        self.fields["columns"].choices = [
            (one.key, one.label + (_told(one, audiences) if several else "")) for one in columns
        ]

    def clean(self):
        data = super().clean()
        chosen, audience = data.get("columns"), data.get("audience")
        if chosen and audience and not any(self.by_key[key].may_reach(audience) for key in chosen):
            self.add_error("columns", f"所选栏目都不能用于“{Audience(audience).label}”的文件，请另选栏目。")
        return data


def _told(column: Column, audiences: tuple[Audience, ...]) -> str:
    """Said of a column that some of the files would not hold."""
    without = [one.label for one in audiences if not column.may_reach(one)]
    return f"（{'、'.join(without)}文件不含）" if without else ""

from django import forms
from django.core.exceptions import ValidationError

from deadlines.models import HolidayNotice
from deadlines.notice_text import NoticeDay, parse


class NoticeForm(forms.ModelForm):
    """A year's notice, entered by pasting its text; `days` holds what was read from it."""

    text = forms.CharField(
        label="通知正文",
        required=False,
        widget=forms.Textarea(attrs={"rows": 12, "cols": 90}),
        help_text="把国务院办公厅通知中“一、元旦：……”到最后一条原样粘贴进来，系统自动登记放假和调休上班的日子。",
    )

    class Meta:
        model = HolidayNotice
        fields = ["year", "number", "text", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.days: list[NoticeDay] = []
        if self.instance.pk and "year" in self.fields:
            self.fields["year"].disabled = True

    def clean(self):
        data = super().clean()
        text, year = data.get("text", "").strip(), data.get("year")
        if not text and not self.instance.pk:
            self.add_error("text", "请粘贴通知正文，否则系统不知道哪些日子放假。")
        if text and year:
            self._read(text, year)
        return data

    def _read(self, text: str, year: int) -> None:
        try:
            self.days = parse(text, year)
        except ValidationError as error:
            self.add_error("text", error)

"""The forms of 编辑 and 编发."""

from django import forms

from members.periods import today
from opinions import numbering
from opinions.guards import mains_for
from opinions.models import OpinionReport
from opinions.roles import Role
from opinions.validators import COMBINED_MAX, TITLE_MAX, TOGETHER_MAX, length
from workflow.forms import ActForm, WrittenField
from workflow.querysets import roles_among

MAIN_TO = "县委、县政府主要领导"
COPY_TO = "县委办公室，县政府办公室，县政协各位副主席"


class EditForm(ActForm):
    """The edited text; the author's own is never touched. Nothing of it goes into the event."""

    edited_title = forms.CharField(label="标题", max_length=TITLE_MAX)
    edited_situation = WrittenField(label="情况反映", max_length=COMBINED_MAX, rows=9)
    edited_causes = WrittenField(label="原因分析", max_length=COMBINED_MAX, required=False, rows=5)
    edited_suggestions = WrittenField(label="建议", max_length=COMBINED_MAX, required=False, rows=6)

    def __init__(self, *args, case, **kwargs):
        given = {name: getattr(case, name) for name in self.base_fields}
        super().__init__(*args, case=case, **{"initial": given, **kwargs})
        self.fields["edited_situation"].help_text = f"三部分合计不超过 {self.most} 字。"

    @property
    def most(self) -> int:
        return COMBINED_MAX if self.case.combined.exists() else TOGETHER_MAX

    def clean(self):
        data = super().clean()
        parts = [data.get(name) or "" for name in ("edited_situation", "edited_causes", "edited_suggestions")]
        if (written := length(*parts)) > self.most:
            self.add_error("edited_situation", f"三部分合计 {written} 字，超过 {self.most} 字，请删减。")
        return data

    def shown(self) -> list:
        return []


class ReportChoice(forms.ModelChoiceField):
    def label_from_instance(self, report: OpinionReport) -> str:
        return f"{report.number} {report.shown_title}（{report.reporter_name}）"


class JoinForm(ActForm):
    into = ReportChoice(
        label="并入哪一条", queryset=OpinionReport.objects.none(),
        help_text="只列出正在编辑的信息。并入后，请在那一条的编辑稿里写进本条的内容；反映人一并署名。",
    )  # fmt: skip

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, case=case, **kwargs)
        self.fields["into"].queryset = mains_for(case).select_related("author", "organization")

    def shown(self) -> list[list[str]]:
        return [["并入", self.cleaned_data["into"].number]]


FIRST_OF_YEAR = "这是今年用系统编发的第一期。今年已经印过纸质期的，请让机关负责人编发这一期，期号才能接着编。"


class IssueForm(ActForm):
    main_to = forms.CharField(label="主送", max_length=200, initial=MAIN_TO)
    copy_to = forms.CharField(
        label="抄送", max_length=200, required=False, initial=COPY_TO, help_text="用逗号分开；没有的留空。"
    )
    printed = forms.IntegerField(
        label="今年已印到第几期（可不填）", min_value=1, max_value=999, required=False,
        help_text="只在今年第一次用系统编发时填：以前纸质印到第 5 期的，填 5，这一期就是第 6 期。没有印过的留空。",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        """For the head of the office, while nothing of the year was issued here; whoever else begins the year is told so,
        because a number that was given stays."""
        super().__init__(*args, **kwargs)
        is_first = not self.is_bound and numbering.is_unused(today().year)
        is_head = bool(roles_among(self.case, (Role.REVIEWER,)))
        if not (is_head and (self.is_bound or is_first)):
            del self.fields["printed"]
        if is_first and not is_head:
            self.fields["main_to"].help_text = FIRST_OF_YEAR

"""Forms of the work on a topic: date, invitations, notice and materials, surveys, opinions, the meeting."""

from django import forms

from consultations.kinds import Form, Mode, OutcomeKind, SpeechKind
from consultations.models import Meeting, Opinion
from consultations.models.opinion import HEADING_MAX
from consultations.models.outcome import TITLE_MAX
from consultations.states import OpinionState
from documents.act_files import file_field, offer_files
from members.models import Organization, Person
from members.periods import today
from workflow.forms import ActForm

from .fields import (
    ahead,
    day_field,
    many,
    member_bodies,
    members_in_office,
    not_later,
    text_field,
    units,
)


class DateForm(ActForm):
    meets_on = day_field(
        "协商日期", help_text="通知要提前 15 个工作日、材料要提前 10 个工作日发出（天数按后台的期限规则）。"
    )
    meets_at = forms.TimeField(
        label="开始时间", required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    place = forms.CharField(label="地点", max_length=80)
    reason = text_field(
        "改期理由", 500, 2, required=False, help_text="第一次定日期不用填；改期必须填写，参加人员会收到通知。"
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("meets_on", "meets_at", "place"):
            self.fields[name].initial = getattr(self.case, name)

    def clean_meets_on(self):
        day = self.cleaned_data["meets_on"]
        if day < today():
            raise forms.ValidationError("协商日期已经过了。会已经开过的，请直接用“登记协商会”。")
        if day.year > today().year + 2:
            raise forms.ValidationError("日期太远了，请核对年份。")
        return day

    def clean(self):
        data = super().clean()
        moved = self.case.meets_on and data.get("meets_on") and data["meets_on"] != self.case.meets_on
        if moved and not data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "改期请写明理由。")
        return data


class InviteForm(ActForm):
    persons = many("按姓名邀请委员", Person.objects.none(), required=False)
    bodies = many("按界别、委员组邀请", required=False, help_text="所选界别、委员组的全部在任委员。")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["persons"].queryset = members_in_office()
        self.fields["bodies"].queryset = member_bodies()

    def clean(self):
        data = super().clean()
        if not (data.get("persons") or data.get("bodies") or self.errors):
            self.add_error("persons", "请至少选一位委员，或者选一个界别、委员组。")
        return data


class Dispatched(ActForm):
    """Something that goes out before the meeting; late it wants its reason."""

    due_field = ""
    reason = text_field("迟发原因", 500, 2, required=False, help_text="超过期限才发出的必须填写。")
    file = file_field("附件")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer_files(self, "file")

    def clean(self):
        data, due_on = super().clean(), getattr(self.case, self.due_field)
        if due_on and today() > due_on and not data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", f"按规定应在 {due_on:%Y-%m-%d} 前发出，现在已经迟了，请写明原因。")
        return data


class NoticeForm(Dispatched):
    due_field = "notice_due_on"
    notice = text_field(
        "通知内容", 3000, 8, help_text="协商的内容、要求和需要准备的事项。时间、地点不用写，系统会加上。"
    )
    field_order = ["notice"]


class MaterialsForm(Dispatched):
    due_field = "materials_due_on"
    materials = text_field("材料说明", 3000, 6, help_text="背景资料、部门情况介绍等的要点；材料全文请作为附件上传。")
    field_order = ["materials"]


class FileForm(ActForm):
    file = file_field("文件")
    note = forms.CharField(label="文件说明", max_length=100, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].required = True
        offer_files(self, "file")


class SurveyFields(ActForm):
    first_day = day_field("开始日期", initial=today)
    last_day = day_field("结束日期", initial=today)
    places = forms.CharField(label="地点", max_length=300, help_text="到过的乡镇、村、企业、单位。")
    team = many("参加的委员", Person.objects.none(), required=False)
    others = forms.CharField(label="其他参加人员", max_length=300, required=False)
    findings = text_field("调研情况", 5000, 8, help_text="看到的情况、存在的问题、各方面的建议。")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = members_in_office()

    def clean_last_day(self):
        return not_later(self.cleaned_data["last_day"], "结束日期")

    def clean(self):
        data = super().clean()
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", "结束日期早于开始日期，请核对。")
        return data


class SurveyForm(SurveyFields):
    file = file_field("照片或材料")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer_files(self, "file")


class AskForm(ActForm):
    mode = forms.ChoiceField(label="请谁发表意见", choices=Mode.choices, widget=forms.RadioSelect, initial=Mode.MIXED)
    question = text_field("请委员谈什么", 1000, 4, help_text="一两个具体的问题，委员一看就知道该谈什么。")
    until = day_field("截止日期")
    is_anonymous = forms.BooleanField(label="对其他委员不显示发言人姓名（承办专委会和办公室看得到）", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.case.question:
            self.fields["mode"].initial = self.case.mode
            self.fields["question"].initial = self.case.question
            self.fields["until"].initial = self.case.opinions_until if self.case.is_collecting else None
            self.fields["is_anonymous"].initial = self.case.is_anonymous

    def clean_until(self):
        return ahead(self.cleaned_data["until"], "截止日期")

    def clean(self):
        """What was promised to those who have written holds: their names, and among whom their words stay."""
        data = super().clean()
        widens = self.case.mode == Mode.INVITED and data.get("mode") not in (None, Mode.INVITED)
        shows = self.case.is_anonymous and not data.get("is_anonymous")
        if not (widens or shows) or not self.case.opinions.exists():
            return data
        if widens:
            self.add_error(
                "mode",
                "已经有受邀委员只在受邀范围内写了意见，不能再改为其他委员也可以发表。"
                "请仍选“只请受邀委员发表”；想听更多委员的意见，请先用“邀请委员”邀请他们。",
            )
        if shows:
            self.add_error("is_anonymous", "已经有委员按不显示姓名发表了意见，不能再改为显示。")
        return data


class GroupForm(ActForm):
    heading = forms.CharField(label="归到哪一类", max_length=HEADING_MAX, help_text="如：资金投入、管护机制。")
    opinions = many("选择意见", Opinion.objects.none())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = Opinion.objects.filter(topic=self.case, state=OpinionState.SUBMITTED).select_related("person")
        self.fields["opinions"].queryset = rows.order_by("heading", "submitted_at", "pk")
        self.fields["opinions"].label_from_instance = _opinion_label


def _opinion_label(opinion: Opinion) -> str:
    start = opinion.text.strip().replace("\n", " ")
    shown = start[:60] + ("…" if len(start) > 60 else "")
    return f"{opinion.person}：{shown}" + (f"（已归入“{opinion.heading}”）" if opinion.heading else "")


class HoldForm(ActForm):
    form = forms.ChoiceField(label="会议形式", choices=Form.choices)
    on = day_field("协商日期")
    place = forms.CharField(label="地点", max_length=80)
    chair = forms.CharField(label="主持人", max_length=40, help_text="职务和姓名。")
    present = many("出席的委员", Person.objects.none(), required=False)
    others = forms.CharField(
        label="其他出席人员", max_length=500, required=False, help_text="部门负责人、专家、群众代表等。"
    )
    absent = forms.CharField(label="请假人员", max_length=300, required=False)
    summary = text_field("协商情况和共识", 5000, 10, help_text="主要讨论了什么，形成了哪些共识，还有哪些不同意见。")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        topic = self.case
        self.fields["form"].choices = [(one, Form(one).label) for one in topic.kind.forms if one in Form.values]
        self.fields["form"].initial = topic.form
        self.fields["on"].initial, self.fields["place"].initial = topic.meets_on or today(), topic.place
        self.fields["present"].queryset = members_in_office()
        if not self.is_bound:
            self.fields["present"].initial = list(topic.participants.values_list("person_id", flat=True))

    def clean_on(self):
        return not_later(self.cleaned_data["on"], "协商日期")


class SpeechForm(ActForm):
    meeting = forms.ModelChoiceField(label="哪次会议", queryset=Meeting.objects.none(), empty_label=None)
    kind = forms.ChoiceField(label="环节", choices=SpeechKind.choices, initial=SpeechKind.SPEECH)
    person = forms.ModelChoiceField(label="发言委员", queryset=Person.objects.none(), required=False)
    unit = forms.ModelChoiceField(label="发言单位", queryset=Organization.objects.none(), required=False)
    name = forms.CharField(label="其他发言人", max_length=40, required=False, help_text="不是委员的，写职务和姓名。")
    text = text_field("内容", 3000, 6)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = self.case.meetings.order_by("-on", "-pk")
        self.fields["meeting"].label_from_instance = lambda one: f"{one.on:%Y-%m-%d} {one.get_form_display()}"
        self.fields["person"].queryset = members_in_office()
        self.fields["unit"].queryset = units()

    def clean(self):
        data = super().clean()
        if not any(data.get(name) for name in ("person", "unit", "name")) and not self.errors:
            self.add_error("person", "请选择发言委员或发言单位，或者写明其他发言人。")
        if data.get("kind") == SpeechKind.ANSWER and not data.get("unit") and "unit" not in self.errors:
            self.add_error("unit", "部门解答请选择单位。")
        return data


class MinutesForm(ActForm):
    meeting = forms.ModelChoiceField(label="哪次会议", queryset=Meeting.objects.none(), empty_label=None)
    on = day_field("印发日期", initial=today)
    number = forms.CharField(label="纪要文号", max_length=60, required=False)
    file = file_field("纪要扫描件")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = self.case.meetings.filter(minutes_on=None).order_by("on", "pk")
        self.fields["meeting"].label_from_instance = lambda one: f"{one.on:%Y-%m-%d} {one.get_form_display()}"
        offer_files(self, "file")

    def clean_on(self):
        return not_later(self.cleaned_data["on"], "印发日期")

    def clean(self):
        data = super().clean()
        if data.get("meeting") and data.get("on") and data["on"] < data["meeting"].on:
            self.add_error("on", "印发日期早于会议日期，请核对。")
        return data


class DraftOutcomeForm(ActForm):
    kind = forms.ChoiceField(label="成果形式", choices=OutcomeKind.choices)
    title = forms.CharField(label="标题", max_length=TITLE_MAX)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        allowed = self.case.kind.outcomes
        self.fields["kind"].choices = [(one, OutcomeKind(one).label) for one in allowed if one in OutcomeKind.values]
        self.fields["title"].initial = f"关于{self.case.title}的{self.fields['kind'].choices[0][1]}"[:TITLE_MAX]


class FeedbackForm(ActForm):
    feedback = text_field(
        "反馈内容", 3000, 6, help_text="意见建议采纳得怎样、部门怎样落实。所有参加调研、发言和到会的人都会收到通知。"
    )

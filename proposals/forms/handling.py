"""Forms of the acts of 办: assignment, return, contact, reply."""

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localdate

from members.models import Organization
from members.periods import today
from proposals.kinds import AssignmentKind, ContactMethod, ContactStage, Division, ResultClass
from proposals.units import NOT_OWN, own_systems, system_of, units_in_force, units_to_hand_to, units_to_take
from workflow.forms import ActForm

ELSEWHERE = "您只能改交本系统的单位；要改交其他系统的，请提案委负责人决定这件退办申请。"
NOT_BY_YOU = "您只能改交本系统的单位；要改交其他系统的，请提案委负责人改交。"
TO_LEAD = "选本案会办单位的，由它主办，原来的会办任务终止。"


class AssignForm(ActForm):
    division = forms.ChoiceField(label="承办方式", choices=Division.choices)
    unit = forms.ModelChoiceField(
        label="独办或主办单位", queryset=Organization.objects.none(), required=False,
        help_text="独办、主办时必填。",
    )  # fmt: skip
    others = forms.ModelMultipleChoiceField(
        label="会办单位或分办单位", queryset=Organization.objects.none(), required=False,
        help_text="主办时选会办单位；分办时选两个以上单位。",
    )  # fmt: skip
    reason = forms.CharField(
        label="交办说明", max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("unit", "others"):
            self.fields[name].queryset = units_to_hand_to(self.actor)
            if own_systems(self.actor) is not None:
                self.fields[name].help_text += NOT_OWN
                self.fields[name].error_messages["invalid_choice"] = NOT_OWN

    def clean(self):
        data = super().clean()
        check = {
            Division.SOLE: self._clean_sole,
            Division.LEAD: self._clean_lead,
            Division.SEPARATE: self._clean_separate,
        }.get(data.get("division"))
        if check and not self.errors:
            check(data.get("unit"), list(data.get("others") or []))
        return data

    def _clean_sole(self, unit, others):
        if unit is None:
            self.add_error("unit", "请选择独办单位。")
        if others:
            self.add_error("others", "独办只有一个单位；如需会办，请把承办方式改为“主办＋会办”。")

    def _clean_lead(self, unit, others):
        if unit is None:
            self.add_error("unit", "请选择主办单位。")
        if not others:
            self.add_error("others", "请至少选择一个会办单位；没有会办单位的，请选“独办”。")
        if unit in others:
            self.add_error("others", f"{unit}已是主办单位，不能同时会办。")

    def _clean_separate(self, unit, others):
        if unit is not None:
            self.add_error("unit", "分办没有主办单位，请把各单位都选在下一栏。")
        if len(others) < 2:
            self.add_error("others", "分办至少选择两个单位。")


class RequestReturnForm(ActForm):
    suggested_unit = forms.ModelChoiceField(
        label="建议改由", queryset=Organization.objects.none(), help_text="请写明应由哪个单位办理。"
    )
    reason = forms.CharField(
        label="退办理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="提案人也会看到。",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["suggested_unit"]
        held = self.case.proposal.assignments.current().exclude(lead=self.case.pk)
        field.queryset = units_in_force().exclude(pk__in=held.values("unit_id"))
        if self.case.kind == AssignmentKind.LEAD:
            field.help_text += TO_LEAD


class ApproveReturnForm(ActForm):
    new_unit = forms.ModelChoiceField(label="改交单位", queryset=Organization.objects.none())
    reason = forms.CharField(label="说明", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["new_unit"]
        field.queryset = units_to_take(self.case, self.actor)
        field.initial = self.case.return_suggestion_id
        if own_systems(self.actor) is not None:
            field.error_messages["invalid_choice"] = ELSEWHERE
        if not self.is_bound:
            field.help_text = self._why_not_suggested() or self._that_it_assists()

    def _why_not_suggested(self) -> str:
        """On the page that offers the choice; what is sent is not read twice."""
        suggested = self.case.return_suggestion
        if suggested is None or self.fields["new_unit"].queryset.filter(pk=suggested.pk).exists():
            return ""
        systems = own_systems(self.actor)
        if systems is not None and suggested.system not in systems:
            return f"承办单位建议改由{suggested}，该单位{system_of(suggested)}。{ELSEWHERE}"
        return f"承办单位建议改由{suggested}，但该单位已承办本案或已不在承办单位名单中，请另选。"

    def _that_it_assists(self) -> str:
        return TO_LEAD if self.case.kind == AssignmentKind.LEAD else ""


class ReassignForm(ActForm):
    """改交 without a return: a case that was handed to the wrong unit."""

    new_unit = forms.ModelChoiceField(label="改交单位", queryset=Organization.objects.none())
    reason = forms.CharField(
        label="改交理由",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="原单位、新单位和提案人都会看到。",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["new_unit"]
        field.queryset = units_to_take(self.case, self.actor)
        field.help_text = TO_LEAD if self.case.kind == AssignmentKind.LEAD else ""
        if own_systems(self.actor) is not None:
            field.error_messages["invalid_choice"] = NOT_BY_YOU


class AddAssistantsForm(ActForm):
    units = forms.ModelMultipleChoiceField(label="会办单位", queryset=Organization.objects.none())
    reason = forms.CharField(label="交办说明", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field, held = self.fields["units"], self.case.proposal.assignments.current()
        field.queryset = units_to_hand_to(self.actor).exclude(pk__in=held.values("unit_id"))
        if own_systems(self.actor) is not None:
            field.help_text = field.error_messages["invalid_choice"] = NOT_OWN


class ContactForm(ActForm):
    stage = forms.ChoiceField(label="阶段", choices=ContactStage.choices)
    method = forms.ChoiceField(label="方式", choices=[c for c in ContactMethod.choices if c[0] != ContactMethod.DRAFT])
    on = forms.DateField(label="日期", initial=today, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    participants = forms.CharField(label="参加人员", max_length=200)
    content = forms.CharField(label="沟通内容和一致意见", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day > today():
            raise forms.ValidationError("日期不能晚于今天，请在联系之后再登记。")
        return self._of_this_round(day)

    def _of_this_round(self, day):
        """A talk before the case came, or about the reply of an earlier round, is none about this one."""
        share, is_first = self.case, self.case.round == 1
        start = localdate(share.first_assigned_at if is_first else share.round_started_at or share.assigned_at)
        if day < start:
            since = "交办" if is_first else "本轮重新办理开始"
            raise forms.ValidationError(f"日期不能早于{since}的 {date_format(start)}；那以前的联系不算这次办理的面商。")
        return day


class OpinionForm(ActForm):
    opinion = forms.CharField(label="会办意见", max_length=3000, widget=forms.Textarea(attrs={"rows": 8}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["opinion"].initial = self.case.opinion

    def shown(self) -> list:
        """The timeline says that it was given; the text is for those who may read it, once it is signed."""
        return []


class DraftCommentForm(ActForm):
    comment = forms.CharField(
        label="对答复稿的意见", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="没有意见可写“同意”。",
    )  # fmt: skip


class CheckForm(ActForm):
    result_class = forms.ChoiceField(
        label="核定办理结果", choices=[("", "不改动"), *ResultClass.choices], required=False
    )
    reason = forms.CharField(
        label="改动理由", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="改动办理结果时必填。",
    )  # fmt: skip

    def clean(self):
        data = super().clean()
        if data.get("result_class") and not data.get("reason"):
            self.add_error("reason", "改动办理结果须写明理由。")
        return data

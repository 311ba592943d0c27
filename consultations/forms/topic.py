"""The face of a topic: what stands in the plan."""

from django import forms

from consultations.kinds import Form
from consultations.models import Idea, Plan, TopicKind
from consultations.models.topic import BACKGROUND_MAX, SCHEME_MAX, TITLE_MAX
from consultations.states import IdeaState, PlanState
from members import county_leaders
from members.models import Organization, Person
from workflow.forms import ActForm

from .fields import committees, many, text_field, units

MONTHS = [("", "全年"), *((str(n), f"{n}月") for n in range(1, 13))]
FACE = ("kind", "form", "title", "background", "month", "lead", "attending")


class FaceFields(forms.Form):
    kind = forms.ModelChoiceField(label="议题类别", queryset=TopicKind.objects.none())
    form = forms.ChoiceField(
        label="协商形式", choices=Form.choices, help_text="要与议题类别相配，可用的形式见“议题类别”。"
    )
    title = forms.CharField(label="议题", max_length=TITLE_MAX)
    background = text_field("议题说明", BACKGROUND_MAX, 5, required=False)
    month = forms.TypedChoiceField(label="协商时间", choices=MONTHS, required=False, coerce=int, empty_value=None)
    lead = forms.ModelChoiceField(label="承办专委会", queryset=Organization.objects.none())
    attending = forms.CharField(
        label="参加人员",
        max_length=200,
        required=False,
        help_text="印在计划表里，如：政协常委、有关界别委员、有关部门负责人。",
    )

    def offer_face(self) -> None:
        self.fields["kind"].queryset = TopicKind.objects.filter(is_active=True)
        self.fields["lead"].queryset = committees()

    def clean(self):
        data = super().clean()
        kind, form = data.get("kind"), data.get("form")
        if kind and form and not kind.allows(form):
            self.add_error("form", f"“{kind}”不能用“{Form(form).label}”，可以用：{kind.form_labels}。")
        return data


class ReviseForm(FaceFields, ActForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer_face()
        for name in FACE:
            value = getattr(self.case, f"{name}_id" if name in ("kind", "lead") else name)
            self.fields[name].initial = "" if value is None else value
        self.fields["kind"].queryset = TopicKind.objects.filter(is_active=True) | TopicKind.objects.filter(
            pk=self.case.kind_id
        )

    def clean(self):
        data = super().clean()
        kind = data.get("kind")
        if kind and kind.needs_plan and self.case.plan_id is None:
            self.add_error("kind", f"“{kind}”必须列入年度计划，这个议题是计划外的，请另选类别。")
        return data


class AdjustForm(ReviseForm):
    reason = text_field("调整理由", 500, 3, help_text="写明为什么调整、经哪次会议同意。")


class NewTopicForm(FaceFields):
    """`user` leads some committees, or keeps the plan for all of them."""

    plan = forms.ModelChoiceField(
        label="列入哪一年的计划", queryset=Plan.objects.none(), required=False, empty_label="计划外的议题"
    )
    year = forms.IntegerField(
        label="年度", min_value=2000, max_value=2100, required=False, help_text="计划外的议题填写。"
    )
    reason = text_field("增加理由", 500, 2, required=False, help_text="计划已经确定的必须填写：经哪次会议同意增加。")
    ideas = many("采用的征集建议", Idea.objects.none(), required=False)
    field_order = ["plan", "year", *FACE]

    def __init__(self, *args, leads=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer_face()
        self.fields["plan"].queryset = Plan.objects.live().order_by("-year")
        self.fields["ideas"].queryset = Idea.objects.filter(state__in=(IdeaState.WAITING, IdeaState.RESERVED)).order_by(
            "-pk"
        )
        if leads is not None:  # a committee adds to plans that are being made, the office to every one
            self.fields["plan"].queryset = Plan.objects.filter(state__in=PlanState.OPEN).order_by("-year")
            self.fields["lead"].queryset = committees().filter(pk__in=leads)

    def clean(self):
        data = super().clean()
        kind, plan = data.get("kind"), data.get("plan")
        if kind and kind.needs_plan and plan is None and "plan" not in self.errors:
            self.add_error("plan", f"“{kind}”必须列入年度计划，请选择计划。")
        if plan is None and not data.get("year") and "year" not in self.errors:
            self.add_error("year", "计划外的议题请填写年度。")
        if (
            plan is not None
            and plan.state in PlanState.SETTLED
            and not data.get("reason")
            and "reason" not in self.errors
        ):
            self.add_error("reason", "这一年的计划已经确定，增加议题请写明理由。")
        return data


class NameUnitsForm(ActForm):
    """Partner units and the leader; once the plan is settled the change wants its reason."""

    leader = forms.ModelChoiceField(label="牵头领导", queryset=Person.objects.none(), required=False)
    units = many("协办单位", required=False, help_text="配合调研、到会通报情况和解答的部门、乡镇。")
    reason = text_field("说明", 500, 2, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["leader"].queryset = county_leaders.everybody()
        self.fields["leader"].label_from_instance = county_leaders.named
        self.fields["leader"].initial = self.case.leader_id
        self.fields["units"].queryset = units()
        if not self.is_bound:
            self.fields["units"].initial = list(self.case.units.values_list("pk", flat=True))

    def clean(self):
        data = super().clean()
        if self.case.is_settled and not data.get("reason") and "reason" not in self.errors and self._changes(data):
            self.add_error("reason", "计划已经确定，请写明为什么这样改。")
        return data

    def _changes(self, data) -> bool:
        """The first naming of a leader is no change."""
        old, new = self.case.leader_id, data.get("leader")
        return old is not None and old != getattr(new, "pk", None)


class SchemeForm(ActForm):
    scheme = text_field(
        "工作方案", SCHEME_MAX, 10, help_text="写明目的、调研方式和时间安排、组织分工。"
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["scheme"].initial = self.case.scheme

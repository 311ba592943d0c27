"""Forms of 督办: a record with its demands, a leader's 批示, voiding, and the unit's report."""

from django import forms

from documents.act_files import waiting_files
from documents.models import Attachment
from members import county_leaders
from members.models import Person
from members.periods import today
from proposals.key_facts import open_demands
from proposals.kinds import SupervisionForm
from proposals.models import Assignment, Demand, Reply, Supervision
from proposals.roles import OFFICES, Role
from workflow.forms import ActForm, ReasonForm
from workflow.querysets import roles_among

from .key import day_field, not_later

DEMANDS, PHOTOS = 5, 3


def shares_in_hand(proposal):
    rows = Assignment.objects.current().filter(proposal=proposal)
    return rows.select_related("unit").order_by("position", "pk")


def leader_field(label: str, **more) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(label=label, queryset=Person.objects.none(), **more)


class WithLeader(ActForm):
    """A form that names a leader of the county or the committee by name and post."""

    def offer_leaders(self) -> None:
        self.fields["leader"].queryset = county_leaders.everybody()
        self.fields["leader"].label_from_instance = county_leaders.named


class SuperviseForm(WithLeader):
    form = forms.ChoiceField(
        label="督办方式", choices=[(f, SupervisionForm(f).label) for f in SupervisionForm.RECORDED]
    )
    on = day_field("日期", initial=today)
    leader = leader_field("参加的领导", required=False)
    participants = forms.CharField(
        label="参加人员", max_length=300, help_text="提案人、承办单位、专委会等，写明单位和姓名。"
    )
    findings = forms.CharField(label="督办情况", max_length=2000, widget=forms.Textarea(attrs={"rows": 6}))
    next_check_on = day_field("下次检查", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer_leaders()
        shares = shares_in_hand(self.case)
        for n in range(1, DEMANDS + 1):
            self.fields |= _demand_fields(n, shares)
        for n in range(1, PHOTOS + 1):
            self.fields[f"photo_{n}"] = forms.ModelChoiceField(
                label=f"照片或附件 {n}", queryset=waiting_files(self.actor), required=False
            )

    def clean_on(self):
        return not_later(self.cleaned_data["on"], "督办日期")

    def clean(self):
        data = super().clean()
        if data.get("next_check_on") and data.get("on") and data["next_check_on"] < data["on"]:
            self.add_error("next_check_on", "下次检查不能早于这次督办的日期。")
        data["leader_title"] = county_leaders.title_of(data["leader"]) if data.get("leader") else ""
        rows = [self._demand(n, data) for n in range(1, DEMANDS + 1)]
        data["demands"] = [row for row in rows if row]
        data["photos"] = [data[name] for n in range(1, PHOTOS + 1) if data.get(name := f"photo_{n}")]
        return data

    def _demand(self, n: int, data: dict):
        """(share, text, due) of one row; None of a row left empty, or with an error said at its field."""
        names = (f"unit_{n}", f"demand_{n}", f"due_{n}")
        row = [data.get(name) for name in names]
        if not any(row) or any(name in self.errors for name in names):
            return None
        missing = ("请选择落实的单位。", "请写明要求。", "请填写反馈期限。")
        for name, value, sentence in zip(names, row, missing, strict=True):
            if not value:
                self.add_error(name, sentence)
        if row[2] and row[2] < today():
            self.add_error(names[2], "反馈期限不能早于今天。")
        return tuple(row)

    def shown(self) -> list[list[str]]:
        """Not the demands: a unit is not told what another one is asked to do."""
        data = self.cleaned_data
        day = data["on"]
        rows = [
            ["督办方式", SupervisionForm(data["form"]).label], ["日期", f"{day.year}年{day.month}月{day.day}日"],
            ["参加的领导", f"{data['leader_title']}{data['leader'] or ''}"], ["参加人员", data["participants"]],
        ]  # fmt: skip
        return [row for row in rows if row[1]]


def _demand_fields(n: int, shares) -> dict:
    unit = forms.ModelChoiceField(label="由哪个单位落实", queryset=shares, required=False)
    unit.label_from_instance = str
    text = forms.CharField(label=f"要求 {n}", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    return {f"demand_{n}": text, f"unit_{n}": unit, f"due_{n}": day_field("反馈期限", required=False)}


class InstructForm(WithLeader):
    """批示. The leader writes it for himself; the offices enter it with the leader, the day and the scan."""

    leader = leader_field("作批示的领导")
    on = day_field("批示日期", initial=today)
    text = forms.CharField(label="批示内容", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    reply = forms.ModelChoiceField(label="所批的答复", queryset=Reply.objects.none(), required=False)
    units = forms.ModelMultipleChoiceField(
        label="由哪些单位反馈落实情况", queryset=Assignment.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple, help_text="不选则由所有承办单位反馈。",
    )  # fmt: skip
    due_on = day_field("反馈期限", required=False)
    tells_proposer = forms.BooleanField(label="可告知提案人", required=False)
    scan = forms.ModelChoiceField(label="批示件扫描件", queryset=Attachment.objects.none(), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer_leaders()
        shares = shares_in_hand(self.case)
        self.fields["units"].queryset = shares
        self.fields["units"].label_from_instance = str
        sent = Reply.objects.filter(assignment__in=shares.values("pk"), sent_at__isnull=False)
        self.fields["reply"].queryset = sent.select_related("assignment__unit").order_by("pk")
        self.fields["reply"].label_from_instance = lambda reply: f"{reply.assignment.unit}第 {reply.round} 轮答复"
        if roles_among(self.case, OFFICES):
            self.fields["scan"].queryset = waiting_files(self.actor)
        else:
            for name in ("leader", "on", "scan"):
                del self.fields[name]

    def clean_on(self):
        return not_later(self.cleaned_data["on"], "批示日期")

    def clean_due_on(self):
        due = self.cleaned_data["due_on"]
        if due and due < today():
            raise forms.ValidationError("反馈期限不能早于今天。")
        return due

    def clean(self):
        data = super().clean()
        if "leader" not in self.fields:
            data |= {"leader": self.actor.person, "on": today(), "scan": None}
        data["leader_title"] = county_leaders.title_of(data["leader"]) if data.get("leader") else ""
        return data

    def shown(self) -> list[list[str]]:
        """Whose it is; the words stand with the case, for those who may read them."""
        data = self.cleaned_data
        return [["作批示的领导", f"{data['leader_title']}{data['leader']}"]]


class VoidForm(ReasonForm):
    record = forms.ModelChoiceField(
        label="作废哪一条", queryset=Supervision.objects.none(), help_text="登记错了的，作废后重新登记。"
    )

    field_order = ["record", "reason"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = Supervision.objects.valid().filter(proposal=self.case).order_by("-on", "-pk")
        if not roles_among(self.case, {Role.HEAD}):
            rows = rows.filter(recorded_by=self.actor)
            self.fields["record"].help_text = "只能作废自己登记的；别人登记的，请提案委负责人作废。"
        self.fields["record"].queryset = rows.select_related("leader")
        self.fields["record"].label_from_instance = _named

    def shown(self) -> list[list[str]]:
        return [["作废的记录", _named(self.cleaned_data["record"])]]


def _named(record: Supervision) -> str:
    day = record.on
    return f"{day.year}年{day.month}月{day.day}日 {record.get_form_display()}　{record.leader_name}".strip()


class AnswerDemandForm(ActForm):
    demand = forms.ModelChoiceField(label="反馈哪一项", queryset=Demand.objects.none(), empty_label=None)
    answer = forms.CharField(
        label="落实情况", max_length=1000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="做了什么、什么时候做成；还没有做成的，写明打算。",
    )  # fmt: skip
    evidence = forms.ModelChoiceField(label="照片或附件", queryset=Attachment.objects.none(), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = open_demands(self.case).select_related("record__leader").order_by("due_on", "pk")
        self.fields["demand"].queryset = rows
        self.fields["demand"].label_from_instance = lambda demand: f"{_named(demand.record)}：{demand.text}"
        self.fields["evidence"].queryset = waiting_files(self.actor)

    def shown(self) -> list:
        """The timeline says that it was reported; the words stand with the demand."""
        return []

"""The reply's page: text and class, an answer to each suggestion, promises. Nothing has to be complete."""

from django import forms
from django.forms import BaseFormSet, formset_factory

from members.models import Organization
from proposals.kinds import Disclosure, ResultClass, Verdict
from proposals.letters import default_copies, leader_of
from proposals.models import Assignment, Reply
from proposals.replies import REPLY_FIELDS
from proposals.units import units_in_force
from workflow.forms import WrittenField

COMMITMENTS = "commitments"
BODY_MAX = 10_000
ANSWER_MAX = 2000
COMMITMENTS_MAX = 20


class ReplyForm(forms.Form):
    """With two fields for each suggestion: `verdict_<id>` and `answer_<id>`."""

    body = WrittenField(
        label="答复正文", max_length=BODY_MAX, required=False, rows=16,
        help_text="称呼、开头“您提出的……收悉”、落款和发文号由系统生成，这里写办理过程、办理情况和下一步打算。",
    )  # fmt: skip
    result_class = forms.ChoiceField(
        label="办理结果", choices=ResultClass.choices, widget=forms.RadioSelect, required=False
    )
    disclosure = forms.ChoiceField(
        label="公开属性", choices=Disclosure.choices, widget=forms.RadioSelect, required=False
    )
    handler_name = forms.CharField(label="经办人", max_length=40, required=False)
    handler_phone = forms.CharField(
        label="单位联系电话", max_length=20, required=False, help_text="印在答复函上，网站公开时不显示。"
    )

    leader_name = forms.CharField(
        label="负责领导", max_length=40, required=False, help_text="主管这件提案的单位领导，印在答复函上。"
    )
    copies = forms.CharField(
        label="抄送", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="各单位用顿号隔开；留空则按惯例抄送提案委、交办机构和会办单位。",
    )  # fmt: skip

    def __init__(self, *args, assignment: Assignment, **kwargs):
        super().__init__(*args, **kwargs)
        self.usual_copies = self.initial.get("usual_copies", "")
        self.suggestions = list(assignment.proposal.suggestions.all())
        for suggestion in self.suggestions:
            self.fields[f"verdict_{suggestion.pk}"] = forms.ChoiceField(
                label=f"第 {suggestion.position} 条建议的采纳情况", choices=Verdict.choices,
                widget=forms.RadioSelect, required=False,
            )  # fmt: skip
            self.fields[f"answer_{suggestion.pk}"] = WrittenField(
                label=f"对第 {suggestion.position} 条建议的说明", max_length=ANSWER_MAX, required=False, rows=3
            )

    def clean_disclosure(self):
        return self.cleaned_data["disclosure"] or Disclosure.PUBLIC

    def clean_copies(self) -> str:
        """What was offered is not stored: it follows the 会办 units until the letter goes out."""
        given = " ".join(self.cleaned_data["copies"].split())
        return "" if given == self.usual_copies else given

    def answered(self) -> list[dict]:
        """Each suggestion with its two fields, for the page."""
        return [
            {"suggestion": s, "verdict": self[f"verdict_{s.pk}"], "answer": self[f"answer_{s.pk}"]}
            for s in self.suggestions
        ]

    def own_fields(self) -> dict:
        """What belongs to the reply itself, for `replies.save_draft`."""
        return {name: self.cleaned_data[name] for name in REPLY_FIELDS}

    def answers(self) -> dict[int, tuple[str, str]]:
        """Suggestion id → (verdict, text)."""
        data = self.cleaned_data
        return {s.pk: (data[f"verdict_{s.pk}"], data[f"answer_{s.pk}"]) for s in self.suggestions}


class CommitmentForm(forms.Form):
    measure = forms.CharField(label="承诺内容", max_length=300, required=False)
    owner = forms.ModelChoiceField(
        label="责任单位", queryset=Organization.objects.none(), required=False, empty_label="请选择"
    )
    due_on = forms.DateField(
        label="完成期限", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), required=False
    )

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = units


class _Commitments(BaseFormSet):
    def promises(self) -> list[tuple]:
        """(owner, measure, due_on) of each row with anything in it; parts may be missing."""
        rows = ((d.get("owner"), d.get("measure", ""), d.get("due_on")) for d in self.cleaned_data)
        return [row for row in rows if any(row)]


Commitments = formset_factory(
    CommitmentForm, formset=_Commitments, extra=0, max_num=COMMITMENTS_MAX, validate_max=True,
    absolute_max=COMMITMENTS_MAX + 10,
)  # fmt: skip


def units_for_commitments():
    """Read once for all rows of the page."""
    return units_in_force().order_by("pinyin", "pk")


def initial_of(reply: Reply | None, operator, share: Assignment | None = None) -> dict:
    """The stored draft as the form shows it; a first one starts with the operator's and the leader's name.

    With `share` the usual copies are offered where none of their own were written.
    """
    usual = default_copies(share) if share else ""
    if reply is None:
        leader = leader_of(share.unit) if share else ""
        return {
            "disclosure": Disclosure.PUBLIC, "handler_name": str(operator), "leader_name": leader, "copies": usual,
            "usual_copies": usual,
        }  # fmt: skip
    initial = {name: getattr(reply, name) for name in REPLY_FIELDS}
    initial |= {"copies": reply.copies or usual, "usual_copies": usual}
    for answer in reply.answers.all():
        initial[f"verdict_{answer.suggestion_id}"] = answer.verdict
        initial[f"answer_{answer.suggestion_id}"] = answer.text
    return initial


def rows_of(reply: Reply | None) -> list[dict]:
    """The promises as the formset's initial rows."""
    if reply is None:
        return []
    return [{"measure": c.measure, "owner": c.owner_id, "due_on": c.due_on} for c in reply.commitments.all()]


def as_posted(reply: Reply, assignment: Assignment) -> dict[str, list[str]]:
    """Field name → values as the page would send the stored reply: the other side of a conflict."""
    initial = initial_of(reply, "", assignment)
    posted = {name: [initial[name]] if initial[name] else [] for name in REPLY_FIELDS}
    for suggestion in assignment.proposal.suggestions.all():
        for part in ("verdict", "answer"):
            value = initial.get(f"{part}_{suggestion.pk}", "")
            posted[f"{part}_{suggestion.pk}"] = [value] if value or part == "answer" else []
    rows = rows_of(reply)
    posted[f"{COMMITMENTS}-TOTAL_FORMS"] = [str(len(rows))]
    for n, row in enumerate(rows):
        posted |= {f"{COMMITMENTS}-{n}-{name}": ["" if v is None else str(v)] for name, v in row.items()}
    return posted

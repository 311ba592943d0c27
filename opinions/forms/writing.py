"""The form of a draft: everything may be missing until it is submitted."""

from django import forms

from members.models import Organization
from members.posts import posts_of
from opinions.kinds import Reporter, Urgency
from opinions.models import OpinionReport
from opinions.rights import bodies_of, reporters_of
from opinions.validators import CITIZEN_MAX, PART_MAX, TITLE_MAX
from workflow.forms import WrittenField

SELF = ""


class DraftForm(forms.Form):
    """`on_whose`: as which body the user reports; asked only of those who have a choice, and before the first save."""

    on_whose = forms.ChoiceField(label="以谁的名义反映", required=False)
    title = forms.CharField(
        label="标题", max_length=TITLE_MAX, required=False, help_text="一条只反映一件事，标题一般不超过 30 字。"
    )
    situation = WrittenField(
        label="情况反映", max_length=PART_MAX, required=False, rows=9,
        help_text="什么时间、什么地方、什么问题，影响有多大。情况、原因、建议三部分合计不超过 1500 字。",
    )  # fmt: skip
    causes = WrittenField(label="原因分析", max_length=PART_MAX, required=False, rows=5)
    suggestions = WrittenField(
        label="建议", max_length=PART_MAX, required=False, rows=6, help_text="希望哪个部门做什么，分条写。"
    )
    urgency = forms.ChoiceField(
        label="紧急程度", choices=Urgency.choices, widget=forms.RadioSelect, initial=Urgency.NORMAL, required=False,
        help_text="“特急”的，信息工作人员在 24 小时内处理；请只用于突发和紧迫的情况。",
    )  # fmt: skip
    on_behalf = forms.BooleanField(label="代群众反映", required=False)
    citizen_name = forms.CharField(
        label="群众姓名", max_length=CITIZEN_MAX, required=False,
        help_text="只有您和信息工作人员能看到，不印发、不给承办单位。不代群众反映的不用填。",
    )  # fmt: skip
    citizen_contact = forms.CharField(
        label="群众联系方式", max_length=80, required=False, help_text="便于核实和反馈；同样只在内部可见。"
    )
    no_secrets = forms.BooleanField(label="我确认：内容不含国家秘密、工作秘密，情况真实", required=False)

    def __init__(self, *args, user, report: OpinionReport | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [] if report else whose(user)
        if len(choices) > 1:
            self.fields["on_whose"].choices = choices
        else:
            self.fields.pop("on_whose")

    def clean_urgency(self):
        return self.cleaned_data["urgency"] or Urgency.NORMAL


def whose(user) -> list[tuple[str, str]]:
    """In whose name the user may report, as choices."""
    posts = posts_of(user)
    own = [(SELF, "本人")] if set(reporters_of(posts)) - {Reporter.ORGANIZATION} else []
    bodies = Organization.objects.filter(pk__in=bodies_of(posts)).order_by("pk")
    return own + [(str(body.pk), str(body)) for body in bodies]


def initial_of(report: OpinionReport) -> dict:
    names = (
        "title",
        "situation",
        "causes",
        "suggestions",
        "urgency",
        "on_behalf",
        "citizen_name",
        "citizen_contact",
        "no_secrets",
    )
    return {name: getattr(report, name) for name in names}


def as_posted(report: OpinionReport) -> dict[str, list[str]]:
    """Field name → values as the page would send the stored draft: the other side of a conflict."""
    found = initial_of(report)
    return {name: (["on"] if value else []) if isinstance(value, bool) else [value] for name, value in found.items()}

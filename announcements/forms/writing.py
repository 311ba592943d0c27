"""The form of a draft: everything may be missing until it is published."""

from django import forms

from announcements.audience import people_within
from announcements.kinds import People, Priority
from announcements.models import BODY_MAX, TITLE_MAX, Announcement
from announcements.rights import bodies_of, reach_of
from members.boxes import Groups, by_initial, grouped
from members.models import Organization, OrganizationKind, Person
from members.periods import today
from members.posts import posts_of
from workflow.forms import WrittenField


class DraftForm(forms.Form):
    """`form.bodies` are those in whose name the user writes; who may be chosen follows from their reach."""

    issuer = forms.ModelChoiceField(label="发布单位", queryset=Organization.objects.none(), empty_label=None)
    title = forms.CharField(label="标题", max_length=TITLE_MAX, required=False)
    body = WrittenField(label="正文", max_length=BODY_MAX, required=False, help_text="分段书写，空一行就是另起一段。")
    priority = forms.ChoiceField(
        label="重要程度", choices=Priority.choices, widget=forms.RadioSelect, initial=Priority.NORMAL,
        help_text="“重要”“紧急”的，未读时显示在首页；“紧急”的立即提醒。",
    )  # fmt: skip
    receipt_required = forms.BooleanField(label="需要签收（收到的人要点“签收”）", required=False)
    expires_on = forms.DateField(
        label="有效期至", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="过了这一天就不再提醒，仍可查看。留空则一直有效。",
    )  # fmt: skip
    for_everybody = forms.BooleanField(label="发给所有人（门户里的全部账号）", required=False)
    people = forms.MultipleChoiceField(
        label="按身份", choices=People.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    organizations = forms.ModelMultipleChoiceField(
        label="按单位", queryset=Organization.objects.none(), widget=forms.CheckboxSelectMultiple, required=False,
        help_text="所选单位、界别、委员组的全部人员。",
    )  # fmt: skip
    persons = forms.ModelMultipleChoiceField(
        label="按姓名", queryset=Person.objects.none(), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.bodies = list(bodies_of(posts_of(user)))
        self.fields["issuer"].queryset = bodies_of(posts_of(user))
        reaches = [reach_of(body) for body in self.bodies]
        widest = next((reach for reach in reaches if reach.is_open), reaches[0] if reaches else None)
        if widest is not None:
            self._offer(widest)

    def _offer(self, reach) -> None:
        if not reach.is_open:
            self.fields.pop("for_everybody")
        self.fields["people"].choices = [(kind.value, kind.label) for kind in reach.kinds_of_people]
        bodies = Organization.objects.on(today()) if reach.is_open else reach.units.on(today())
        self.fields["organizations"].queryset = bodies.order_by("kind", "order", "pinyin", "pk")
        within = Person.objects.filter(people_within(reach), user__is_active=True)
        self.fields["persons"].queryset = within.order_by("pinyin", "pk")


def body_groups(form: DraftForm) -> Groups:
    """The bodies under their kinds."""
    return grouped(form["organizations"], lambda body: OrganizationKind(body.kind).label)


def person_groups(form: DraftForm) -> Groups:
    """The people under the first letter of their names."""
    return grouped(form["persons"], by_initial)


def initial_of(one: Announcement) -> dict:
    """The draft as the form shows it."""
    plain = ("title", "body", "priority", "receipt_required", "expires_on", "for_everybody", "people")
    return {
        **{name: getattr(one, name) for name in plain}, "issuer": one.issuer_id,
        **{name: list(getattr(one, name).order_by("pk").values_list("pk", flat=True)) for name in ("organizations", "persons")},
    }  # fmt: skip


def as_posted(one: Announcement) -> dict[str, list[str]]:
    """Field name → values as the page would send the stored draft: the other side of a conflict."""
    posted = {}
    for name, value in initial_of(one).items():
        if isinstance(value, bool):
            posted[name] = ["on"] if value else []
        else:
            posted[name] = [str(item) for item in value] if isinstance(value, list) else [str(value or "")]
    return posted

"""代录: the page's fields, with what can be checked of them; and the proposer's words when something differs."""

from django import forms
from django.utils import timezone

from members.models import Member, Organization, Person, Session
from members.periods import today
from proposals import proxies
from proposals.kinds import EntrySource
from workflow.forms import ActForm

from .drafting import DraftForm

MEMBER, BODY = "member", "body"
UNKNOWN = "unknown"
MOMENT = "%Y-%m-%dT%H:%M"


class DisputeForm(ActForm):
    reason = forms.CharField(
        label="哪里有出入", max_length=500, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="写明代录的文字与您交来的有哪些不同。",
    )  # fmt: skip


class ProxyForm(DraftForm):
    """The text as on the writing page, and how it came. Declarations are taken as the original gives them."""

    source = forms.ChoiceField(label="原件形式", choices=EntrySource.choices, widget=forms.RadioSelect)
    received_at = forms.DateTimeField(
        label="收到时间", input_formats=[MOMENT, "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
        help_text="按原件送到或来电的时间填写，由它决定是大会提案还是平时提案。",
    )  # fmt: skip
    whose = forms.ChoiceField(
        label="提案人", choices=[(MEMBER, "委员（个人或联名）"), (BODY, "集体（党派、团体、界别、委员组、专委会）")],
        widget=forms.RadioSelect,
    )  # fmt: skip
    member = forms.ModelChoiceField(label="第一提案人", queryset=Person.objects.none(), required=False)
    cosigners = forms.ModelMultipleChoiceField(label="联名人", queryset=Person.objects.none(), required=False)
    organization = forms.ModelChoiceField(label="提案单位", queryset=Organization.objects.none(), required=False)
    note = forms.CharField(
        label="来件记录", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="电话：写明谁、何时来电，谁接听；电子邮件：写明发件人和时间。",
    )  # fmt: skip

    def __init__(self, *args, user, session: Session, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.session = user, session
        for name in ("title", "situation", "business_category"):
            self.fields[name].required = True
        # Whoever has had a seat since this session's window opened; whether on that very day is checked below.
        seats = Member.objects.filter(from_ledger=False).overlapping(timezone.localdate(session.window_opens), today())
        people = Person.objects.filter(pk__in=seats.values("person_id"))
        self.fields["member"].queryset = self.fields["cosigners"].queryset = people
        self.fields["organization"].queryset = Organization.objects.collectives()
        consent = self.fields["publish_consent"]
        consent.choices, consent.required = [*consent.choices, (UNKNOWN, "原件没有注明")], True
        consent.coerce = {"true": True, "false": False}.get
        consent.help_text = self.fields["publish_refusal"].help_text = ""

    def clean_received_at(self):
        at, session = self.cleaned_data["received_at"], self.session
        if at > timezone.now():
            raise forms.ValidationError("收到时间晚于现在，请核对。")
        if at < session.window_opens:
            opens = timezone.localtime(session.window_opens)
            raise forms.ValidationError(
                f"收到时间早于{session}提案征集开始的时间（{opens.year}年{opens.month}月{opens.day}日 {opens:%H:%M}），请核对。"
            )
        return at

    def clean(self):
        data = super().clean()
        checks = {MEMBER: self._check_member, BODY: self._check_body}
        if data.get("whose") in checks:
            checks[data["whose"]](data, data.get("received_at"))
        if data.get("source") == EntrySource.PHONE and not data.get("note", "").strip():
            self.add_error("note", "电话提案请写明谁、何时来电，谁接听。")
        return data

    def _check_member(self, data: dict, at) -> None:
        data["organization"] = None
        member, cosigners = data.get("member"), list(data.get("cosigners") or ())
        if member is None and "member" not in self.errors:
            self.add_error("member", "请选择第一提案人。")
        self._refuse_own(data, "member")
        if member in cosigners:
            self.add_error("cosigners", f"{member}已是第一提案人，请从联名人中去掉。")
        if at is not None:
            self._in_office("member", [member] if member else [], at)
            self._in_office("cosigners", cosigners, at)

    def _in_office(self, field: str, people: list[Person], at) -> None:
        day = timezone.localdate(at)
        seated = Member.objects.in_office(day).filter(person__in=people).values_list("person_id", flat=True)
        out = [person.name for person in people if person.pk not in set(seated)]
        if out:
            when = f"{day.year}年{day.month}月{day.day}日"
            self.add_error(field, f"{'、'.join(out)}在收到时间（{when}）不是在任委员，请核对人选或时间。")

    def _check_body(self, data: dict, at) -> None:
        data["member"], data["cosigners"] = None, []
        body = data.get("organization")
        if body is None:
            if "organization" not in self.errors:
                self.add_error("organization", "请选择提案单位。")
            return
        self._refuse_own(data, "organization")
        if at is not None and not body.in_force(timezone.localdate(at)):
            self.add_error("organization", f"{body}在收到时间没有设立或已经撤销，请核对。")

    def _refuse_own(self, data: dict, field: str) -> None:
        if why := proxies.why_own(self.user, data.get("member"), data.get("organization")):
            self.add_error(field, why)

    def text(self) -> dict:
        """What goes into the proposal's own fields."""
        names = (
            "title", "situation", "business_category", "no_secrets", "own_work", "publish_consent", "publish_refusal",
        )  # fmt: skip
        return {name: self.cleaned_data[name] for name in names}

"""The filter of the list of proposals, the same for every role; visibility is decided before it."""

import django_filters as filters
from django import forms
from django.db.models import F, Min, OuterRef, Q, Subquery

from members import filter_choices
from members.models import Session
from members.periods import today
from members.posts import posts_of
from proposals.drafting import may_create
from proposals.finding import find
from proposals.kinds import Kind
from proposals.models import Assignment, Proposal
from proposals.roles import Role
from proposals.states import ProposalState

# 已立案 falls into two queues: before and after the number is given.
TO_NUMBER, TO_ASSIGN = "to_number", "to_assign"
QUEUES = [(TO_NUMBER, "已立案，待编号"), (TO_ASSIGN, "已编号，待交办")]
# In the order of the procedure.
STATES = [choice for s in ProposalState for choice in (QUEUES if s == ProposalState.FILED else [(s.value, s.label)])]
SCOPES = [("all", "全部能看到的"), ("mine", "我的提案"), ("unit", "本单位承办"), ("support", "可附议")]
DUES = [("overdue", "已逾期"), ("open", "未到期")]
ORDERS = {
    "number": (F("session_id").desc(), F("serial").asc(nulls_last=True), F("pk").desc()),
    "-number": (F("session_id").desc(), F("serial").desc(nulls_last=True), F("pk").desc()),
    "submitted": (F("submitted_at").asc(nulls_last=True), F("pk").asc()),
    "-submitted": (F("submitted_at").desc(nulls_first=True), F("pk").desc()),
    "due": (F("next_due").asc(nulls_last=True), F("pk").desc()),
}


ORDER_NAMES = [
    ("submitted", "最早提交在前"), ("number", "案号从小到大"), ("-number", "案号从大到小"),
    ("due", "期限近的在前"), ("-submitted", "最新提交在前"),
]  # fmt: skip
DEFAULT_ORDER = "-submitted"


class ProposalFilter(filters.FilterSet):
    """`choices` are read once for the page (see lists.choices) and given in."""

    q = filters.CharFilter(label="案由、提案人、案号", method="by_text", max_length=100)
    session = filters.ChoiceFilter(label="届次", field_name="session_id", empty_label="全部届次")
    state = filters.ChoiceFilter(label="状态", choices=STATES, method="by_state", empty_label="全部状态")
    category = filters.ChoiceFilter(label="类别", field_name="business_category_id", empty_label="全部类别")
    kind = filters.ChoiceFilter(label="提案形式", choices=Kind.choices, empty_label="个人、联名、集体")
    unit = filters.ChoiceFilter(label="承办单位", method="by_unit", empty_label="全部单位")
    due = filters.ChoiceFilter(label="办理期限", choices=DUES, method="by_due", empty_label="不限")
    scope = filters.ChoiceFilter(label="范围", choices=SCOPES, method="by_scope", widget=forms.HiddenInput)
    o = filters.ChoiceFilter(label="排序", choices=ORDER_NAMES, method="ordered", empty_label="最新提交在前")

    class Meta:
        model = Proposal
        fields: list[str] = []

    def __init__(self, *args, choices: dict, **kwargs):
        super().__init__(*args, **kwargs)
        filter_choices.give(self, choices)

    def by_text(self, rows, name, text: str):
        return find(rows, text, self.request.user)

    def by_state(self, rows, name, value: str):
        if value == TO_NUMBER:
            return rows.filter(state=ProposalState.FILED, serial__isnull=True)
        if value == TO_ASSIGN:
            return rows.filter(state=ProposalState.FILED, serial__isnull=False)
        return rows.filter(state=value)

    def by_unit(self, rows, name, value: str):
        shares = Assignment.objects.current().filter(unit_id=value)
        return rows.filter(pk__in=shares.order_by().values("proposal_id"))

    def by_due(self, rows, name, value: str):
        late = Assignment.objects.late(today()).order_by().values("proposal_id")
        on_time = rows.filter(state=ProposalState.HANDLING).exclude(pk__in=late)
        return rows.filter(pk__in=late) if value == "overdue" else on_time

    def by_scope(self, rows, name, value: str):
        if value == "all":
            return rows
        if value == "support":
            open_now = Session.objects.supported().values("pk")
            return rows.filter(Proposal.role_clauses(self.request.user)[Role.SUPPORTER], session_id__in=open_now)
        clauses = Proposal.role_clauses(self.request.user)
        roles = (Role.OPERATOR, Role.UNIT_LEADER) if value == "unit" else MINE
        wanted = Q(pk__in=[])
        for role in roles:
            wanted |= clauses[role]
        return rows.filter(wanted)

    def ordered(self, rows, name, value: str):
        if value == "due":
            rows = rows.annotate(next_due=Subquery(_next_due()))
        return rows.order_by(*ORDERS[value])


MINE = (Role.AUTHOR, Role.CONTACT, Role.COSIGNER, Role.INVITEE)


def _next_due():
    """The first reply date among the open shares of a proposal."""
    open_ones = Assignment.objects.open().filter(proposal=OuterRef("pk")).order_by()
    return open_ones.values("proposal_id").annotate(first=Min("due_on")).values("first")


def states_for(user) -> list[tuple[str, str]]:
    """The states this person can meet: drafts are seen by those who write or wrote them."""
    writes = may_create(user) or default_scope(user) == "mine"
    return [(state, label) for state, label in STATES if writes or state not in ProposalState.PRIVATE]


def default_scope(user) -> str:
    """What a person means by “提案” when nothing is chosen: members their own, units their own, staff all."""
    posts = posts_of(user)
    if posts.in_proposal_committee("head", "staff", "reviewer") or posts.dispatch_systems():
        return "all"
    if posts.organizations("operator", "unit_leader", kind="unit"):
        return "unit"
    if posts.is_member or posts.organizations("contact", "convener"):
        return "mine"
    is_former_member = not posts.held and not posts.duties
    return "mine" if is_former_member else "all"

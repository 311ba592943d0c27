"""The list's filters for programs: the portal's own, with plain numbers instead of its choices."""

import django_filters as filters
from django_filters.rest_framework import FilterSet

from proposals.commitment_states import CommitmentState
from proposals.forms.commitments import DUES as PROMISE_DUES
from proposals.forms.commitments import due_rows
from proposals.forms.filters import DUES, ORDERS, SCOPES, ProposalFilter
from proposals.kinds import AssignmentKind
from proposals.lead_states import LeadState
from proposals.models import Assignment, ChangeRequest, Commitment, Cosignature, Lead
from proposals.states import AssignmentState, ChangeRequestState, CosignatureState
from workflow.api.syncing import MomentFilter
from xiping_cppcc.api.parameters import KeyFilter


class ApiProposalFilter(ProposalFilter):
    session = filters.CharFilter(method="by_session", label="届次，如 11-4", max_length=10)
    category = KeyFilter(field_name="business_category_id", label="类别的编号")
    unit = KeyFilter(method="by_unit", label="承办单位的编号")
    due = filters.ChoiceFilter(choices=DUES, method="by_due", label="办理期限")
    scope = filters.ChoiceFilter(choices=SCOPES, method="by_scope", label="范围，默认全部能看到的")
    ordering = filters.ChoiceFilter(
        choices=[(key, key) for key in ORDERS], method="ordered", label="排序，前加减号为倒序"
    )
    changed_since = MomentFilter(field_name="changed_at")
    o = None

    def __init__(self, *args, **kwargs):
        super(ProposalFilter, self).__init__(*args, **kwargs)

    def by_session(self, rows, name, value: str):
        term, _, ordinal = value.partition("-")
        if not (term.isdecimal() and ordinal.isdecimal() and len(value) < 7):
            return rows.none()
        return rows.filter(session__term__number=int(term), session__ordinal=int(ordinal))


class AssignmentFilter(FilterSet):
    state = filters.ChoiceFilter(choices=AssignmentState.choices, label="状态")
    kind = filters.ChoiceFilter(choices=AssignmentKind.choices, label="承办方式")
    unit = KeyFilter(field_name="unit_id", label="承办单位的编号")
    proposal = KeyFilter(field_name="proposal_id", label="提案的编号")
    due_before = filters.DateFilter(field_name="due_on", lookup_expr="lte", label="办理期限不晚于")
    open = filters.BooleanFilter(method="by_open", label="还没有办完的")
    changed_since = MomentFilter(field_name="proposal__changed_at", label="所属提案在这个时刻以后有变动的")
    ordering = filters.ChoiceFilter(
        choices=[(name, name) for name in ("due", "-due", "assigned", "-assigned")], method="ordered", label="排序"
    )

    class Meta:
        model = Assignment
        fields: list[str] = []

    def by_open(self, rows, name, value: bool):
        return rows.open() if value else rows.exclude(state__in=AssignmentState.OPEN)

    def ordered(self, rows, name, value: str):
        column = {"due": "due_on", "assigned": "assigned_at"}[value.lstrip("-")]
        return rows.order_by(("-" if value.startswith("-") else "") + column, "pk")


class CosignatureFilter(FilterSet):
    state = filters.ChoiceFilter(choices=CosignatureState.choices, label="状态")
    proposal = KeyFilter(field_name="proposal_id", label="提案的编号")
    mine = filters.BooleanFilter(method="by_mine", label="只要邀请我的")

    class Meta:
        model = Cosignature
        fields: list[str] = []

    def by_mine(self, rows, name, value: bool):
        own = {"person_id": self.request.user.person_id}
        return rows.filter(**own) if value else rows.exclude(**own)


class ChangeRequestFilter(FilterSet):
    state = filters.ChoiceFilter(choices=ChangeRequestState.choices, label="状态")
    proposal = KeyFilter(field_name="proposal_id", label="提案的编号")

    class Meta:
        model = ChangeRequest
        fields: list[str] = []


class LeadFilter(FilterSet):
    state = filters.ChoiceFilter(choices=LeadState.choices, label="状态")
    category = KeyFilter(field_name="category_id", label="类别的编号")
    q = filters.CharFilter(method="by_words", label="标题或说明里的词", max_length=40)

    class Meta:
        model = Lead
        fields: list[str] = []

    def by_words(self, rows, name, value: str):
        return rows.matching(value.replace("\x00", ""))


class ApiCommitmentFilter(FilterSet):
    state = filters.ChoiceFilter(
        choices=[c for c in CommitmentState.choices if c[0] != CommitmentState.DRAFT], label="状态"
    )
    owner = KeyFilter(field_name="owner_id", label="责任单位的编号")
    proposal = KeyFilter(field_name="proposal_id", label="提案的编号")
    due = filters.ChoiceFilter(
        choices=PROMISE_DUES, method="by_due", label="live 未办结、overdue 已逾期、month 本月到期"
    )

    class Meta:
        model = Commitment
        fields: list[str] = []

    def by_due(self, rows, name, value: str):
        return due_rows(rows, value)

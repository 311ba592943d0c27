"""交办: the shares of the units, for the dispatch offices above all."""

from django.contrib import admin
from django.db.models import Q
from django.utils import timezone
from django.utils.html import format_html

from deadlines import book as books
from members.admin.who_sees import WhoSeesPage
from members.periods import today
from proposals import wording
from proposals.acts import AssignmentAct as Act
from proposals.blind import without_hidden
from proposals.finding import find
from proposals.models import Assignment, Proposal
from proposals.sections import shares
from proposals.sections.acts import POINTLESS
from proposals.sections.reader import Reader
from proposals.states import AssignmentState
from proposals.views import detail
from workflow.admin import CaseAdmin

from . import filters
from .acting import ProposalAct


@admin.register(Assignment)
class AssignmentAdmin(WhoSeesPage, CaseAdmin):
    list_display = [
        "shown_number", "shown_title", "unit", "kind", "round", "shown_state", "assigned_on", "shown_due", "replied_on",
    ]  # fmt: skip
    list_display_links = ["shown_number", "shown_title"]
    list_filter = [
        filters.ShareStateFilter, filters.ShareDueFilter, filters.SystemFilter, "kind", filters.ShareSessionFilter,
    ]  # fmt: skip
    search_fields = ["unit__name"]  # the box; what it does is get_search_results
    search_help_text = "提案的案由、案号、提案人，或承办单位"
    ordering = ["-pk"]
    change_form_template = "admin/proposals/assignment.html"
    act_view = ProposalAct
    pointless = frozenset(POINTLESS)
    bulk_acts = (Act.CHECK,)
    fieldsets = [
        (
            "交办",
            {"fields": ["proposal", "unit", "kind", "lead", "round", "first_assigned_at", "assigned_at", "signed_at"]},
        ),
        (
            "期限",
            {
                "fields": [
                    "sign_due_on",
                    "return_due_on",
                    "contact_due_on",
                    "due_on",
                    "original_due_on",
                    "rating_due_on",
                ]
            },
        ),
        ("退办", {"fields": ["return_reason", "return_suggestion"]}),
        ("办结", {"fields": ["opinion_at", "replied_at"]}),
    ]

    @admin.display(description="编号", ordering="proposal__serial")
    def shown_number(self, share: Assignment) -> str:
        return share.proposal.short_number

    @admin.display(description="案由", ordering="proposal__title")
    def shown_title(self, share: Assignment) -> str:
        return share.proposal.title

    @admin.display(description="状态", ordering="state")
    def shown_state(self, share: Assignment) -> str:
        return share.get_state_display()

    @admin.display(description="交办日期", ordering="assigned_at")
    def assigned_on(self, share: Assignment) -> str:
        return f"{timezone.localdate(share.assigned_at):%Y-%m-%d}"

    @admin.display(description="答复日期", ordering="replied_at")
    def replied_on(self, share: Assignment) -> str:
        return f"{timezone.localdate(share.replied_at):%Y-%m-%d}" if share.replied_at else "—"

    @admin.display(description="办理期限", ordering="due_on")
    def shown_due(self, share: Assignment) -> str:
        if share.due_on is None:
            return "—"
        late = share.state in AssignmentState.OPEN and share.due_on < today()
        return format_html('<strong class="late">{} 逾期</strong>', share.due_on) if late else f"{share.due_on}"

    def text_of(self, share: Assignment) -> str:
        return f"{share.proposal.short_number} {share.proposal.title}：{share}"

    def readable(self, events: list, user) -> list:
        return without_hidden(events, user)

    def consequence(self, row) -> str:
        return wording.consequence("assignment", str(row.act))

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip():
            return queryset, False
        cases = find(Proposal.objects.order_by(), search_term).values("pk")
        return queryset.filter(Q(proposal__in=cases) | Q(unit__name__contains=search_term.strip())), False

    def queues(self) -> dict:
        return {
            "待签收": ({"state": "awaiting_sign"}, Q(state=AssignmentState.AWAITING_SIGN)),
            "申请退办": ({"state": "return_requested"}, Q(state=AssignmentState.RETURN_REQUESTED)),
            "办理中": ({"state": "handling"}, Q(state=AssignmentState.HANDLING)),
            "待复核": ({"state": "awaiting_check"}, Q(state=AssignmentState.AWAITING_CHECK)),
            "逾期": ({"due": filters.OVERDUE}, Q(state__in=AssignmentState.OPEN, due_on__lt=today())),
        }

    def page_context(self, request, share: Assignment) -> dict:
        """This unit's part of the portal's case page, with the address of the whole case."""
        proposal = detail.seen(request.user, share.proposal_id)
        if proposal is None:
            return {"proposal": share.proposal, "shares": []}
        parts = shares.shares_of(proposal, Reader.of(request.user, proposal), books.load())
        return {"proposal": proposal, "is_open": True, "shares": [p for p in parts if p.row.pk == share.pk]}

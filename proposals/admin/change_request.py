"""变更申请: what waits for the head's decision, with old and new side by side."""

from django.contrib import admin
from django.db.models import Q
from django.utils import timezone

from proposals import wording
from proposals.finding import find
from proposals.models import ChangeRequest, Proposal
from proposals.sections.changes import shown
from proposals.states import ChangeRequestState
from workflow.admin import CaseAdmin, ChoiceFilter

from .acting import ChangeRequestAct


class RequestStateFilter(ChoiceFilter):
    title, parameter_name, column, fixed = "状态", "state", "state", ChangeRequestState.choices


@admin.register(ChangeRequest)
class ChangeRequestAdmin(CaseAdmin):
    list_display = ["shown_number", "shown_title", "kind", "shown_proposer", "shown_state", "asked_on"]
    list_display_links = ["shown_number", "shown_title"]
    list_filter = [RequestStateFilter, "kind"]
    search_fields = ["proposal__title"]  # the box; what it does is get_search_results
    search_help_text = "提案的案由、案号、流水号或提案人"
    ordering = ["-pk"]
    change_form_template = "admin/proposals/change_request.html"
    act_view = ChangeRequestAct
    fieldsets = [
        ("变更申请", {"fields": ["proposal", "kind", "asked_by", "asked_at", "decided_by", "decided_at", "decision"]})
    ]

    @admin.display(description="编号", ordering="proposal__serial")
    def shown_number(self, row: ChangeRequest) -> str:
        return row.proposal.short_number

    @admin.display(description="案由", ordering="proposal__title")
    def shown_title(self, row: ChangeRequest) -> str:
        return row.proposal.title

    @admin.display(description="提案者")
    def shown_proposer(self, row: ChangeRequest) -> str:
        return row.proposal.proposer_name

    @admin.display(description="状态", ordering="state")
    def shown_state(self, row: ChangeRequest) -> str:
        return row.get_state_display()

    @admin.display(description="申请日期", ordering="asked_at")
    def asked_on(self, row: ChangeRequest) -> str:
        return f"{timezone.localdate(row.asked_at):%Y-%m-%d}"

    def text_of(self, row: ChangeRequest) -> str:
        return f"{row.proposal.short_number} {row.proposal.title}：申请{row.get_kind_display()}"

    def consequence(self, row) -> str:
        return wording.consequence("change_request", str(row.act))

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip():
            return queryset, False
        return queryset.filter(proposal__in=find(Proposal.objects.order_by(), search_term).values("pk")), False

    def queues(self) -> dict:
        return {"待决定": ({"state": "pending"}, Q(state=ChangeRequestState.PENDING))}

    def page_context(self, request, row: ChangeRequest) -> dict:
        return {"asked": shown(row, request.user), "proposal": row.proposal}

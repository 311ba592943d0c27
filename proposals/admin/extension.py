"""延期申请: what units asked for and what was decided; found by case, unit and state."""

from django.contrib import admin
from django.db.models import Q
from django.utils import timezone

from proposals import wording
from proposals.finding import find
from proposals.models import ExtensionRequest, Proposal
from proposals.states import ExtensionState
from workflow.admin import CaseAdmin, ChoiceFilter

from . import filters
from .acting import ExtensionAct


class ExtensionStateFilter(ChoiceFilter):
    title, parameter_name, column, fixed = "状态", "state", "state", ExtensionState.choices


class ExtensionSystemFilter(filters.SystemFilter):
    column = "assignment__unit__system"


@admin.register(ExtensionRequest)
class ExtensionRequestAdmin(CaseAdmin):
    list_display = [
        "shown_number", "shown_title", "shown_unit", "due_on", "wanted_on", "granted_on", "shown_state", "asked_on",
    ]  # fmt: skip
    list_display_links = ["shown_number", "shown_title"]
    list_filter = [ExtensionStateFilter, ExtensionSystemFilter, filters.ShareSessionFilter]
    search_fields = ["proposal__title"]  # the box; what it does is get_search_results
    search_help_text = "提案的案由、案号、提案人，或承办单位"
    ordering = ["-pk"]
    change_form_template = "admin/proposals/extension.html"
    act_view = ExtensionAct
    fieldsets = [
        ("延期申请", {"fields": ["proposal", "assignment", "due_on", "wanted_on", "reason", "asked_by", "asked_at"]}),
        ("决定", {"fields": ["granted_on", "decided_by", "decided_at", "decision"]}),
    ]

    @admin.display(description="编号", ordering="proposal__serial")
    def shown_number(self, row: ExtensionRequest) -> str:
        return row.proposal.short_number

    @admin.display(description="案由", ordering="proposal__title")
    def shown_title(self, row: ExtensionRequest) -> str:
        return row.proposal.title

    @admin.display(description="承办单位", ordering="assignment__unit__name")
    def shown_unit(self, row: ExtensionRequest) -> str:
        return str(row.assignment.unit)

    @admin.display(description="状态", ordering="state")
    def shown_state(self, row: ExtensionRequest) -> str:
        return row.get_state_display()

    @admin.display(description="申请日期", ordering="asked_at")
    def asked_on(self, row: ExtensionRequest) -> str:
        return f"{timezone.localdate(row.asked_at):%Y-%m-%d}"

    def text_of(self, row: ExtensionRequest) -> str:
        return f"{row.proposal.short_number} {row.proposal.title}：{row.assignment.unit}申请延期"

    def consequence(self, row) -> str:
        return wording.consequence("extension", str(row.act))

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip():
            return queryset, False
        cases = find(Proposal.objects.order_by(), search_term).values("pk")
        unit = Q(assignment__unit__name__contains=search_term.strip())
        return queryset.filter(Q(proposal__in=cases) | unit), False

    def queues(self) -> dict:
        return {"待决定": ({"state": "pending"}, Q(state=ExtensionState.PENDING))}

    def page_context(self, request, row: ExtensionRequest) -> dict:
        return {"proposal": row.proposal}

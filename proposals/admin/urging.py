"""督 in the admin: promises with their record, who was urged, letters and their codes."""

from django.contrib import admin
from django.db.models import Q

from members.periods import today
from proposals import wording
from proposals.commitment_rows import is_overdue
from proposals.commitment_states import CommitmentState
from proposals.finding import find
from proposals.models import Commitment, NoticeCode, Proposal, Urge, UrgeNotice
from proposals.sections.commitments import record
from proposals.urging import readable_notices, watched
from proposals.views.commitments import CommitmentActView
from workflow.admin import CaseAdmin, ChoiceFilter, TrackedAdmin
from workflow.admin.acting import AdminAct
from workflow.admin.reading import ReadOnlyAdmin


class CommitmentAct(AdminAct, CommitmentActView):
    pass


class CommitmentStateFilter(ChoiceFilter):
    title, parameter_name, column = "状态", "state", "state"

    def choices_of(self, request):
        return [choice for choice in CommitmentState.choices if choice[0] != CommitmentState.DRAFT]


class LateFilter(ChoiceFilter):
    """As 已逾期 of the portal's list."""

    title, parameter_name = "是否逾期", "late"

    def choices_of(self, request):
        return [("yes", "已逾期")]

    def narrow(self, queryset, value: str):
        return queryset.filter(is_overdue(today()))


@admin.register(Commitment)
class CommitmentAdmin(CaseAdmin):
    list_display = ["shown_number", "measure", "owner", "shown_state", "due_on", "promised_on", "done_on"]
    list_display_links = ["shown_number", "measure"]
    list_filter = [CommitmentStateFilter, LateFilter, "due_on"]
    search_fields = ["measure"]  # the box; what it does is get_search_results
    search_help_text = "承诺内容、责任单位，或提案的案由、案号"
    ordering = ["due_on", "-pk"]
    change_form_template = "admin/proposals/commitment.html"
    act_view = CommitmentAct
    fieldsets = [
        (
            "承诺事项",
            {"fields": ["proposal", "reply", "owner", "measure", "due_on", "promised_on", "done_on", "result"]},
        )
    ]

    @admin.display(description="案号", ordering="proposal__serial")
    def shown_number(self, row: Commitment) -> str:
        return row.proposal.short_number

    @admin.display(description="状态", ordering="state")
    def shown_state(self, row: Commitment) -> str:
        return row.get_state_display()

    def text_of(self, row: Commitment) -> str:
        return f"{row.proposal.short_number} {row.owner or row.reply.assignment.unit}：{row.measure}"

    def consequence(self, row) -> str:
        return wording.consequence("commitment", str(row.act))

    def get_search_results(self, request, queryset, search_term):
        words = search_term.strip()
        if not words:
            return queryset, False
        cases = find(Proposal.objects.order_by(), search_term).values("pk")
        own = Q(measure__contains=words) | Q(owner__name__contains=words)
        return queryset.filter(own | Q(proposal__in=cases)), False

    def queues(self) -> dict:
        return {
            "落实中": ({"state": "open"}, Q(state=CommitmentState.OPEN)),
            "待确认": ({"state": "reported_done"}, Q(state=CommitmentState.REPORTED)),
            "已逾期": ({"late": "yes"}, is_overdue(today())),
        }

    def page_context(self, request, row: Commitment) -> dict:
        return {"record": record(row), "proposal": row.proposal}


@admin.register(Urge)
class UrgeAdmin(ReadOnlyAdmin):
    list_display = ["on", "shown_case", "assignment", "kind", "step", "by", "notice"]
    list_filter = ["kind", "step", "on"]
    list_select_related = ["assignment__unit", "assignment__proposal", "by__person", "notice"]
    search_fields = ["assignment__unit__name", "assignment__proposal__title", "by__person__name"]
    search_help_text = "承办单位、案由，或催办人姓名"
    fields = ["shown_case", "assignment", "kind", "text", "step", "due_on", "notice", "by", "at"]
    readonly_fields = ["shown_case"]

    @admin.display(description="提案", ordering="assignment__proposal__serial")
    def shown_case(self, row: Urge) -> str:
        return f"{row.assignment.proposal.short_number} {row.assignment.proposal}"

    def get_queryset(self, request):
        return super().get_queryset(request).filter(assignment__in=watched(request.user).order_by().values("pk"))


@admin.register(UrgeNotice)
class UrgeNoticeAdmin(ReadOnlyAdmin):
    list_display = ["number", "issuer", "unit", "required_on", "issued_by", "issued_at"]
    list_filter = ["year", "issuer"]
    list_select_related = ["issuer", "unit", "issued_by__person"]
    search_fields = ["unit__name", "code"]
    search_help_text = "收文单位，或发文代字"
    fields = ["number", "issuer", "unit", "text", "required_on", "issued_by", "issued_at"]
    readonly_fields = ["number"]

    def get_queryset(self, request):
        mine = readable_notices(request.user).order_by().values("pk")
        return super().get_queryset(request).filter(pk__in=mine)

    @admin.display(description="文号", ordering="serial")
    def number(self, row: UrgeNotice) -> str:
        return row.number


@admin.register(NoticeCode)
class NoticeCodeAdmin(TrackedAdmin):
    list_display = ["issuer", "code"]
    search_fields = ["code", "issuer__name"]
    search_help_text = "发文代字或发文单位"
    list_filter = [("issuer", admin.RelatedOnlyFieldListFilter)]
    fields = ["issuer", "code"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """提案委 and the dispatch offices issue such letters."""
        if db_field.name == "issuer":
            rows = db_field.remote_field.model.objects
            kwargs["queryset"] = rows.filter(Q(kind="dispatch") | Q(code="proposals")).order_by("pk")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

"""重点提案, 督办记录 and 督办要求 in the admin: to search and to filter; every change is an act of the case."""

from django.contrib import admin
from django.db.models import Q
from django.utils import timezone
from django.utils.html import format_html

from members.periods import today
from members.posts import posts_of
from proposals import key_lists
from proposals.finding import find
from proposals.models import Demand, KeyConsultation, KeyProposal, Proposal, Supervision
from workflow.admin import ReadOnlyAdmin


class OfCase(ReadOnlyAdmin):
    """Rows that belong to a proposal in reach; found by its title, number or proposer."""

    search_fields = ["proposal__title"]  # the box; what it does is get_search_results
    search_help_text = "提案的案由、案号、流水号或提案人"
    to_case = "proposal"

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related(f"{self.to_case}__session__term")
        return rows.filter(**{f"{self.to_case}__in": Proposal.objects.visible_to(request.user).values("pk")})

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip():
            return queryset, False
        cases = find(Proposal.objects.order_by(), search_term).values("pk")
        return queryset.filter(**{f"{self.to_case}__in": cases}), False

    def case_of(self, row) -> Proposal:
        return row.proposal

    @admin.display(description="编号")
    def shown_number(self, row) -> str:
        return self.case_of(row).short_number

    @admin.display(description="案由")
    def shown_title(self, row) -> str:
        return str(self.case_of(row))

    @admin.display(description="提案")
    def shown_case(self, row) -> str:
        case = self.case_of(row)
        return format_html('<a href="{}">{} {}</a>', case.get_absolute_url(), case.number, str(case))


@admin.register(KeyProposal)
class KeyProposalAdmin(OfCase):
    list_display = ["shown_number", "shown_title", "year", "status", "leader_name", "supervisor_name", "decided_on"]
    list_display_links = ["shown_number", "shown_title"]
    list_filter = ["status", "year", "carried_over"]
    ordering = ["-year", "-pk"]
    fields = [
        "shown_case", "year", "status", "reason", "carried_over", "decided_on", "document_number", "decision",
        "leader_name", "supervisor_name", "committee", "plan", "finish_by", "summary", "consulted",
    ]  # fmt: skip

    @admin.display(description="征求意见")
    def consulted(self, row) -> str:
        said = (
            f"{one.on:%Y-%m-%d} {one}" + (f"（{one.opinion}）" if one.opinion else "")
            for one in row.consultations.all()
        )
        return "；".join(said) or "—"

    @admin.display(description="领办领导")
    def leader_name(self, row) -> str:
        return row.leader_name or "—"

    @admin.display(description="督办领导")
    def supervisor_name(self, row) -> str:
        return row.supervisor_name or "—"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("leader", "supervisor")


@admin.register(KeyConsultation)
class KeyConsultationAdmin(OfCase):
    to_case = "entry__proposal"
    list_display = ["shown_number", "shown_title", "year", "asked", "on", "supports"]
    list_display_links = ["shown_number", "shown_title"]
    list_filter = ["supports", "entry__year"]
    ordering = ["-on", "-pk"]
    fields = ["shown_case", "year", "asked", "on", "supports", "opinion", "recorded_by", "recorded_at"]

    def case_of(self, row) -> Proposal:
        return row.entry.proposal

    @admin.display(description="年度", ordering="entry__year")
    def year(self, row) -> int:
        return row.entry.year


@admin.register(Supervision)
class SupervisionAdmin(OfCase):
    list_display = ["shown_number", "shown_title", "form", "on", "leader_name", "is_voided"]
    list_display_links = ["shown_number", "shown_title"]
    list_filter = ["form", "on"]
    ordering = ["-on", "-pk"]
    fields = [
        "shown_case", "form", "on", "leader_name", "participants", "findings", "next_check_on", "tells_proposer",
        "recorded_by", "recorded_at", "voided_by", "voided_at", "void_reason",
    ]  # fmt: skip

    @admin.display(description="领导")
    def leader_name(self, row) -> str:
        return row.leader_name or "—"

    @admin.display(description="已作废", boolean=True)
    def is_voided(self, row) -> bool:
        return row.voided_at is not None

    def get_queryset(self, request):
        """What was voided is the committee's to know."""
        rows = super().get_queryset(request).select_related("leader")
        inside = posts_of(request.user).in_proposal_committee(*key_lists.COMMITTEE_POSTS)
        return rows if inside else rows.valid()


class LateFilter(admin.SimpleListFilter):
    title, parameter_name = "反馈情况", "show"

    def lookups(self, request, model_admin):
        return [("late", "逾期没有反馈"), ("open", "等待反馈"), ("answered", "已反馈")]

    def queryset(self, request, queryset):
        chosen = {
            "late": Q(answered_at__isnull=True, due_on__lt=today()), "open": Q(answered_at__isnull=True),
            "answered": Q(answered_at__isnull=False),
        }  # fmt: skip
        return queryset.filter(chosen[self.value()]) if self.value() in chosen else queryset


@admin.register(Demand)
class DemandAdmin(OfCase):
    to_case = "assignment__proposal"
    search_fields = ["text"]
    list_display = ["text", "shown_number", "shown_unit", "due_on", "answered_on"]
    list_filter = [LateFilter]
    ordering = ["due_on", "pk"]
    fields = ["shown_case", "shown_unit", "record", "text", "due_on", "answer", "answered_by", "answered_at"]

    def case_of(self, row) -> Proposal:
        return row.assignment.proposal

    @admin.display(description="承办单位")
    def shown_unit(self, row) -> str:
        return str(row.assignment.unit)

    @admin.display(description="反馈日期")
    def answered_on(self, row) -> str:
        return f"{timezone.localdate(row.answered_at):%Y-%m-%d}" if row.answered_at else "—"

    def get_queryset(self, request):
        """A dispatch office finds what its own units are asked."""
        mine = key_lists.demands_of(request.user).values("pk")
        return super().get_queryset(request).filter(pk__in=mine).select_related("assignment__unit", "record")

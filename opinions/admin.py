"""社情民意 in the admin: to look at, with filters, what the office works on, and the list as .xlsx. Done on the portal's pages."""

from django.contrib import admin

from members.posts import posts_of
from workflow.admin import ChoiceFilter, Exported
from workflow.admin.log import WithDoor
from workflow.admin.reading import ReadOnlyAdmin

from .forms.filters import OUTCOMES
from .kinds import Level, Reporter, Urgency
from .models import Adoption, ContactView, Forwarding, Instruction, Issue, OpinionReport, Transfer
from .rights import works_in_office
from .states import State, TransferState


class ForTheOffice(ReadOnlyAdmin):
    """For those who work with reports. Staff of a committee may be a member who wrote one: they read it on the portal's pages,
    where an edited text and a unit's answer appear when they are settled."""

    def has_view_permission(self, request, obj=None) -> bool:
        return super().has_view_permission(request, obj) and works_in_office(posts_of(request.user))


class StateFilter(ChoiceFilter):
    title, parameter_name, fixed = "状态", "state", State.choices


class PartStateFilter(ChoiceFilter):
    title, parameter_name, fixed = "状态", "state", TransferState.choices


class UrgencyFilter(ChoiceFilter):
    title, parameter_name, fixed = "紧急程度", "urgency", Urgency.choices


class ReporterFilter(ChoiceFilter):
    title, parameter_name, fixed = "反映人类型", "reporter", Reporter.choices


class LevelFilter(ChoiceFilter):
    title, parameter_name, fixed = "级别", "level", Level.choices


class OutcomeFilter(ChoiceFilter):
    title, parameter_name, fixed = "采用和批示", "outcome", OUTCOMES

    def narrow(self, queryset, value: str):
        rows = Adoption.objects.valid().filter(level=value) if value in Level.values else Instruction.objects.valid()
        return queryset.filter(rows.reaching())


@admin.register(OpinionReport)
class OpinionReportAdmin(Exported, ForTheOffice):
    list_display = [
        "receipt_number",
        "shown_title",
        "reporter_name",
        "urgency",
        "shown_state",
        "submitted_at",
        "due_on",
        "issue",
    ]
    list_display_links = ["receipt_number", "shown_title"]
    list_filter = [StateFilter, UrgencyFilter, ReporterFilter, OutcomeFilter, "submitted_at"]
    search_fields = ["receipt_number", "title", "edited_title", "author__name", "organization__name"]
    search_help_text = "编号、标题，或反映人、单位的名称"
    ordering = ["-pk"]
    export_list = "opinions"
    # The citizen's name and contact are looked at on the portal's page, where each look is noted.
    fieldsets = [
        ("基本情况", {"fields": [
            "receipt_number", "reporter", "reporter_name", "urgency", "shown_state", "submitted_at", "target_at", "origin",
            "origin_note", "issue",
        ]}),
        ("原文", {"fields": ["title", "situation", "causes", "suggestions"]}),
        ("编辑稿", {"fields": ["edited_title", "edited_situation", "edited_causes", "edited_suggestions", "edited_by", "reviewed_by", "signed_by"]}),
    ]  # fmt: skip

    def get_queryset(self, request):
        return OpinionReport.objects.visible_to(request.user).with_roles_of(request.user).for_acting().order_by("-pk")

    @admin.display(description="标题", ordering="title")
    def shown_title(self, row: OpinionReport) -> str:
        return row.shown_title

    @admin.display(description="反映人")
    def reporter_name(self, row: OpinionReport) -> str:
        return row.reporter_name

    @admin.display(description="状态", ordering="state")
    def shown_state(self, row: OpinionReport) -> str:
        return row.get_state_display()


@admin.register(ContactView)
class ContactViewAdmin(WithDoor, ReadOnlyAdmin):
    """For the audit; nothing of the citizen stands here."""

    list_display = ["number", "user", "at", "shown_door", "ip"]
    search_fields = ["report__receipt_number"]
    search_help_text = "社情民意的编号"
    list_select_related = ["report", "user__person"]
    ordering = ["-pk"]
    fields = ["number", "user", "at", "shown_door", "ip"]

    @admin.display(description="编号", ordering="report__receipt_number")
    def number(self, row: ContactView) -> str:
        return row.report.number


@admin.register(Transfer)
class TransferAdmin(ForTheOffice):
    list_display = [
        "number",
        "unit",
        "shown_state",
        "assigned_at",
        "sign_due_on",
        "due_on",
        "verdict",
        "replied_at",
        "checked_at",
    ]
    list_filter = [PartStateFilter, "assigned_at"]
    search_fields = ["report__receipt_number", "unit__name"]
    search_help_text = "社情民意的编号，或单位名称"
    ordering = ["-pk"]
    fields = [
        "number",
        "unit",
        "shown_state",
        "note",
        "assigned_at",
        "sign_due_on",
        "due_on",
        "extended_from",
        "urged_on",
        "signed_at",
        "verdict",
        "reply",
        "replied_at",
        "checked_at",
        "return_reason",
    ]

    def get_queryset(self, request):
        return Transfer.objects.visible_to(request.user).for_list().order_by("-pk")

    @admin.display(description="编号", ordering="report__receipt_number")
    def number(self, row: Transfer) -> str:
        return row.report.number

    @admin.display(description="状态", ordering="state")
    def shown_state(self, row: Transfer) -> str:
        return row.get_state_display()


class OfReports(ForTheOffice):
    """Rows that belong to a report; seen by whoever sees the report."""

    list_select_related = ["report", "recorded_by__person"]
    search_fields = ["report__receipt_number"]
    search_help_text = "社情民意的编号"
    list_filter = [LevelFilter, "on"]
    ordering = ["-on", "-pk"]

    def get_queryset(self, request):
        seen = OpinionReport.objects.visible_to(request.user).order_by().values("pk")
        return super().get_queryset(request).filter(report__in=seen)

    @admin.display(description="编号", ordering="report__receipt_number")
    def number(self, row) -> str:
        return row.report.number


@admin.register(Forwarding)
class ForwardingAdmin(OfReports):
    list_display = ["number", "level", "body", "on", "document", "recorded_by", "voided_at"]
    fields = [*list_display, "recorded_at", "void_reason"]


@admin.register(Adoption)
class AdoptionAdmin(OfReports):
    list_display = ["number", "level", "mode", "body", "on", "document", "recorded_by", "voided_at"]
    fields = [*list_display, "recorded_at", "by_issue", "void_reason"]


@admin.register(Instruction)
class InstructionAdmin(OfReports):
    list_display = ["number", "level", "leader", "on", "document", "recorded_by", "voided_at"]
    fields = [*list_display, "text", "recorded_at", "void_reason"]


@admin.register(Issue)
class IssueAdmin(ForTheOffice):
    list_display = ["__str__", "main_to", "copy_to", "issued_on", "issued_by", "signer"]
    list_filter = ["year"]
    list_select_related = ["issued_by__person"]
    ordering = ["-year", "-number"]
    fields = ["year", "number", "main_to", "copy_to", "issued_on", "issued_by", "signer"]

    def get_queryset(self, request):
        seen = OpinionReport.objects.visible_to(request.user).filter(issue__isnull=False)
        return super().get_queryset(request).filter(pk__in=seen.order_by().values("issue"))

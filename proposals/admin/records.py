"""What belongs to cases, to search and to filter: replies, contacts, ratings, co-signatures, reviews, meetings, awards,
archives. The engine writes all of it, so nothing here can be changed; a correction is an act on the case."""

from django.contrib import admin
from django.db.models import Q

from members.posts import posts_of
from proposals.finding import find
from proposals.models import (
    ArchiveJob,
    Assignment,
    AwardNomination,
    Contact,
    Cosignature,
    Proposal,
    Reply,
    Review,
    TripartiteMeeting,
)
from workflow.admin import ReadOnlyAdmin

from . import filters

CASES = "提案的案由、案号、提案人"


class OfCases(ReadOnlyAdmin):
    """Rows of the cases that this person may see; found by the case, or by what `own_search` names."""

    path = "proposal"
    own_search: tuple[str, ...] = ()
    list_per_page = 50
    search_help_text = CASES

    def get_queryset(self, request):
        return super().get_queryset(request).filter(self.seen_by(request.user))

    def seen_by(self, user) -> Q:
        return Q(**{f"{self.path}__in": Proposal.objects.visible_to(user).values("pk")})

    def get_search_results(self, request, queryset, search_term):
        text = search_term.strip()
        if not text:
            return queryset, False
        found = Q(**{f"{self.path}__in": find(Proposal.objects.order_by(), text).values("pk")})
        for name in self.own_search:
            found |= Q(**{f"{name}__contains": text})
        return queryset.filter(found), False

    @admin.display(description="提案")
    def shown_case(self, row) -> str:
        proposal = self.case_of(row)
        return f"{proposal.short_number} {proposal}"

    def case_of(self, row) -> Proposal:
        return row.proposal


class OfShares(OfCases):
    """Rows of units' shares, as the shares are seen."""

    path = "assignment__proposal"
    share_path = "assignment"
    own_search = ("assignment__unit__name",)
    search_fields = ["assignment__unit__name"]
    search_help_text = f"{CASES}，或承办单位"

    def seen_by(self, user) -> Q:
        return Q(**{f"{self.share_path}__in": Assignment.objects.visible_to(user).values("pk")})

    def case_of(self, row) -> Proposal:
        return row.assignment.proposal


class ForTheCommittee:
    """Goes before an admin whose rows no office but 提案委 reads, as on the page of the case. A superuser without a
    post gets the page, and no rows."""

    def has_view_permission(self, request, obj=None) -> bool:
        inside = posts_of(request.user).in_proposal_committee("head", "staff", "reviewer")
        return (inside or request.user.is_superuser) and super().has_view_permission(request, obj)


class OfShareSession(filters.SessionFilter):
    column = "assignment__proposal__session_id"


class OfShareSystem(filters.SystemFilter):
    column = "assignment__unit__system"


class OfCaseSession(filters.SessionFilter):
    column = "proposal__session_id"


class SentFilter(filters.ChoiceFilter):
    title, parameter_name = "是否发出", "sent"

    def choices_of(self, request):
        return [("yes", "已发出"), ("no", "未发出")]

    def narrow(self, queryset, value):
        return queryset.filter(sent_at__isnull=value == "no")


@admin.register(Reply)
class ReplyAdmin(OfShares):
    list_display = ["shown_letter", "shown_case", "shown_unit", "round", "result_class", "disclosure", "sent_at"]
    list_filter = [SentFilter, "result_class", "disclosure", OfShareSession, OfShareSystem]
    list_select_related = ["assignment__unit", "assignment__proposal__session__term"]
    fields = [
        "assignment", "round", "body", "result_class", "disclosure", "handler_name", "draft_sent_at", "comment",
        "commented_at", "signed_by", "signed_at", "checked_by", "checked_at", "letter_year", "letter_serial", "sent_at",
    ]  # fmt: skip
    ordering = ["-pk"]

    @admin.display(description="文号")
    def shown_letter(self, row: Reply) -> str:
        return row.letter_number or "未编号"

    @admin.display(description="承办单位", ordering="assignment__unit__order")
    def shown_unit(self, row: Reply) -> str:
        return str(row.assignment.unit)


@admin.register(Contact)
class ContactAdmin(OfShares):
    list_display = ["on", "shown_case", "shown_unit", "stage", "method", "participants", "recorded_by", "is_voided"]
    list_filter = ["stage", "method", "on", OfShareSession, OfShareSystem]
    list_select_related = ["assignment__unit", "assignment__proposal__session__term", "recorded_by__person"]
    own_search = ("assignment__unit__name", "participants")
    search_help_text = f"{CASES}，承办单位，或参加人"
    fields = [
        "assignment", "round", "stage", "method", "on", "participants", "content", "recorded_by", "recorded_at",
        "voided_by", "voided_at", "void_reason",
    ]  # fmt: skip
    ordering = ["-on", "-pk"]

    def get_queryset(self, request):
        """The voided ones too, marked as such."""
        return Contact.every.filter(self.seen_by(request.user)).order_by(*self.ordering)

    @admin.display(description="已作废", boolean=True)
    def is_voided(self, row: Contact) -> bool:
        return row.voided_at is not None

    @admin.display(description="承办单位", ordering="assignment__unit__order")
    def shown_unit(self, row: Contact) -> str:
        return str(row.assignment.unit)


@admin.register(Cosignature)
class CosignatureAdmin(ForTheCommittee, OfCases):
    list_display = ["shown_case", "person", "shown_state", "is_support", "invited_at", "answered_at"]
    list_filter = ["is_support", OfCaseSession]
    list_select_related = ["proposal__session__term", "person"]
    own_search = ("person__name",)
    search_fields = ["person__name"]
    search_help_text = f"{CASES}，或联名人"
    fields = ["proposal", "person", "position", "is_support", "invited_at", "answered_at", "comment"]
    ordering = ["-pk"]

    def seen_by(self, user) -> Q:
        return Q(pk__in=Cosignature.objects.visible_to(user).values("pk"))

    @admin.display(description="状态", ordering="state")
    def shown_state(self, row: Cosignature) -> str:
        return row.get_state_display()


@admin.register(Review)
class ReviewAdmin(ForTheCommittee, OfCases):
    """Seen by reviewers and the committee, as on the page of the case."""

    list_display = ["at", "shown_case", "reviewer", "recommendation", "business_category"]
    list_filter = ["recommendation", OfCaseSession]
    list_select_related = ["proposal__session__term", "reviewer__person", "business_category"]
    own_search = ("reviewer__person__name",)
    search_fields = ["reviewer__person__name"]
    search_help_text = f"{CASES}，或审查员"
    fields = ["proposal", "reviewer", "recommendation", "business_category", "note", "at"]
    ordering = ["-at", "-pk"]


@admin.register(TripartiteMeeting)
class TripartiteMeetingAdmin(OfCases):
    list_display = ["on", "shown_case", "place", "outcome", "recorded_by"]
    list_filter = ["outcome", "on", OfCaseSession]
    list_select_related = ["proposal__session__term", "recorded_by__person"]
    own_search = ("participants", "place")
    search_fields = ["participants"]
    search_help_text = f"{CASES}，地点，或参加人"
    fields = ["proposal", "on", "place", "participants", "findings", "outcome", "recorded_by", "recorded_at"]
    ordering = ["-on", "-pk"]


class KindOfNomination(filters.ChoiceFilter):
    title, parameter_name = "推荐对象", "kind"

    def choices_of(self, request):
        return [("proposal", "优秀提案"), ("unit", "先进单位")]

    def narrow(self, queryset, value):
        return queryset.filter(proposal__isnull=value == "unit")


@admin.register(AwardNomination)
class AwardNominationAdmin(ReadOnlyAdmin):
    """What was put forward, and what was chosen; points stay with the judges until scoring is over."""

    list_display = ["__str__", "selection", "shown_nominator", "at", "withdrawn_at", "chosen"]
    list_filter = [KindOfNomination, "chosen", "selection"]
    list_select_related = ["selection__session__term", "proposal__session__term", "unit", "nominator", "by__person"]
    search_fields = ["proposal__title", "unit__name", "reason"]
    search_help_text = "案由、承办单位，或推荐理由"
    fields = ["selection", "proposal", "unit", "nominator", "reason", "by", "at", "withdrawn_at", "chosen"]

    @admin.display(description="推荐单位")
    def shown_nominator(self, row: AwardNomination) -> str:
        return row.proposed_by


@admin.register(ArchiveJob)
class ArchiveJobAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "session", "asked_by", "status", "done", "total", "finished_at", "expires_at"]
    list_filter = ["status", "session", "created_at"]
    list_select_related = ["session__term", "asked_by__person"]
    search_fields = ["asked_by__person__name", "asked_by__username"]
    search_help_text = "申请人的姓名或账号"
    fields = [*list_display, "left_out", "size", "sha256", "note"]

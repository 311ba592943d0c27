"""提案: what a reviewer needs to see at night, with the queues of every stage above the list."""

from django.contrib import admin
from django.db.models import F, Q
from django.utils import timezone

from deadlines import book as books
from members.admin.who_sees import WhoSeesPage
from members.periods import today
from proposals import attachments, history, wording
from proposals.acts import ProposalAct as Act
from proposals.collective import proof_of
from proposals.finding import find
from proposals.models import Assignment, Proposal
from proposals.numbering import in_numbering_order
from proposals.sections import changes, shares
from proposals.sections.acts import POINTLESS
from proposals.sections.reader import Reader
from proposals.standing import standing
from proposals.states import CosignatureState, ProposalState
from proposals.views import check, detail
from workflow.admin import CaseAdmin

from . import filters
from .acting import ProposalAct
from .importing import LedgerPages
from .windows import WindowPages


@admin.register(Proposal)
class ProposalAdmin(WindowPages, LedgerPages, WhoSeesPage, CaseAdmin):
    list_display = [
        "shown_number", "title", "shown_proposer", "kind", "business_category", "shown_units", "shown_state",
        "submitted_on",
    ]  # fmt: skip
    list_display_links = ["shown_number", "title"]
    list_filter = [
        filters.SessionFilter, filters.StateFilter, filters.CategoryFilter, filters.DueFilter, filters.PublicationFilter, "kind", "timing", "origin", "entry",
        filters.ArchivedFilter, filters.AwardFilter,
    ]  # fmt: skip
    search_fields = ["title"]  # the box; what it does is get_search_results
    search_help_text = "案由或正文里的词、案号、流水号、提案人或集体名称"
    ordering = ["-session__opens", F("submitted_at").desc(nulls_last=True), "-pk"]
    change_form_template = "admin/proposals/proposal.html"
    act_view = ProposalAct
    pointless = frozenset(POINTLESS)
    bulk_acts = (Act.PRE_REVIEW, Act.FILE, Act.RETURN, Act.REJECT, Act.NUMBER, Act.ASSIGN, Act.PUBLISH, Act.ARCHIVE)
    fieldsets = [
        ("提案", {"fields": ["session", "kind", "timing", "admitted_late", "collective_proof", "first_proposer", "organization", "drafter"]}),
        ("声明", {"fields": ["no_secrets", "own_work", "publish_consent", "publish_refusal", "accepts_support"]}),
        ("编号和日期", {"fields": [
            "receipt_number", "serial", "created_at", "submitted_at", "filed_at", "change_due_on", "assigned_at",
            "replied_at", "closed_at", "closed_unrated", "published_at",
            "excellent_on", "archived_at",
        ]}),
        ("审查结果", {"fields": [
            "business_category", "overall_category", "rejection_reason", "disposition", "disposition_unit",
            "converted_at", "merged_into",
        ]}),
        ("来源", {"fields": ["origin", "entry", "entry_source", "entry_note", "entered_by", "proxy_answer", "shown_missing"]}),
    ]  # fmt: skip

    @admin.display(description="编号", ordering="serial")
    def shown_number(self, proposal: Proposal) -> str:
        return proposal.short_number

    @admin.display(description="提案者")
    def shown_proposer(self, proposal: Proposal) -> str:
        return proposal.proposer_name

    @admin.display(description="承办单位")
    def shown_units(self, proposal: Proposal) -> str:
        return "、".join(str(share.unit) for share in proposal.current_assignments) or "—"

    @admin.display(description="状态", ordering="state")
    def shown_state(self, proposal: Proposal) -> str:
        return proposal.get_state_display()

    @admin.display(description="提交日期", ordering="submitted_at")
    def submitted_on(self, proposal: Proposal) -> str:
        return f"{timezone.localdate(proposal.submitted_at):%Y-%m-%d}" if proposal.submitted_at else "—"

    @admin.display(description="未登记事项")
    def shown_missing(self, proposal: Proposal) -> str:
        return "、".join(proposal.missing_facts) or "—"

    def text_of(self, proposal: Proposal) -> str:
        return f"{proposal.short_number} {proposal.title or '（未写案由）'}"

    def consequence(self, row) -> str:
        return wording.consequence("proposal", str(row.act))

    def get_search_results(self, request, queryset, search_term):
        return find(queryset, search_term), False

    def states_shown(self, request) -> tuple[str, ...]:
        staged = request.GET.get("state") in filters.STAGES
        return (ProposalState.FILED,) if staged else super().states_shown(request)

    def batch_order(self, queryset):
        return in_numbering_order(queryset)

    # --- the list ---
    def queues(self) -> dict:
        late = Assignment.objects.late(today()).order_by().values("proposal_id")
        return {
            "待审查": ({"state": "submitted"}, Q(state=ProposalState.SUBMITTED)),
            "待审定": ({"state": "reviewed"}, Q(state=ProposalState.REVIEWED)),
            "退回修改": ({"state": "returned"}, Q(state=ProposalState.RETURNED)),
            "待编号": ({"state": filters.TO_NUMBER}, Q(state=ProposalState.FILED, serial__isnull=True)),
            "待交办": ({"state": filters.TO_ASSIGN}, Q(state=ProposalState.FILED, serial__isnull=False)),
            "办理中": ({"state": "handling"}, Q(state=ProposalState.HANDLING)),
            "逾期": ({"due": filters.OVERDUE}, Q(pk__in=late)),
            "待评价": ({"state": "replied"}, Q(state=ProposalState.REPLIED)),
            "三方会商": ({"state": "tripartite"}, Q(state=ProposalState.TRIPARTITE)),
        }

    # --- the page ---
    def get_object(self, request, object_id, from_field=None):
        case = super().get_object(request, object_id, from_field)
        return detail.seen(request.user, case.pk) if case else None

    def events(self, proposal: Proposal, user=None) -> list[dict]:
        return history.timeline(proposal, user)

    def page_context(self, request, proposal: Proposal) -> dict:
        """The portal's own sections, so that both doors show the same to the same reader."""
        reader, book = Reader.of(request.user, proposal), books.load()
        signatures = detail.cosignatures(proposal, request.user)
        now = standing(proposal)
        return {
            "standing": now, "sign": now.sign(book), "reader": reader,
            "cosigners": [s for s in signatures if s.state == CosignatureState.AGREED],
            "invitations": [s for s in signatures if s.state != CosignatureState.AGREED] if reader.follows_cosigners else [],
            "attachments": attachments.of_proposal(proposal),
            "reviews": detail.reviews(proposal) if reader.reviews else [],
            "shares": shares.shares_of(proposal, reader, book),
            "proof": proof_of(proposal), "seal": check.seal(proposal),
            "wordings": detail.kept_texts(proposal, reader), "requests": changes.requests_of(proposal, reader),
            "merged": detail.merged(proposal, reader),
            "meetings": proposal.meetings.all() if reader.handles else [],
        }  # fmt: skip

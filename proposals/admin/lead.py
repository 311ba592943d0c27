"""提案线索: the committee's queue, screened one by one or many at once; and when leads are taken."""

from django.contrib import admin
from django.db.models import Q
from django.utils import timezone

from members.models import Post
from members.posts import posts_of
from proposals import wording
from proposals.acts import LeadAct as Act
from proposals.lead_states import LeadState
from proposals.models import Lead, LeadCollection
from workflow.admin import CaseAdmin, ChoiceFilter, TrackedAdmin


class LeadStateFilter(ChoiceFilter):
    title, parameter_name, column, fixed = "状态", "state", "state", LeadState.choices


@admin.register(Lead)
class LeadAdmin(CaseAdmin):
    list_display = ["receipt", "title", "place", "source", "category", "shown_state", "received_on"]
    list_display_links = ["receipt", "title"]
    list_filter = [LeadStateFilter, "source"]
    search_fields = ["receipt", "title", "description"]
    search_help_text = "线索编号，标题或说明里的词"
    ordering = ["-pk"]
    change_form_template = "admin/proposals/lead.html"
    bulk_acts = (Act.OFFER, Act.DECLINE, Act.REDIRECT)
    fieldsets = [
        ("线索", {"fields": ["receipt", "collection", "source", "received_at"]}),
        ("筛选", {"fields": ["category", "decline_reason", "channel", "answer"]}),
    ]
    # The form promises that only the committee's staff see who brought it.
    contributor_fieldset = ("提供人（只有提案委工作人员看得到）", {"fields": ["contributor", "contact"]})

    def get_fieldsets(self, request, obj=None):
        first, *rest = super().get_fieldsets(request, obj)
        is_staff = posts_of(request.user).in_proposal_committee(Post.STAFF, Post.HEAD)
        return [first, self.contributor_fieldset, *rest] if is_staff else [first, *rest]

    @admin.display(description="状态", ordering="state")
    def shown_state(self, lead: Lead) -> str:
        return lead.get_state_display()

    @admin.display(description="收到日期", ordering="received_at")
    def received_on(self, lead: Lead) -> str:
        return f"{timezone.localdate(lead.received_at):%Y-%m-%d}"

    def text_of(self, lead: Lead) -> str:
        return f"{lead.receipt} {lead.title}"

    def consequence(self, row) -> str:
        return wording.consequence("lead", str(row.act))

    def queues(self) -> dict:
        states = (LeadState.WAITING, LeadState.OFFERED, LeadState.USED)
        return {state.label: ({"state": state.value}, Q(state=state)) for state in states}

    def page_context(self, request, lead: Lead) -> dict:
        uses = lead.uses.select_related("proposal__session__term").order_by("pk")
        return {"uses": [use.proposal for use in uses if use.proposal.receipt_number]}


@admin.register(LeadCollection)
class LeadCollectionAdmin(TrackedAdmin):
    list_display = ["session", "opens", "closes", "active"]
    list_filter = ["active"]
    search_fields = ["session__ordinal", "session__term__number"]
    search_help_text = "届或次的数字"

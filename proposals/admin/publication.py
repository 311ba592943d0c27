"""公开文本 in the admin: everything that was ever published, as it was published, and when it was withdrawn."""

from django.contrib import admin
from django.utils.html import format_html_join

from documents.masking.finding import What
from proposals.models import Publication
from workflow.admin import ChoiceFilter, ReadOnlyAdmin

from .filters import SessionFilter


class PublishedSessionFilter(SessionFilter):
    column = "proposal__session_id"


class CurrentFilter(ChoiceFilter):
    title, parameter_name, fixed = "是否公开中", "current", [("yes", "公开中"), ("no", "已撤下")]

    def narrow(self, queryset, value):
        return queryset.filter(withdrawn_at__isnull=value == "yes")


@admin.register(Publication)
class PublicationAdmin(ReadOnlyAdmin):
    list_display = ["shown_number", "title", "proposer", "published_at", "published_by", "withdrawn_at"]
    list_display_links = ["shown_number", "title"]
    list_filter = [CurrentFilter, PublishedSessionFilter, "published_at"]
    search_fields = ["title", "proposer", "proposal__receipt_number"]
    search_help_text = "公开的案由、提案者、流水号"
    list_select_related = ["proposal__session__term", "published_by__person", "withdrawn_by__person"]
    ordering = ["-published_at", "-pk"]
    fields = [
        "shown_number", "title", "proposer", "situation", "shown_suggestions", "shown_replies", "shown_redactions",
        "published_by", "published_at", "withdrawn_by", "withdrawn_at", "withdrawal_reason",
    ]  # fmt: skip

    @admin.display(description="编号", ordering="proposal__serial")
    def shown_number(self, row: Publication) -> str:
        return row.proposal.short_number

    @admin.display(description="具体建议")
    def shown_suggestions(self, row: Publication) -> str:
        return format_html_join("", "<p>{}. {}</p>", enumerate(row.suggestions, start=1)) or "—"

    @admin.display(description="答复")
    def shown_replies(self, row: Publication) -> str:
        forms = {"summary": "摘要", "full": "全文"}
        lines = ((one["unit"], forms.get(one["form"], ""), one["body"]) for one in row.replies)
        return format_html_join("", '<h3>{}（{}）</h3><div class="kept-lines">{}</div>', lines) or "—"

    @admin.display(description="遮去")
    def shown_redactions(self, row: Publication) -> str:
        return "，".join(f"{What(what).label} {count} 处" for what, count in row.redactions.items()) or "没有"

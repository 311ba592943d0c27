"""B 类转 A 类 in the admin: to search and to filter; asked, answered and decided by acts of the share."""

from django.contrib import admin

from proposals.models import Proposal, Upgrade

from .records import CASES, OfShares


@admin.register(Upgrade)
class UpgradeAdmin(OfShares):
    path, share_path = "reply__assignment__proposal", "reply__assignment"
    own_search = ("reply__assignment__unit__name",)
    search_fields = ["reply__assignment__unit__name"]
    search_help_text = f"{CASES}，或承办单位"
    list_display = ["shown_case", "unit", "asked_at", "answer", "answered_at", "decision", "decided_at"]
    list_filter = ["answer", "decision", "asked_at"]
    list_select_related = ["reply__assignment__unit", "reply__assignment__proposal__session__term"]
    ordering = ["-asked_at", "-pk"]
    fields = [
        "shown_case", "unit", "reason", "asked_by", "asked_at", "answer", "answer_reason", "answered_at", "decision",
        "decision_reason", "decided_by", "decided_at",
    ]  # fmt: skip
    readonly_fields = ["shown_case", "unit"]

    def case_of(self, row: Upgrade) -> Proposal:
        return row.reply.assignment.proposal

    @admin.display(description="承办单位", ordering="reply__assignment__unit__order")
    def unit(self, row: Upgrade) -> str:
        return str(row.reply.assignment.unit)

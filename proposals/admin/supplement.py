"""补充答复: to search and to look at; written and signed by its unit."""

from django.contrib import admin

from proposals.models import Assignment, SupplementaryReply
from workflow.admin import ReadOnlyAdmin


@admin.register(SupplementaryReply)
class SupplementaryReplyAdmin(ReadOnlyAdmin):
    list_display = ["shown_number", "case_number", "case_title", "unit", "written_at", "signed_at"]
    list_display_links = ["shown_number", "case_title"]
    list_filter = ["signed_at", "reply__assignment__unit__system"]
    list_select_related = ["reply__assignment__unit", "reply__assignment__proposal__session__term"]
    search_fields = ["reply__assignment__proposal__title", "reply__assignment__unit__name", "letter_word", "body"]
    search_help_text = "案由、承办单位、发文代字或正文"
    ordering = ["-pk"]
    fields = [
        "shown_number",
        "case_number",
        "case_title",
        "unit",
        "body",
        "written_by",
        "written_at",
        "signed_by",
        "signed_at",
    ]

    def get_queryset(self, request):
        seen = Assignment.objects.visible_to(request.user)
        return super().get_queryset(request).filter(reply__assignment__in=seen.order_by().values("pk"))

    @admin.display(description="文号", ordering="letter_serial")
    def shown_number(self, row: SupplementaryReply) -> str:
        return str(row)

    @admin.display(description="案号")
    def case_number(self, row: SupplementaryReply) -> str:
        return row.reply.assignment.proposal.short_number

    @admin.display(description="案由", ordering="reply__assignment__proposal__title")
    def case_title(self, row: SupplementaryReply) -> str:
        return row.reply.assignment.proposal.title

    @admin.display(description="承办单位", ordering="reply__assignment__unit__name")
    def unit(self, row: SupplementaryReply) -> str:
        return str(row.reply.assignment.unit)

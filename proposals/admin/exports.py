"""For the audit: who took which letters and reports out of the portal."""

from django.contrib import admin

from members.admin.privacy import Kept
from proposals.models import PaperExport


@admin.register(PaperExport)
class PaperExportAdmin(Kept):
    list_display = ["at", "user", "what", "count", "proposal", "shown_door", "ip"]
    list_filter = ["at"]
    list_select_related = ["user__person", "proposal"]
    search_fields = ["user__person__name", "user__username", "what"]
    search_help_text = "下载人的姓名、账号，或公文名称"
    fields = list_display

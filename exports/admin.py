"""For the audit: who took which lists and files out of the portal."""

from django.contrib import admin

from members.admin.privacy import Kept
from workflow.admin import ChoiceFilter

from .models import ExportRecord
from .models.record import Step


class StepFilter(ChoiceFilter):
    title, parameter_name = "方式", "step"

    def choices_of(self, request):
        return Step.choices


@admin.register(ExportRecord)
class ExportRecordAdmin(Kept):
    list_display = ["at", "user", "what", "asked", "audience", "rows", "step", "shown_door", "ip"]
    list_filter = [StepFilter, "at"]
    list_select_related = ["user__person"]
    search_fields = ["user__person__name", "user__username", "what", "purpose"]
    search_help_text = "导出人的姓名、账号，列表名称，或用途"
    fields = [*list_display, "columns", "purpose", "job"]

from django.contrib import admin

from members.models import Session, Term
from workflow.admin import TrackedAdmin

from .turnover import TermOpening


@admin.register(Term)
class TermAdmin(TermOpening, TrackedAdmin):
    list_display = ["__str__", "number", "starts", "ends"]


@admin.register(Session)
class SessionAdmin(TrackedAdmin):
    list_display = ["__str__", "opens", "closes", "window_opens", "window_closes"]
    list_select_related = ["term"]

    def get_readonly_fields(self, request, obj=None):
        """Once the session stands, its window moves with a reason, on the page of 提案委 (proposals.admin.windows)."""
        return ["window_opens", "window_closes", "window_reason", "allows_support", "support_closes"] if obj else []

    def get_exclude(self, request, obj=None):
        return None if obj else ["window_reason"]

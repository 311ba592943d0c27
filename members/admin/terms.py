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

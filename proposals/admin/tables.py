"""The tables that the committee keeps: rows are switched off, not deleted, because cases refer to them."""

from django.contrib import admin

from proposals.models import Category, RejectionReason, SecrecyMark
from workflow.admin import TrackedAdmin


@admin.register(Category)
class CategoryAdmin(TrackedAdmin):
    list_display = ["name", "system", "order", "active"]
    list_filter = ["system", "active"]
    search_fields = ["name"]


@admin.register(RejectionReason)
class RejectionReasonAdmin(TrackedAdmin):
    list_display = ["text", "code", "default_disposition", "order", "active"]
    list_filter = ["active", "default_disposition"]
    search_fields = ["text", "code"]


@admin.register(SecrecyMark)
class SecrecyMarkAdmin(TrackedAdmin):
    list_display = ["word", "kind", "order", "active"]
    list_filter = ["kind", "active"]
    search_fields = ["word"]

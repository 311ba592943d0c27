from django.contrib import admin

from .models import Attachment
from .papers.templates import pages  # noqa: F401 (registers the page of the paper templates)


@admin.register(Attachment)
class AttachmentAdmin(admin.ModelAdmin):
    """A list to look at. Files come and go through their cases only, and are read through their cases only."""

    list_display = ["name", "size", "content_type", "uploaded_by", "created_at", "subject", "subject_id"]
    list_filter = ["content_type", "subject", "created_at"]
    search_fields = ["name", "sha256"]
    list_select_related = ["uploaded_by__person"]
    exclude = ["file"]

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

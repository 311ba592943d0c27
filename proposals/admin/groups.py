"""审查小组: name, categories and reviewers on one page; a group is switched off, not deleted."""

from django.contrib import admin

from proposals.models import GroupCategory, GroupReviewer, ReviewGroup
from workflow.admin import TrackedAdmin


class Rows(admin.TabularInline):
    """Who and what belong to a group may be taken out again: the history keeps each change."""

    extra = 1


class CategoryRows(Rows):
    model = GroupCategory
    fields = ["category"]


class ReviewerRows(Rows):
    model = GroupReviewer
    fields = ["person"]
    autocomplete_fields = ["person"]


@admin.register(ReviewGroup)
class ReviewGroupAdmin(TrackedAdmin):
    list_display = ["name", "shown_session", "shown_categories", "shown_reviewers", "takes_rest", "order", "active"]
    list_filter = ["active", "session"]
    search_fields = ["name"]
    fields = ["name", "session", "takes_rest", "order", "active"]
    inlines = [CategoryRows, ReviewerRows]

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related("session__term")
        return rows.prefetch_related("categories__category", "reviewers__person")

    @admin.display(description="届次", ordering="session")
    def shown_session(self, group: ReviewGroup) -> str:
        return str(group.session or "常设")

    @admin.display(description="类别")
    def shown_categories(self, group: ReviewGroup) -> str:
        return "、".join(str(row.category) for row in group.categories.all()) or "—"

    @admin.display(description="审查员")
    def shown_reviewers(self, group: ReviewGroup) -> str:
        return "、".join(str(row.person) for row in group.reviewers.all()) or "—"

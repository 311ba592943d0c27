"""To look at: what was announced, by whom, and how many have read it. Written and withdrawn on the portal's own pages."""

from django.contrib import admin
from django.db.models import BooleanField, ExpressionWrapper, Q

from members.posts import posts_of
from workflow.admin.reading import ReadOnlyAdmin

from .models import Announcement
from .rights import issuing_bodies
from .states import State

OF_THE_ISSUER = "发布单位可查看"


class StateFilter(admin.SimpleListFilter):
    title, parameter_name = "状态", "state"

    def lookups(self, request, model_admin):
        return State.choices

    def queryset(self, request, queryset):
        return queryset.filter(state=self.value()) if self.value() in State.values else queryset


@admin.register(Announcement)
class AnnouncementAdmin(ReadOnlyAdmin):
    list_display = ["title", "issuer", "priority", "shown_state", "published_at", "expires_on", "told", "read"]
    list_filter = [StateFilter, "priority", "receipt_required"]
    search_fields = ["title", "issuer__name"]
    search_help_text = "标题或发布单位里的词"
    ordering = ["-pk"]
    fields = [
        "title", "issuer", "author", "priority", "receipt_required", "expires_on", "shown_state", "published_at",
        "withdrawn_at", "withdrawn_because", "told", "read", "signed",
    ]  # fmt: skip

    def get_queryset(self, request):
        """`is_own`: of the reader's own bodies; who has read an announcement is for nobody else."""
        own = ExpressionWrapper(Q(issuer_id__in=issuing_bodies(posts_of(request.user))), BooleanField())
        rows = Announcement.objects.visible_to(request.user).for_list().with_counts()
        return rows.annotate(is_own=own).order_by("-pk")

    @admin.display(description="状态", ordering="state")
    def shown_state(self, one: Announcement) -> str:
        return one.get_state_display()

    @admin.display(description="收件人数")
    def told(self, one: Announcement) -> int | str:
        return one.told if one.is_own else OF_THE_ISSUER

    @admin.display(description="已读人数")
    def read(self, one: Announcement) -> int | str:
        return one.read_by_now if one.is_own else OF_THE_ISSUER

    @admin.display(description="已签收人数")
    def signed(self, one: Announcement) -> int | str:
        return one.signed_by_now if one.is_own else OF_THE_ISSUER

"""评价 in the admin: to look up and to filter. The flag 同一设备 is for the head and the audit alone."""

from django.contrib import admin
from django.utils.html import format_html

from members.duties import AUDIT
from members.models import Post
from members.posts import posts_of
from proposals import blind
from proposals.models import QualityRating, Rating
from workflow.admin import ChoiceFilter, ReadOnlyAdmin

from .filters import SessionFilter

CASE = "reply__assignment__proposal"


def sees_devices(user) -> bool:
    """提案委负责人 and 审计管理员."""
    posts = posts_of(user)
    return posts.in_proposal_committee(Post.HEAD) or AUDIT in posts.duties


class RatedSessionFilter(SessionFilter):
    column = f"{CASE}__session_id"


class DeviceFilter(ChoiceFilter):
    title, parameter_name, fixed = "同一设备", "device", [("yes", "与单位账号同一设备"), ("no", "没有发现")]

    def narrow(self, queryset, value):
        return queryset.exclude(device_note="") if value == "yes" else queryset.filter(device_note="")


class VoidedFilter(ChoiceFilter):
    title, parameter_name, fixed = "是否作废", "voided", [("no", "有效"), ("yes", "已作废")]

    def narrow(self, queryset, value):
        return queryset.filter(voided_at__isnull=value == "no")


class OfReply(ReadOnlyAdmin):
    """What the two kinds of rating have in common."""

    list_display_links = ["shown_number"]
    search_fields = [f"{CASE}__title", f"{CASE}__receipt_number", "reply__assignment__unit__name"]
    search_help_text = "案由、流水号、承办单位"
    list_select_related = [f"{CASE}__session__term", "reply__assignment__unit", "entered_by__person"]

    def case_of(self, row):
        return row.reply.assignment.proposal

    @admin.display(description="编号", ordering=f"{CASE}__serial")
    def shown_number(self, row) -> str:
        return row.reply.assignment.proposal.short_number

    @admin.display(description="承办单位", ordering="reply__assignment__unit__name")
    def unit(self, row) -> str:
        return str(row.reply.assignment.unit)

    @admin.display(description="轮次", ordering="reply__round")
    def round(self, row) -> int:
        return row.reply.round


@admin.register(Rating)
class RatingAdmin(OfReply):
    list_display = [
        "shown_number", "unit", "round", "person", "deciding", "shown_attitude", "shown_result", "late", "by_proxy", "at",
    ]  # fmt: skip
    list_filter = [RatedSessionFilter, "result", "attitude", VoidedFilter, "deciding", "by_proxy", "late"]
    search_fields = [*OfReply.search_fields, "person__name"]
    search_help_text = "案由、流水号、承办单位、评价人"
    list_select_related = [*OfReply.list_select_related, "person", "voided_by__person"]
    ordering = ["-at", "-pk"]
    fields = [
        "shown_number", "unit", "round", "person", "deciding", "attitude", "result", "contacted", "hearing", "pertinence",
        "leader_answered", "comment", "late", "by_proxy", "entered_by", "at", "voided_at", "voided_by", "void_reason",
    ]  # fmt: skip

    def get_queryset(self, request):
        return blind.visible_ratings(request.user).order_by(*self.ordering)

    def lookup_allowed(self, lookup, value, request) -> bool:
        """The flag can be asked for by its own filter only, which is not everybody's."""
        return not lookup.startswith("device") and super().lookup_allowed(lookup, value, request)

    def get_list_display(self, request):
        return [*self.list_display, *(["device_note"] if sees_devices(request.user) else [])]

    def get_list_filter(self, request):
        return [*([DeviceFilter] if sees_devices(request.user) else []), *self.list_filter]

    def get_fields(self, request, obj=None):
        return [*self.fields, *(["device_note"] if sees_devices(request.user) else [])]

    @admin.display(description="对办理工作", ordering="attitude")
    def shown_attitude(self, rating: Rating) -> str:
        return _struck(rating, rating.get_attitude_display())

    @admin.display(description="对办理结果", ordering="result")
    def shown_result(self, rating: Rating) -> str:
        return _struck(rating, rating.get_result_display())


def _struck(rating: Rating, words: str) -> str:
    return format_html("<s>{}</s>（已作废）", words) if rating.is_voided else words


@admin.register(QualityRating)
class QualityRatingAdmin(OfReply):
    list_display = ["shown_number", "unit", "round", "topic", "substance", "form", "benefit", "overall", "at"]
    list_filter = [RatedSessionFilter, "overall"]
    ordering = ["-at", "-pk"]
    fields = [
        "shown_number", "unit", "round", "topic", "substance", "form", "benefit", "overall", "comment", "entered_by", "at",
    ]  # fmt: skip

    def get_queryset(self, request):
        return blind.visible_quality(request.user).order_by(*self.ordering)

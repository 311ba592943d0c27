"""Who logged in, and whose log-in is locked after too many failures."""

from axes.models import AccessAttempt, AccessLog
from axes.utils import reset
from django.conf import settings
from django.contrib import admin, messages

from workflow.admin import ChoiceFilter, ReadOnlyAdmin


class LockedFilter(ChoiceFilter):
    title, parameter_name, fixed = "是否锁定", "locked", [("yes", "已锁定"), ("no", "未锁定")]

    def narrow(self, queryset, value):
        limit = settings.AXES_FAILURE_LIMIT
        return (
            queryset.filter(failures_since_start__gte=limit)
            if value == "yes"
            else queryset.filter(failures_since_start__lt=limit)
        )


@admin.register(AccessAttempt)
class FailureAdmin(ReadOnlyAdmin):
    """What was typed is not shown: people type passwords into the wrong box."""

    list_display = ["shown_time", "shown_name", "failures", "is_locked", "shown_ip"]
    list_filter = [LockedFilter]
    search_fields = ["username", "ip_address"]
    search_help_text = "账号或地址"
    fields = ["shown_name", "failures", "is_locked", "shown_ip", "shown_time"]
    actions = ["unlock"]

    @admin.display(description="最近一次", ordering="attempt_time")
    def shown_time(self, attempt) -> str:
        return attempt.attempt_time

    @admin.display(description="账号", ordering="username")
    def shown_name(self, attempt) -> str:
        return attempt.username or "—"

    @admin.display(description="连续失败次数", ordering="failures_since_start")
    def failures(self, attempt) -> int:
        return attempt.failures_since_start

    @admin.display(description="已锁定", boolean=True)
    def is_locked(self, attempt) -> bool:
        return attempt.failures_since_start >= settings.AXES_FAILURE_LIMIT

    @admin.display(description="来自地址", ordering="ip_address")
    def shown_ip(self, attempt) -> str:
        return attempt.ip_address or "—"

    def has_unlock_permission(self, request) -> bool:
        return request.user.has_perm("members.change_user")

    @admin.action(description="解除锁定（所选）", permissions=["unlock"])
    def unlock(self, request, queryset):
        names = set(queryset.values_list("username", flat=True))
        for name in names:
            reset(username=name)
        messages.success(request, f"已解除 {len(names)} 个账号的锁定，现在可以重新登录。")


@admin.register(AccessLog)
class LoginAdmin(ReadOnlyAdmin):
    list_display = ["shown_time", "shown_name", "shown_ip", "shown_end"]
    list_filter = []
    search_fields = ["username", "ip_address"]
    search_help_text = "账号或地址"
    fields = ["shown_name", "shown_time", "shown_end", "shown_ip", "shown_program"]

    @admin.display(description="登录时间", ordering="attempt_time")
    def shown_time(self, log):
        return log.attempt_time

    @admin.display(description="退出时间", ordering="logout_time")
    def shown_end(self, log):
        return log.logout_time or "—"

    @admin.display(description="账号", ordering="username")
    def shown_name(self, log) -> str:
        return log.username or "—"

    @admin.display(description="来自地址", ordering="ip_address")
    def shown_ip(self, log) -> str:
        return log.ip_address or "—"

    @admin.display(description="浏览器")
    def shown_program(self, log) -> str:
        return log.user_agent

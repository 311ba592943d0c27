"""To look at, and to give dead deliveries a second life. Bodies of messages are people's own and not shown."""

from django.contrib import admin, messages

from deadlines import steps

from . import resend
from .models import EmailDelivery, Message, Outbox, Reminder
from .reminders.sources import Audience


class ReadOnlyAdmin(admin.ModelAdmin):
    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def has_resend_permission(self, request) -> bool:
        """Resending changes no content; the right to change the model carries it."""
        name = f"{self.opts.app_label}.change_{self.opts.model_name}"
        return request.user.has_perm(name)

    def tell(self, request, count: int) -> None:
        if count:
            messages.success(request, f"{count} 条将在一分钟内重新发送。")
        else:
            messages.warning(request, "所选记录中没有已放弃的，不需要重新发送。")


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    list_display = ["subject", "recipient", "created_at", "read_at"]
    list_filter = ["created_at"]
    search_fields = ["subject", "recipient__username", "recipient__person__name"]
    list_select_related = ["recipient__person"]
    fields = ["subject", "recipient", "event", "created_at", "read_at"]


class DeadFilter(admin.SimpleListFilter):
    title = "送出情况"
    parameter_name = "delivered"

    def lookups(self, request, model_admin):
        return [("open", "未送出"), ("dead", "已放弃"), ("done", "已送出")]

    def queryset(self, request, queryset):
        if self.value() == "open":
            return queryset.filter(delivered_at=None)
        if self.value() == "done":
            return queryset.exclude(delivered_at=None)
        if self.value() == "dead":
            return queryset.filter(pk__in=Outbox.objects.dead().values("pk"))
        return queryset


@admin.register(Outbox)
class OutboxAdmin(ReadOnlyAdmin):
    list_display = ["event", "created_at", "delivered_at", "attempts", "next_try_at", "last_error"]
    list_filter = [DeadFilter, "created_at"]
    list_select_related = ["event"]
    actions = ["resend"]

    @admin.action(description="重新发送所选（仅限已放弃的）", permissions=["resend"])
    def resend(self, request, queryset):
        self.tell(request, resend.resend_outbox(queryset))


@admin.register(EmailDelivery)
class EmailDeliveryAdmin(ReadOnlyAdmin):
    list_display = ["message", "masked", "state", "attempts", "next_try_at", "sent_at", "error"]
    list_filter = ["state"]
    search_fields = ["message__subject", "message__recipient__username"]
    list_select_related = ["message"]
    fields = ["message", "masked", "state", "attempts", "next_try_at", "sent_at", "error"]
    readonly_fields = ["masked"]
    actions = ["resend"]

    @admin.display(description="邮箱")
    def masked(self, delivery: EmailDelivery) -> str:
        return delivery.masked_address

    @admin.action(description="重新发送所选（仅限已放弃的）", permissions=["resend"])
    def resend(self, request, queryset):
        self.tell(request, resend.resend_emails(queryset))


@admin.register(Reminder)
class ReminderAdmin(ReadOnlyAdmin):
    """Who was told of which due date, and when."""

    list_display = ["number", "step_words", "recipient", "due_on", "offset", "audience_words", "told_at"]
    list_filter = ["told_at"]
    search_fields = ["number", "recipient__person__name"]
    search_help_text = "可按案号、收件人姓名查找"
    list_select_related = ["recipient__person"]
    fields = ["number", "step_words", "recipient", "due_on", "offset", "audience_words", "told_at"]

    @admin.display(description="环节")
    def step_words(self, reminder: Reminder) -> str:
        return steps.label(reminder.step)

    @admin.display(description="告知对象")
    def audience_words(self, reminder: Reminder) -> str:
        return Audience.LABELS.get(reminder.audience, reminder.audience)

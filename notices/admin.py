"""To look at, and to give dead deliveries a second life. Bodies of messages are people's own and not shown."""

from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.utils.html import format_html

from deadlines import steps

from . import resend
from .admin_texts import NoticeTextAdmin
from .models import Delivery, Message, Outbox, Reminder
from .reminders.sources import Audience, private_steps

__all__ = ["DeliveryAdmin", "MessageAdmin", "NoticeTextAdmin", "OutboxAdmin", "ReminderAdmin"]


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


class PersonFilter(admin.SimpleListFilter):
    """One person's, reached by the link beside a name; there is no list of everybody to choose from."""

    title, parameter_name = "收件人", "recipient"

    def lookups(self, request, model_admin):
        return [(self.key, str(user)) for user in get_user_model().objects.filter(pk=self.key or None)]

    @property
    def key(self) -> str:
        given = self.used_parameters.get(self.parameter_name) or ""
        return given if given.isascii() and given.isdecimal() and len(given) < 19 else ""

    def queryset(self, request, queryset):
        return queryset.filter(recipient=self.key) if self.key else queryset


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    list_display = ["subject", "channel", "whom", "masked", "state", "next_try_at", "sent_at", "error"]
    list_filter = ["state", "channel", PersonFilter]
    search_fields = ["message__subject", "recipient__username", "recipient__person__name"]
    search_help_text = "可按收件人姓名、账号、消息标题查找"
    list_select_related = ["message", "digest", "recipient__person"]
    fields = ["subject", "channel", "recipient", "masked", "state", "attempts", "next_try_at", "sent_at", "error"]
    readonly_fields = ["subject", "masked"]
    actions = ["resend"]

    @admin.display(description="消息")
    def subject(self, delivery: Delivery) -> str:
        return delivery.subject

    @admin.display(description="收件人", ordering="recipient")
    def whom(self, delivery: Delivery) -> str:
        return format_html('<a href="?recipient={}">{}</a>', delivery.recipient_id, delivery.recipient)

    @admin.display(description="地址")
    def masked(self, delivery: Delivery) -> str:
        return delivery.masked_address

    @admin.action(description="重新发送所选（仅限已放弃的）", permissions=["resend"])
    def resend(self, request, queryset):
        self.tell(request, resend.resend_deliveries(queryset))


@admin.register(Reminder)
class ReminderAdmin(ReadOnlyAdmin):
    """Who was told of which due date, and when."""

    list_display = ["number", "step_words", "recipient", "due_on", "offset", "audience_words", "told_at"]
    list_filter = ["told_at"]
    search_fields = ["number", "recipient__person__name"]
    search_help_text = "可按案号、收件人姓名查找"
    list_select_related = ["recipient__person"]
    fields = ["number", "step_words", "recipient", "due_on", "offset", "audience_words", "told_at"]

    def get_queryset(self, request):
        """Of a draft on its way round nobody learns who is not asked to sign."""
        return super().get_queryset(request).exclude(step__in=private_steps())

    @admin.display(description="环节")
    def step_words(self, reminder: Reminder) -> str:
        return steps.label(reminder.step)

    @admin.display(description="告知对象")
    def audience_words(self, reminder: Reminder) -> str:
        return Audience.LABELS.get(reminder.audience, reminder.audience)

"""Accounts: opened and given passwords by the 系统管理员, given duties by the 安全管理员."""

from django.contrib import admin, messages
from django.template.response import TemplateResponse

from members import appointing, one_time, second_factor
from members.duties import SECURITY, SYSTEM
from members.models import User
from members.posts import posts_of
from members.privacy import reveals
from workflow.admin import TrackedAdmin
from workflow.changes.values import masked

from .explaining import RightsPage
from .filters import StaleFilter
from .forms import UserForm, WithActor
from .privacy import NotedContact

MOST = 100
SWITCHERS = (SYSTEM, SECURITY)


@admin.register(User)
class UserAdmin(NotedContact, RightsPage, WithActor, TrackedAdmin):
    form = UserForm
    noted_page = reveals.ADMIN_ACCOUNT
    list_display = ["username", "person", "shown_duty", "is_active", "must_change_password", "last_login"]
    list_filter = ["is_active", StaleFilter, "must_change_password", "groups"]
    search_fields = ["username", "person__name", "person__pinyin", "person__initials"]
    search_help_text = "账号、姓名、拼音或拼音首字母"
    list_select_related = ["person"]
    autocomplete_fields = ["person"]
    actions = ["give_one_time_passwords", "reset_second_factors", "switch_off", "switch_on"]

    @admin.display(description="管理员职责")
    def shown_duty(self, user: User) -> str:
        return "、".join(group.name for group in user.groups.all()) or "—"

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    # --- who may do what ---
    def refusal_for(self, request, obj) -> str:
        return appointing.account_refusal(request.user, obj)

    def has_system_permission(self, request) -> bool:
        return request.user.is_superuser or SYSTEM in posts_of(request.user).duties

    def has_security_permission(self, request) -> bool:
        return request.user.is_superuser or SECURITY in posts_of(request.user).duties

    def has_switch_permission(self, request) -> bool:
        return self.has_system_permission(request) or self.has_security_permission(request)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.gives_duty = self._gives_duties(request, obj)
        return form

    def get_fields(self, request, obj=None):
        phone = "phone" if obj is None or self.shows_number(request, obj) else "shown_phone"
        fields = ["username", phone, "person", "is_active"]
        return [*fields, "duty"] if self._gives_duties(request, obj) else [*fields, "shown_duty"]

    def get_readonly_fields(self, request, obj=None):
        """The 安全管理员 gives duties and blocks accounts; whose an account is, is the 系统管理员's business."""
        if obj is None:
            return ["shown_duty"]
        closed = ["shown_phone"] if self.has_system_permission(request) else ["username", "shown_phone", "person"]
        if appointing.acting_refusal(request.user, obj, SWITCHERS):
            closed.append("is_active")
        return closed if self._gives_duties(request, obj) else [*closed, "shown_duty"]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """Says why the account cannot be switched on or off here."""
        mine = (
            request.method == "GET" and self.has_switch_permission(request) and self.has_change_permission(request, obj)
        )
        if obj is not None and mine and (sentence := appointing.acting_refusal(request.user, obj, SWITCHERS)):
            messages.info(request, f"启用和停用：{sentence}")
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _gives_duties(self, request, obj) -> bool:
        return obj is not None and self.has_security_permission(request) and self.has_change_permission(request, obj)

    # --- contact data ---
    def shows_number(self, request, obj) -> bool:
        return self.has_system_permission(request) and self.has_change_permission(request, obj)

    def noted_person(self, user: User):
        return user.person if user.phone else None

    @admin.display(description="登录手机")
    def shown_phone(self, user: User) -> str:
        return masked(user.phone) if user.phone else "—"

    # --- saving ---
    def save_model(self, request, obj, form, change):
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if "duty" in form.cleaned_data:
            duty = form.cleaned_data["duty"]
            form.instance.groups.set([duty] if duty else [])

    def response_add(self, request, obj, post_url_continue=None):
        messages.info(request, "账号还没有密码。请在账号列表中勾选后“发放一次性密码”，当面交付本人。")
        return super().response_add(request, obj, post_url_continue)

    # --- actions ---
    @admin.action(description="发放一次性密码（所选）", permissions=["switch"])
    def give_one_time_passwords(self, request, queryset):
        users = self._allowed(request, queryset.filter(is_active=True))
        if len(users) > MOST:
            messages.warning(request, f"一次最多发放 {MOST} 个。请先用筛选或搜索缩小范围。")
            return None
        if not users:
            messages.warning(
                request, "没有发放：所选账号都已停用、不由您办理，或是您自己的账号；自己的密码请用“修改密码”。"
            )
            return None
        return self._passwords_page(request, [(user, one_time.give(user)) for user in users])

    def _passwords_page(self, request, passwords: list) -> TemplateResponse:
        context = {
            **self.admin_site.each_context(request), "opts": self.opts, "passwords": passwords,
            "title": "一次性密码（只显示这一次，请立即抄录并当面交付）",
        }  # fmt: skip
        response = TemplateResponse(request, "admin/members/one_time_passwords.html", context)
        response["Cache-Control"] = "no-store"
        return response

    @admin.action(description="重置动态口令（所选，用于手机丢失）", permissions=["switch"])
    def reset_second_factors(self, request, queryset):
        users = [user for user in self._allowed(request, queryset) if second_factor.was_begun(user)]
        for user in users:
            second_factor.switch_off(user)
        if users:
            messages.success(request, f"已重置 {len(users)} 个账号的动态口令，本人下次登录只需密码，再重新设置。")
        else:
            messages.warning(request, "没有重置：所选账号没有启用动态口令，或不由您办理；您自己的请由其他管理员重置。")

    @admin.action(description="停用（所选）", permissions=["switch"])
    def switch_off(self, request, queryset):
        self._switch(request, queryset, False, "停用。本人立即不能登录，已登录的也会退出")

    @admin.action(description="启用（所选）", permissions=["switch"])
    def switch_on(self, request, queryset):
        self._switch(request, queryset, True, "启用")

    def _switch(self, request, queryset, active: bool, words: str) -> None:
        users = self._allowed(request, queryset.exclude(is_active=active), SWITCHERS)
        count = User.objects.filter(pk__in=[user.pk for user in users]).update(is_active=active)
        if count:
            messages.success(request, f"已把 {count} 个账号{words}。")
        else:
            messages.warning(request, "没有账号需要改动，或不由您办理；您自己的账号由其他管理员处理。")

    @staticmethod
    def _allowed(request, queryset, ordinary=(SYSTEM,)) -> list[User]:
        """Without one's own account, and without those of others' business, which are named with whom to ask."""
        allowed, left_out = [], {}
        for user in queryset.exclude(pk=request.user.pk):
            sentence = appointing.acting_refusal(request.user, user, ordinary)
            (left_out.setdefault(sentence, []) if sentence else allowed).append(user)
        for sentence, users in left_out.items():
            messages.warning(request, f"没有办理：{'、'.join(map(str, users))}。{sentence}")
        return allowed

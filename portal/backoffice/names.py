"""Chinese names for tables that packages bring with them and that people meet in the admin."""

from django.apps import apps
from django.contrib.admin.templatetags import admin_list
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.timezone import localtime

MODELS = {
    "axes.AccessAttempt": "登录失败",
    "axes.AccessLog": "登录记录",
    "axes.AccessFailureLog": "登录失败明细",
    "auth.Group": "管理员职责",
    "auth.Permission": "权限",
}
APPS = {"axes": "登录安全", "auth": "账号", "pghistory": "修改历史", "knox": "登录设备"}


def apply() -> None:
    """Called once when the app is ready."""
    for label, name in MODELS.items():
        options = apps.get_model(label)._meta
        options.verbose_name = options.verbose_name_plural = name
    for label, name in APPS.items():
        if label in apps.app_configs:
            apps.get_app_config(label).verbose_name = name
    for label in ("axes.AccessAttempt", "axes.AccessLog"):
        apps.get_model(label).__str__ = _who_and_when
    admin_list._boolean_icon = _boolean_icon


def _who_and_when(login) -> str:
    return f"{login.username or '—'} {localtime(login.attempt_time):%Y-%m-%d %H:%M}"


def _boolean_icon(value: bool | None) -> str:
    """Django's icon; to a screen reader it says 是 and 否 instead of True and False."""
    name, word = {True: ("yes", "是"), False: ("no", "否"), None: ("unknown", "未知")}[value]
    return format_html('<img src="{}" alt="{}">', static(f"admin/img/icon-{name}.svg"), word)

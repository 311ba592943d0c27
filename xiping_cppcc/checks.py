"""Wrong or missing production values, each with its remedy: `manage.py check --deploy`.

An error stops every command; a warning of `--deploy` is what a demonstration may lack and production may not.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

from celery import current_app
from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.db import OperationalError, connections
from django.utils.module_loading import autodiscover_modules

from xiping_cppcc.embedded import binaries

OLDEST_POSTGRES = 14
LOCAL = {"localhost", "127.0.0.1", "[::1]", "testserver"}
SHORTEST_KEY = 50


def _error(number: int, sentence: str, remedy: str) -> Error:
    return Error(sentence, hint=remedy, id=f"portal.E{number:03}")


def _warning(number: int, sentence: str, remedy: str) -> Warning:
    return Warning(sentence, hint=remedy, id=f"portal.W{number:03}")


# --- Errors: always ---------------------------------------------------------


@register(Tags.security)
def secret_key_is_strong(app_configs, **kwargs):
    key = settings.SECRET_KEY
    if len(key) >= SHORTEST_KEY and len(set(key)) > 10 and "example" not in key:
        return []
    return [
        _error(
            1, "SECRET_KEY 太短或是示例值。", "删去该变量（自动生成并保存在 PORTAL_DATA），或设为 50 个以上的随机字符。"
        )
    ]


@register()
def data_folders_are_writable(app_configs, **kwargs):
    folders = {
        "PORTAL_DATA": settings.PORTAL_DATA,
        "MEDIA_ROOT": settings.MEDIA_ROOT,
        "BACKUP_DIR": settings.BACKUP_DIR,
    }
    return [
        _error(2, f"{name}（{folder}）不可写。", f"把目录交给运行门户的账号（chown），或把 {name} 设为另一个目录。")
        for name, folder in folders.items()
        if not os.access(_nearest_existing(Path(folder)), os.W_OK | os.X_OK)
    ]


@register(Tags.database)
def postgres_is_new_enough(app_configs, databases=None, **kwargs):
    if not databases:
        return []
    try:
        connections["default"].ensure_connection()
    except OperationalError:
        return [_error(5, "DATABASE_URL 指向的数据库无法连接。", "检查地址、账号、密码和防火墙。")]
    major = connections["default"].pg_version // 10000
    if major >= OLDEST_POSTGRES:
        return []
    return [_error(6, f"PostgreSQL {major} 太旧。", f"升级到 {OLDEST_POSTGRES} 或更高版本。")]


@register()
def tasks_end_before_they_are_handed_out_again(app_configs, **kwargs):
    options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    limits = _limits_of_tasks_acknowledged_late() if options else {}
    long = [name for name, limit in limits.items() if limit >= options["visibility_timeout"]]
    if not long:
        return []
    return [
        _error(
            7,
            f"任务 {'、'.join(long)} 的时限长于消息重发时限，会执行两次。",
            "把 time_limit（或 CELERY_TASK_TIME_LIMIT）调到 visibility_timeout 以下，或设 acks_late=False。",
        )
    ]


def _limits_of_tasks_acknowledged_late() -> dict[str, int]:
    """{name: seconds} of each task that is handed out again when its worker is not heard of."""
    autodiscover_modules("tasks")
    ours = [task for name, task in sorted(current_app.tasks.items()) if not name.startswith("celery.")]
    return {task.name: task.time_limit or settings.CELERY_TASK_TIME_LIMIT for task in ours if task.acks_late}


@register()
def addresses_are_well_formed(app_configs, **kwargs):
    found = []
    if settings.PORTAL_URL and not _is_web_address(settings.PORTAL_URL):
        found.append(_error(8, "PORTAL_URL 不是网址。", "写成 https://门户域名。"))
    prefix = settings.X_ACCEL_PREFIX
    if prefix and not (prefix.startswith("/") and prefix.endswith("/")):
        found.append(
            _error(9, "X_ACCEL_PREFIX 应以 / 开头和结尾。", "写成 /protected/，与 nginx 配置里的 location 一致。")
        )
    return found


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # the port is no number
        return False


@register()
def sessions_end_in_order(app_configs, **kwargs):
    if settings.SESSION_IDLE <= settings.SESSION_LONGEST:
        return []
    return [_error(10, "SESSION_IDLE_MINUTES 长于 SESSION_HOURS。", "把空闲时限调到最长时限以内。")]


# --- Warnings: production only ------------------------------------------------


@register(deploy=True)
def debug_is_off(app_configs, **kwargs):
    return (
        [_warning(1, "DEBUG 已打开，出错页面会显示内部信息。", "删去 DEBUG 或设为 false。")] if settings.DEBUG else []
    )


@register(deploy=True)
def hosts_are_named(app_configs, **kwargs):
    hosts = set(settings.ALLOWED_HOSTS)
    if "*" in hosts:
        return [_warning(2, "ALLOWED_HOSTS 接受任何域名。", "写出门户的域名，例如 ALLOWED_HOSTS=zx.example.gov.cn。")]
    if hosts <= LOCAL:
        return [_warning(3, "ALLOWED_HOSTS 只有本机，别的电脑打不开门户。", "加上门户的域名或服务器地址。")]
    return []


@register(deploy=True)
def transport_is_encrypted(app_configs, **kwargs):
    if not settings.HTTPS:
        return [_warning(4, "HTTPS 未打开，密码以明文传输。", "在 nginx 配置证书，然后设 HTTPS=true。")]
    if not settings.TRUSTED_PROXIES:
        return [
            _warning(
                5, "已打开 HTTPS，但没有说明前面有几层代理，页面可能反复跳转。", "经 nginx 访问时设 TRUSTED_PROXIES=1。"
            )
        ]
    return []


@register(deploy=True)
def email_is_configured(app_configs, **kwargs):
    if not settings.EMAIL_CONFIGURED:
        return [
            _warning(
                6, "没有配置邮件，提醒只在站内显示。", "设置 EMAIL_URL，例如 smtp+ssl://账号:密码@邮件服务器:465。"
            )
        ]
    if settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
        return [
            _warning(
                7, "发件地址是 localhost，邮件会被退回。", "设置 DEFAULT_FROM_EMAIL，例如 portal@zx.example.gov.cn。"
            )
        ]
    return []


@register(deploy=True)
def sms_providers_have_their_keys(app_configs, **kwargs):
    needed = {"aliyun": ("KEY_ID", "KEY_SECRET", "SIGN"), "tencent": ("SECRET_ID", "SECRET_KEY", "APP_ID", "SIGN")}
    missing = [
        name
        for provider in settings.SMS_PROVIDERS
        for name in (f"{provider.upper()}_SMS_{part}" for part in needed[provider])
        if not getattr(settings, name)
    ]
    if not missing:
        return []
    return [
        _warning(
            13, f"短信没有配置完整，缺少 {'、'.join(missing)}。", "填上这些变量，或从 SMS_PROVIDERS 里去掉这一家。"
        )
    ]


@register(deploy=True)
def servers_are_given(app_configs, **kwargs):
    found = []
    if settings.EMBEDDED_POSTGRES:
        found.append(_warning(8, "正在使用内置数据库。", "正式使用请设 DATABASE_URL 指向由系统管理的 PostgreSQL。"))
    if settings.EMBEDDED_REDIS:
        found.append(_warning(9, "正在使用内置 Redis。", "正式使用请设 REDIS_URL 指向由系统管理的 Redis。"))
    return found


@register(Tags.database, deploy=True)
def database_can_be_dumped(app_configs, databases=None, **kwargs):
    """By the system's own pg_dump: the one that came along cannot speak TLS."""
    if not databases or settings.EMBEDDED_POSTGRES:
        return []
    try:
        connections["default"].ensure_connection()
    except OperationalError:
        return []  # portal.E005 says so
    major = connections["default"].pg_version // 10000
    if binaries.system_client_folder(major):
        return []
    return [
        _warning(
            12,
            f"系统里没有 PostgreSQL {major} 或更新版本的 pg_dump，数据库要求加密连接时不能备份。",
            f"执行 apt-get install postgresql-client-{major}（或更新版本）。",
        )
    ]


@register(deploy=True)
def links_have_an_address(app_configs, **kwargs):
    if settings.PORTAL_URL:
        return []
    return [
        _warning(
            10, "没有设置 PORTAL_URL，邮件里的链接打不开。", "写成人们输入的网址，例如 https://zx.example.gov.cn。"
        )
    ]


@register(deploy=True)
def backups_are_elsewhere(app_configs, **kwargs):
    places = [_nearest_existing(Path(folder)) for folder in (settings.BACKUP_DIR, settings.MEDIA_ROOT)]
    if places[0].stat().st_dev != places[1].stat().st_dev:
        return []
    return [
        _warning(
            11, "备份与数据在同一块磁盘上，磁盘损坏会一起丢失。", "把 BACKUP_DIR 设到另一块磁盘，或定期复制到别处。"
        )
    ]


def _nearest_existing(folder: Path) -> Path:
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder

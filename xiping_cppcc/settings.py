"""Every setting of the portal. The environment is read here and nowhere else.

Each variable stands in `.env.example` and in the README; a test compares the three. Without any variable
the portal runs by itself on embedded PostgreSQL and Redis; `manage.py check --deploy` says what production
still lacks.
"""

from datetime import timedelta
from pathlib import Path

from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.utils.functional import SimpleLazyObject

from xiping_cppcc.embedded.postgres import DATABASE, USER, Postgres
from xiping_cppcc.embedded.redis import Redis
from xiping_cppcc.environment import Environment
from xiping_cppcc.secret import kept_secret

BASE_DIR = Path(__file__).resolve().parent.parent

env = Environment()
# Production keeps its variables outside the code (deploy/manage); the tests read no file at all.
_named = env("ENV_FILE", default="")
if _named or (BASE_DIR / ".env").exists():
    Environment.read_file(BASE_DIR / (_named or ".env"))

# --- Where data lives -------------------------------------------------------
PORTAL_DATA = Path(env("PORTAL_DATA", default=str(BASE_DIR / "var"))).expanduser().resolve()
MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(PORTAL_DATA / "media"))).expanduser().resolve()
STATIC_ROOT = PORTAL_DATA / "static"
LOG_FOLDER = PORTAL_DATA / "logs"
RUN_FOLDER = PORTAL_DATA / "run"
# Archives of a session wait here to be taken; they are made again at will, so no backup holds them.
ARCHIVE_FOLDER = PORTAL_DATA / "archives"
# So do the files of exports; they go after a week.
EXPORT_FOLDER = PORTAL_DATA / "exports"

# --- Core -------------------------------------------------------------------
DEBUG = env.switch("DEBUG", False)
# Read, or made, when it is first wanted: `make stop` where nothing ran leaves no file behind.
SECRET_KEY = env("SECRET_KEY", default="") or SimpleLazyObject(lambda: kept_secret(PORTAL_DATA / "secret_key"))
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# The address people type; letters and mails build their links from it.
PORTAL_URL = env("PORTAL_URL", default="").rstrip("/")
CSRF_FAILURE_VIEW = "portal.views.errors.csrf_failure"
# /styleguide/ shows every component; the tests switch it on.
STYLEGUIDE = DEBUG
ROOT_URLCONF = "xiping_cppcc.urls"
WSGI_APPLICATION = "xiping_cppcc.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "portal.backoffice.apps.BackofficeConfig",  # django.contrib.admin with our site
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "rest_framework",
    "knox",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django_filters",
    "drf_spectacular",
    "axes",
    "pgtrigger",
    "pghistory",
    "django_htmx",
    "csp",
    "xiping_cppcc.apps.ProjectConfig",
    "workflow",
    "deadlines",
    "documents",
    "search",
    "members",
    "notices",
    "exports",
    "proposals",
    "announcements",
    "opinions",
    "consultations",
    "grassroots",
    "reports",
    "portal",
]

MIDDLEWARE = [
    "xiping_cppcc.middleware.RealAddress",
    "xiping_cppcc.middleware.RequestId",
    "xiping_cppcc.api.answers.ProblemAnswers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "xiping_cppcc.middleware.SessionLimits",
    "members.browsers.Browser",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "portal.second_factor.SecondFactor",
    "portal.one_time_password.OneTimePassword",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "workflow.door.DoorMiddleware",
    "documents.paper_answers.PaperAnswers",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "notices.context.inbox",
                "portal.context.frame",
            ],
        },
    },
]

# --- Web server (make run and deploy/) ----------------------------------------
PORT = env.number("PORT", 8000, most=65_535)
BIND = env("BIND", default="127.0.0.1").strip("[]")
WEB_WORKERS = env.number("WEB_WORKERS", 2, most=100)
WEB_THREADS = env.number("WEB_THREADS", 8, most=100)
WORKER_PROCESSES = env.number("WORKER_PROCESSES", 2, most=100)

# --- Database ---------------------------------------------------------------
# Without an address: the embedded server, on a socket, started when a connection is wanted.
_database = env.database_settings("DATABASE_URL")
EMBEDDED_POSTGRES = not env("DATABASE_URL", default="")
EMBEDDED_DURABLE = True
if EMBEDDED_POSTGRES:
    _socket_folder = str(Postgres(PORTAL_DATA).socket_folder)
    _database = {"ENGINE": "xiping_cppcc.embedded.backend", "NAME": DATABASE, "USER": USER, "HOST": _socket_folder}
DATABASES = {"default": {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, "ATOMIC_REQUESTS": False, **_database}}

# --- Broker, cache and worker -------------------------------------------------
REDIS_URL = env.redis_address("REDIS_URL")
EMBEDDED_REDIS = not REDIS_URL
if EMBEDDED_REDIS:
    REDIS_URL = Redis(PORTAL_DATA).url
CACHES = {"default": {"BACKEND": "xiping_cppcc.cache.ForgivingRedisCache", "LOCATION": REDIS_URL}}

CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://").replace("?db=", "?virtual_host=")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A task taken by a worker that dies is handed out again after the timeout. That is why no task may
# carry an eta or countdown: one longer than the timeout would run twice.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SOFT_TIME_LIMIT = 300
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 1000
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_BEAT_SCHEDULE_FILENAME = str(RUN_FOLDER / "beat-schedule")
# How old the worker's row may be before /readyz says that nothing is being sent.
HEARTBEAT_SECONDS = 180

# --- People and sessions ------------------------------------------------------
AUTH_USER_MODEL = "members.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "members.backends.AppointmentBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
# djbh (等保): three of four kinds of characters, staff change theirs every PASSWORD_DAYS. asvs: neither.
PASSWORD_POLICY = env.one_of("PASSWORD_POLICY", ("djbh", "asvs"))
PASSWORD_DAYS = env.number("PASSWORD_DAYS", 90, least=0, most=3650) if PASSWORD_POLICY == "djbh" else 0
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    *[{"NAME": "members.password_rules.CharacterClasses"}] * (PASSWORD_POLICY == "djbh"),
]
# 等级保护 grade. At 3 whoever may enter the admin needs a second factor.
DJBH_LEVEL = env.one_of("DJBH_LEVEL", ("2", "3"))
OTP_TOTP_THROTTLE_FACTOR = 1
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
SESSION_ENGINE = "members.sessions"
SESSION_IDLE = timedelta(minutes=env.number("SESSION_IDLE_MINUTES", 60))
SESSION_LONGEST = timedelta(hours=env.number("SESSION_HOURS", 12))
SESSION_COOKIE_AGE = int(SESSION_LONGEST.total_seconds())

# Whole telephone numbers that one person may look at in the directory within an hour.
REVEALS_PER_HOUR = env.int("REVEALS_PER_HOUR", default=30)
# How long the name and number of a citizen who brought a matter are kept after it has ended.
CITIZEN_CONTACT_DAYS = env.number("CITIZEN_CONTACT_DAYS", 90, most=3650)

# Counted by the name that was typed, known or not, so that the answer tells nobody which accounts exist;
# not by address, because a whole county office shares one.
AXES_FAILURE_LIMIT = env.number("LOGIN_FAILURES", 10)
AXES_COOLOFF_TIME = timedelta(minutes=env.number("LOGIN_LOCK_MINUTES", 15))
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "xiping_cppcc.lockout.answer"
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False  # members.admin.logins shows them in Chinese and without what was typed

# --- Transport and page security ----------------------------------------------
# On when the portal is reached by https, normally through nginx: secure cookies, redirect, HSTS.
HTTPS = env.switch("HTTPS", False)
# How many proxies stand in front; so many addresses at the end of X-Forwarded-For are believed.
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0, least=0, most=9)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS and TRUSTED_PROXIES else None
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

SILENCED_SYSTEM_CHECKS = [
    "axes.W006",  # wants the address among the lock-out keys; see there why not
    "security.W005",  # HSTS for subdomains and
    "security.W021",  # preloading would bind hosts of the county that are not ours
    *["security.W004", "security.W008", "security.W012", "security.W016"] * (not HTTPS),  # portal.W004 says it once
]

# --- Files ------------------------------------------------------------------
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG
# nginx's internal location for attachments; empty: Django sends the files itself.
X_ACCEL_PREFIX = env("X_ACCEL_PREFIX", default="")
DOCUMENTS_MAX_BYTES = env.number("UPLOAD_MEGABYTES", 32) * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640
# LibreOffice, which makes .pdf of papers; empty: looked for where it usually stands.
SOFFICE = env("SOFFICE", default="")
PDF_SECONDS = env.number("PDF_SECONDS", 45, least=5, most=60)  # somebody waits for it; proxies give up after a minute
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# --- E-mail -----------------------------------------------------------------
# Off until an address is given.
EMAIL_CONFIGURED = bool(env("EMAIL_URL", default=""))
vars().update(env.email_settings("EMAIL_URL"))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="portal@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- SMS and the robots of working groups ---------------------------------------
# Off until named here, in the order in which they are tried, and given their keys.
SMS_PROVIDERS = env.some_of("SMS_PROVIDERS", ("aliyun", "tencent"))
ALIYUN_SMS_KEY_ID = env("ALIYUN_SMS_KEY_ID", default="")
ALIYUN_SMS_KEY_SECRET = env("ALIYUN_SMS_KEY_SECRET", default="")
ALIYUN_SMS_SIGN = env("ALIYUN_SMS_SIGN", default="")
ALIYUN_SMS_TEMPLATE = env("ALIYUN_SMS_TEMPLATE", default="")
ALIYUN_SMS_URL = "https://dysmsapi.aliyuncs.com"
TENCENT_SMS_SECRET_ID = env("TENCENT_SMS_SECRET_ID", default="")
TENCENT_SMS_SECRET_KEY = env("TENCENT_SMS_SECRET_KEY", default="")
TENCENT_SMS_APP_ID = env("TENCENT_SMS_APP_ID", default="")
TENCENT_SMS_SIGN = env("TENCENT_SMS_SIGN", default="")
TENCENT_SMS_TEMPLATE = env("TENCENT_SMS_TEMPLATE", default="")
TENCENT_SMS_REGION = env("TENCENT_SMS_REGION", default="ap-guangzhou")
TENCENT_SMS_URL = "https://sms.tencentcloudapi.com"
SMS_PER_MINUTE = env.number("SMS_PER_MINUTE", 60, most=6000)
# 企业微信 and 钉钉 take 20 messages a minute from a robot.
WECOM_ROBOT_URL = env("WECOM_ROBOT_URL", default="")
DINGTALK_ROBOT_URL = env("DINGTALK_ROBOT_URL", default="")
DINGTALK_ROBOT_SECRET = env("DINGTALK_ROBOT_SECRET", default="")
ROBOT_PER_MINUTE = env.number("ROBOT_PER_MINUTE", 15, most=20)
# Reminders, and what is not urgent, go out in these hours of working days; any: at any time.
WORKING_HOURS = env.hours("WORKING_HOURS", "8:30-17:30")

# --- Procedure ----------------------------------------------------------------
# Whether a unit must send its draft reply to the proposer first.
REPLY_DRAFT_FOR_COMMENT = env.switch("REPLY_DRAFT_FOR_COMMENT", True)
# Whether a reply is sent only with the scan of the sealed letter.
REPLY_SCAN_REQUIRED = env.switch("REPLY_SCAN_REQUIRED", False)

# --- Backups ------------------------------------------------------------------
BACKUP_DIR = Path(env("BACKUP_DIR", default=str(PORTAL_DATA / "backups"))).expanduser().resolve()
BACKUP_KEEP = env.number("BACKUP_KEEP", 14)
BACKUP_AT = crontab(hour=env.number("BACKUP_HOUR", 2, least=0, most=23), minute=30)

# --- API ----------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "members.api.authentication.DeviceTokens",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["members.api.permissions.OwnPassword"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["xiping_cppcc.api.parsing.BoundedJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "xiping_cppcc.api.schema.PortalSchema",
    "DEFAULT_FILTER_BACKENDS": ["xiping_cppcc.api.parameters.StrictFilterBackend"],
    "DEFAULT_THROTTLE_CLASSES": ["xiping_cppcc.api.throttles.PerUser"],
    "DEFAULT_THROTTLE_RATES": {
        "user": env.rate("API_RATE", "600/min"),
        "login": env.rate("API_LOGIN_RATE", "120/min"),
        "password": "20/hour",
        "similar": "60/min",
    },
    "EXCEPTION_HANDLER": "xiping_cppcc.api.problems.answer",
    "DEFAULT_METADATA_CLASS": None,
    "URL_FORMAT_OVERRIDE": None,
    "NUM_PROXIES": 0,  # RealAddress has already put the caller's own address in REMOTE_ADDR
}
KNOX_TOKEN_MODEL = "members.DeviceToken"
# Knox's migrations make its own token table even when ours stands in; an unmanaged table that refers to
# members_user is in the way of every flush.
MIGRATION_MODULES = {"knox": None}
API_TOKEN_LIFE = timedelta(days=env.number("API_TOKEN_DAYS", 30))
REST_KNOX = {"TOKEN_TTL": API_TOKEN_LIFE, "TOKEN_LIMIT_PER_USER": 10, "AUTO_REFRESH": False}
SPECTACULAR_SETTINGS = {
    "TITLE": "西平县智慧政协接口",
    "DESCRIPTION": "供移动端使用。登录、分页、出错处理等约定见 docs/api.md。",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENFORCE_NON_BLANK_FIELDS": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": True,
    "ENUM_NAME_OVERRIDES": {
        "MatterSourceEnum": "grassroots.kinds.Source",
        "ConsultOutcomeKindEnum": "consultations.kinds.OutcomeKind",
    },
    "SORT_OPERATIONS": True,
}

# --- Language and time ------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# --- Logs ---------------------------------------------------------------------
# One line an event, with the request's id, never a form's content or a query string.
LOG_LEVEL = env.one_of("LOG_LEVEL", ("INFO", "DEBUG", "WARNING", "ERROR"))
LOG_FORMAT = env.one_of("LOG_FORMAT", ("plain", "json"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "request_id": {"()": "xiping_cppcc.logs.RequestIdFilter"},
        "secret_address": {"()": "xiping_cppcc.logs.SecretAddressFilter"},
    },
    "formatters": {
        "plain": {"()": "xiping_cppcc.logs.PlainFormatter"},
        "json": {"()": "xiping_cppcc.logs.JsonFormatter"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": LOG_FORMAT,
            "filters": ["request_id", "secret_address"],
        },
    },
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"handlers": [], "level": LOG_LEVEL, "propagate": True},
        "django.server": {"handlers": [], "level": LOG_LEVEL, "propagate": True},
    },
}

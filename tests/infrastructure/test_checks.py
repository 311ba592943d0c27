"""Each wrong production value is named with its remedy; a right configuration passes in silence."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.db import connections
from drf_spectacular.settings import spectacular_settings

from xiping_cppcc import tasks
from xiping_cppcc.embedded import binaries

PRODUCTION = {
    "DEBUG": False,
    "SECRET_KEY": "k3Vd9sQz7Lx1Wm5Rt8Yb2Nc6Hg4Jf0Pa_Ue-Io9Xv3Bk7Zq1Ds5Gl8",
    "ALLOWED_HOSTS": ["zx.example.gov.cn"],
    "HTTPS": True,
    "TRUSTED_PROXIES": 1,
    "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 31_536_000,
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "EMAIL_CONFIGURED": True,
    "DEFAULT_FROM_EMAIL": "portal@zx.example.gov.cn",
    "EMBEDDED_POSTGRES": False,
    "EMBEDDED_REDIS": False,
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "PORTAL_URL": "https://zx.example.gov.cn",
    "X_ACCEL_PREFIX": "/protected/",
    "CELERY_BROKER_TRANSPORT_OPTIONS": {"visibility_timeout": 900},
    # async.E001: the tests themselves allow it (tests.settings).
    "SILENCED_SYSTEM_CHECKS": ["axes.W006", "security.W005", "security.W021", "async.E001"],
}


@pytest.fixture
def production(settings, tmp_path):
    for name, value in PRODUCTION.items():
        setattr(settings, name, value)
    settings.PORTAL_DATA = settings.MEDIA_ROOT = tmp_path
    settings.BACKUP_DIR = Path("/dev/shm")  # another disk
    return settings


@pytest.fixture
def without_document(monkeypatch):
    """The document of the API is made by one of the checks; where only the portal's own are looked at, not once more."""
    monkeypatch.setattr(spectacular_settings, "ENABLE_DJANGO_DEPLOY_CHECK", False)


def found(**options) -> list[str]:
    return [issue.id for issue in run_checks(include_deployment_checks=True, **options) if not issue.is_silenced()]


def test_production_is_clean(production):
    assert found() == []


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("SECRET_KEY", "example-" + "x1y2z3a4b5" * 6, "portal.E001"),
        ("SECRET_KEY", "short", "portal.E001"),
        ("PORTAL_DATA", Path("/dev/null/portal"), "portal.E002"),
        ("CELERY_BROKER_TRANSPORT_OPTIONS", {"visibility_timeout": 60}, "portal.E007"),
        ("PORTAL_URL", "zx.example.gov.cn", "portal.E008"),
        ("PORTAL_URL", "https:", "portal.E008"),
        ("PORTAL_URL", "https://zx.example.gov.cn:port", "portal.E008"),
        ("X_ACCEL_PREFIX", "protected", "portal.E009"),
        ("SESSION_IDLE", timedelta(days=9), "portal.E010"),
        ("DEBUG", True, "portal.W001"),
        ("ALLOWED_HOSTS", ["*"], "portal.W002"),
        ("ALLOWED_HOSTS", ["localhost"], "portal.W003"),
        ("HTTPS", False, "portal.W004"),
        ("TRUSTED_PROXIES", 0, "portal.W005"),
        ("EMAIL_CONFIGURED", False, "portal.W006"),
        ("DEFAULT_FROM_EMAIL", "portal@localhost", "portal.W007"),
        ("SMS_PROVIDERS", ["aliyun"], "portal.W013"),
        ("EMBEDDED_POSTGRES", True, "portal.W008"),
        ("EMBEDDED_REDIS", True, "portal.W009"),
        ("PORTAL_URL", "", "portal.W010"),
    ],
)
def test_one_wrong_value_is_one_finding(production, without_document, name, value, expected):
    setattr(production, name, value)
    assert [name for name in found() if name.startswith("portal.")] == [expected]


def test_backups_beside_the_data_are_named(production, tmp_path):
    production.BACKUP_DIR = tmp_path / "backups"
    assert found() == ["portal.W011"]


def test_every_finding_has_a_remedy(production, without_document):
    production.PORTAL_URL = production.SECRET_KEY = "x"
    production.DEBUG = True
    ours = [issue for issue in run_checks(include_deployment_checks=True) if issue.id.startswith("portal.")]
    assert len(ours) == 3
    assert all(issue.hint for issue in ours)


@pytest.mark.django_db
def test_an_old_server_is_refused(production, monkeypatch):
    connections["default"].ensure_connection()
    monkeypatch.setitem(connections["default"].__dict__, "pg_version", 130011)
    assert [issue.id for issue in run_checks(databases=["default"]) if issue.id.startswith("portal.")] == [
        "portal.E006"
    ]


def test_a_long_task_that_is_handed_out_again_is_named(production, monkeypatch):
    monkeypatch.setattr(tasks.back_up, "acks_late", True)
    issues = [issue for issue in run_checks() if issue.id == "portal.E007"]
    assert [issue.msg for issue in issues] == ["任务 xiping_cppcc.tasks.back_up 的时限长于消息重发时限，会执行两次。"]


@pytest.mark.django_db
def test_a_database_that_nothing_of_the_system_can_dump_is_named(production, monkeypatch):
    monkeypatch.setattr(binaries, "system_client_folder", lambda major: None)
    assert found(databases=["default"]) == ["portal.W012"]
    monkeypatch.setattr(binaries, "system_client_folder", lambda major: Path("/usr/bin"))
    assert found(databases=["default"]) == []

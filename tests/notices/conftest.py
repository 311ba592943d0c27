import pytest
from django.conf import settings as django_settings

from notices import wake

from .mail_server import MailServer, free_port


@pytest.fixture(autouse=True)
def fresh_breaker(monkeypatch):
    """A broker that failed in one test is tried again in the next."""
    monkeypatch.setattr(wake._Breaker, "quiet_until", 0.0)


@pytest.fixture
def smtp(settings):
    """E-mail configured, with a real server behind it."""
    with MailServer() as server:
        _configure(settings, server.port)
        yield server


@pytest.fixture
def dead_smtp(settings):
    """E-mail configured, with nobody behind it."""
    _configure(settings, free_port())


def _configure(settings, port: int) -> None:
    settings.EMAIL_CONFIGURED = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.DEFAULT_FROM_EMAIL = "西平县政协 <portal@cppcc.example>"
    settings.PORTAL_URL = "https://cppcc.example"


@pytest.fixture
def database_name() -> str:
    return django_settings.DATABASES["default"]["NAME"]

"""The portal's settings, with what tests do not need made cheap. Same database, same SQL, same pages."""

import os
import shutil
from pathlib import Path

os.environ.setdefault("PORTAL_DATA", str(Path(__file__).resolve().parent.parent / "var" / "test"))
# What a .env file says is of the portal on this machine, not of the tests.
os.environ.setdefault("ENV_FILE", os.devnull)
# Playwright keeps an event loop in the thread of the tests; Django would refuse the database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

from xiping_cppcc.settings import *  # noqa: E402, F403
from xiping_cppcc.settings import DATABASES, PORTAL_DATA, STORAGES  # noqa: E402

ALLOWED_HOSTS = ["*"]
# The data of the tests is thrown away.
EMBEDDED_DURABLE = False
# Few rows: tables are joined as the statement names them, or planning would be most of PostgreSQL's work.
DATABASES["default"]["OPTIONS"] = {"options": "-c join_collapse_limit=1 -c from_collapse_limit=1"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# At whatever hour the tests run; those about quiet hours set their own.
WORKING_HOURS = None
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Tasks are called directly. What is handed over to the broker stays in this process and is never run;
# delivery is tested with a real Redis and worker in tests/notices.
EMBEDDED_REDIS = False
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS: dict = {}
# Hashed names need a collectstatic that a live server in a test has not had.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}

STATIC_ROOT = PORTAL_DATA / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
MEDIA_ROOT = PORTAL_DATA / f"media-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
shutil.rmtree(MEDIA_ROOT, ignore_errors=True)
BACKUP_DIR = PORTAL_DATA / "backups"
STYLEGUIDE = True

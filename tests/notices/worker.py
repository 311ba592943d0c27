"""The app a test's worker is started with: the portal's own, which also knows whom our test events and items tell."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.notices.worker_settings")
django.setup()

from tests.notices import counted_items, events  # noqa: E402, F401 (they register a source and a resolver)
from xiping_cppcc.celery import app  # noqa: E402

__all__ = ["app"]

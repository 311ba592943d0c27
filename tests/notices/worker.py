"""The app a test's worker is started with: the portal's own, which also knows whom our test events tell."""

from tests.notices import events  # noqa: F401 (registers the resolver)
from xiping_cppcc.celery import app

__all__ = ["app"]

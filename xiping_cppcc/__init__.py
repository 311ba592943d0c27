"""The portal of a county CPPCC committee."""

from .celery import app as celery_app

__all__ = ["celery_app"]

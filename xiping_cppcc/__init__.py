"""The portal of a county CPPCC committee."""

from . import loading

loading.begins()

from .celery import app as celery_app  # noqa: E402

__all__ = ["celery_app"]

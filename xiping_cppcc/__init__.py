"""The portal of a county CPPCC committee."""

import gc

# To start means to load two thousand modules that stay: looking for garbage among them took a sixth of the time.
gc.set_threshold(100_000, 20, 100)

from .celery import app as celery_app  # noqa: E402

__all__ = ["celery_app"]

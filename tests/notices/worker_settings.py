"""What the worker of the delivery tests runs with: the tests' database, broker and mail server, and a short lease."""

import json
import os

from tests.settings import *  # noqa: F403

_given = json.loads(os.environ["TEST_WORKER"])
DATABASES["default"]["NAME"] = _given["database"]  # noqa: F405
CELERY_BROKER_URL = _given["broker"]
# Tasks of a killed worker come back within seconds; that they do must do no harm either.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3,
    "unacked_restore_interval": 1,
    "unacked_restore_throttle": 1,
}
EMAIL_CONFIGURED = True
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST, EMAIL_PORT = "127.0.0.1", _given["smtp_port"]
NOTICES_LEASE_SECONDS = 2

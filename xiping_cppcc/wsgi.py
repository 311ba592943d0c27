"""The door for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiping_cppcc.settings")
application = get_wsgi_application()
# Loaded once and then forked (--preload): no two processes may share a connection.
connections.close_all()

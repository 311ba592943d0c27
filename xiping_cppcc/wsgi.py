"""The door for gunicorn."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiping_cppcc.settings")
application = get_wsgi_application()
# Loaded once and then forked (--preload): no two processes may share a connection.
connections.close_all()
gc.freeze()  # what is loaded stays: nobody looks for garbage in it again, so the forks go on sharing its memory

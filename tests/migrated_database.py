"""One database with all tables, made by the worker that comes first; PostgreSQL copies it for each in a moment."""

import fcntl
import gc

from django.conf import settings
from django.db import connection

NAME = "test_migrated"


def used_by_this_worker() -> None:
    """The next test database is a copy of the migrated one; nothing is left to migrate in it."""
    with (settings.PORTAL_DATA / f"{NAME}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = settings.PORTAL_DATA / f"{NAME}.made"
        if not made.exists():
            _make()
            made.touch()
    connection.settings_dict["TEST"]["TEMPLATE"] = NAME


def _make() -> None:
    own, test = connection.settings_dict["NAME"], connection.settings_dict["TEST"]
    name = test["NAME"]
    test["NAME"] = NAME
    gc.disable()  # every step of the migrations makes all models anew, and all are dropped at the end
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    gc.enable()
    connection.close()
    test["NAME"] = name
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = own

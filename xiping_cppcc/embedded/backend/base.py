"""The module Django looks for in a database engine."""

from django.conf import settings
from django.db.backends.postgresql import base, client

from xiping_cppcc.embedded import binaries
from xiping_cppcc.embedded.postgres import Postgres


class DatabaseClient(client.DatabaseClient):
    """`manage.py dbshell` with the psql that came with the server."""

    @classmethod
    def settings_to_cmd_args_env(cls, settings_dict, parameters):
        running = {**settings_dict, "HOST": _started()}
        arguments, environment = super().settings_to_cmd_args_env(running, parameters)
        return [str(binaries.postgres_folder()[1] / "psql"), *arguments[1:]], environment


class DatabaseWrapper(base.DatabaseWrapper):
    """Any command that needs the database finds it running."""

    client_class = DatabaseClient

    def get_new_connection(self, conn_params):
        return super().get_new_connection({**conn_params, "host": _started()})


def _started() -> str:
    """The folder of the running server's socket."""
    return str(Postgres(settings.PORTAL_DATA, durable=settings.EMBEDDED_DURABLE).start())

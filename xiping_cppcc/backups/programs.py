"""pg_dump and pg_restore against the database of a connection."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from xiping_cppcc.backups import script
from xiping_cppcc.embedded import binaries
from xiping_cppcc.embedded.refusal import CannotStart

# libpq's name of a setting of the connection, and the variable that hands it to a program.
HANDED_ON = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
}
AS_ANYBODY = ("--no-owner", "--no-privileges")


def dump(connection, file: Path, snapshot: str | None = None) -> None:
    """The whole database into the file; `snapshot` is one exported by an open transaction."""
    frozen = [f"--snapshot={snapshot}"] if snapshot else []
    connection.ensure_connection()
    program = binaries.client_folder(connection.pg_version // 10000, settings.EMBEDDED_POSTGRES) / "pg_dump"
    command = [program, "--format=custom", *AS_ANYBODY, f"--file={file}", *frozen]
    done = subprocess.run(command, env=_environment(connection), capture_output=True, text=True)
    if done.returncode:
        raise CannotStart(f"pg_dump 没有成功：{done.stderr.strip() or '没有输出'}{_remedy(done.stderr)}")


def restore(connection, file: Path) -> None:
    """Into an empty database, within the caller's transaction: all or nothing."""
    connection.ensure_connection()
    with _as_sql(file) as lines:
        script.run(connection.connection, lines)


@contextmanager
def _as_sql(file: Path) -> Iterator[Iterator[bytes]]:
    """The dump as the lines of an SQL script."""
    command = [binaries.newest_client_folder() / "pg_restore", *AS_ANYBODY, "--file=-", file]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as reading:
        try:
            yield reading.stdout
        except BaseException:
            reading.kill()
            raise
        said = reading.stderr.read().decode(errors="replace").strip()
    if reading.returncode:
        raise CannotStart(f"pg_restore 没有成功：{said or '没有输出'}")


def _remedy(said: str) -> str:
    """The wheel's pg_dump has no TLS, and says so in words that help nobody."""
    if "SSL support is not compiled in" in said or "no encryption" in said:
        return "。数据库要求加密连接，请执行 apt-get install postgresql-client，再重试。"
    return ""


def _environment(connection) -> dict[str, str]:
    """The address in libpq's own variables: a password on a command line is seen by everybody."""
    known = connection.connection.info.dsn_parameters
    found = {variable: known.get(name) for name, variable in HANDED_ON.items()}
    found["PGPASSWORD"] = connection.settings_dict.get("PASSWORD")
    return {**os.environ, **{name: str(value) for name, value in found.items() if value}}

"""pg_dump and pg_restore against the database of a connection."""

import os
import subprocess
from pathlib import Path

from xiping_cppcc.embedded import binaries
from xiping_cppcc.embedded.refusal import CannotStart


def dump(connection, file: Path, snapshot: str | None = None) -> None:
    """The whole database into the file; `snapshot` is one exported by an open transaction."""
    frozen = [f"--snapshot={snapshot}"] if snapshot else []
    _run(connection, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={file}", *frozen)


def restore(connection, file: Path) -> None:
    """All or nothing, into an empty database."""
    name = connection.get_connection_params()["dbname"]
    _run(connection, "pg_restore", "--single-transaction", "--no-owner", "--no-privileges", f"--dbname={name}", file)


def _run(connection, program: str, *arguments) -> None:
    connection.ensure_connection()
    major = connection.pg_version // 10000
    folder = binaries.client_folder(major)
    done = subprocess.run([folder / program, *arguments], env=_environment(connection), capture_output=True, text=True)
    if done.returncode:
        raise CannotStart(f"{program} 没有成功：{done.stderr.strip() or '没有输出'}")


def _environment(connection) -> dict[str, str]:
    """The address in libpq's own variables: a password on a command line is seen by everybody."""
    known = connection.connection.info.dsn_parameters
    found = {
        "PGHOST": known.get("host"),
        "PGPORT": known.get("port"),
        "PGUSER": known.get("user"),
        "PGDATABASE": known.get("dbname"),
        "PGSSLMODE": known.get("sslmode"),
        "PGPASSWORD": connection.settings_dict.get("PASSWORD"),
    }
    return {**os.environ, **{name: str(value) for name, value in found.items() if value}}

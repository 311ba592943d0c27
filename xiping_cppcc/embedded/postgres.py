"""The portal's own PostgreSQL: one cluster under PORTAL_DATA, reached by a private socket only."""

import locale
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import psycopg2

from . import account, binaries, folders, processes
from .refusal import CannotStart

DATABASE = "portal"
USER = "portal"
SOCKET = ".s.PGSQL.5432"
START_SECONDS = 120
STOP_SECONDS = 60
LOG_BYTES = 5_000_000

# Statements and key values may hold people's data: neither belongs in a log.
SERVER_OPTIONS = ("listen_addresses=", "log_min_error_statement=panic", "log_error_verbosity=terse")
# For data that is thrown away (tests). Counting tables in the background finds what an open test has not committed:
# full pages without a row, after which a statement that took 0.1 s takes minutes.
FORGETFUL = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")
# Backends of a killed server need a moment to notice; a start in that moment is refused with these words.
PASSING = ("pre-existing shared memory", "already exists")


class Postgres:
    """A cluster in `<portal data>/postgres/`."""

    def __init__(self, portal_data: Path, durable: bool = True, programs: tuple[int, Path] | None = None) -> None:
        """`programs` is (major, folder) of a PostgreSQL other than the one new data is made with."""
        self.home = portal_data / "postgres"
        self.data = self.home / "data"
        self.log = self.home / "server.log"
        self.socket_folder = folders.socket_folder(self.home, SOCKET)
        self.durable = durable
        self._programs = programs
        self._child: subprocess.Popen | None = None

    def start(self) -> Path:
        """The folder of its socket; the server answers when this returns. Raises CannotStart."""
        if self.running():
            return self.socket_folder
        folders.private_folder(self.home)
        try:
            with folders.only_one(self.home / "start.lock"):
                self._start_alone()
        except OSError as error:
            raise CannotStart(folders.unwritable(self.home, error)) from error
        return self.socket_folder

    def running(self) -> bool:
        """Whether it takes connections."""
        is_ready = self._postmaster() is not None and self._pid_lines()[7:8] == ["ready"]
        return is_ready and (self.socket_folder / SOCKET).exists()

    def stop(self) -> bool:
        """Whether one had to be stopped. Open transactions are rolled back."""
        found = self._servers()
        for pid in found:
            _end(pid)
        self._child = None
        folders.remove_socket_folder(self.socket_folder, self.home)
        return bool(found)

    # --- Starting -------------------------------------------------------------

    def _start_alone(self) -> None:
        folders.make_socket_folder(self.socket_folder)
        self._end_deaf()
        if self._postmaster() is None:
            self._begin()
        self._wait_until_ready()
        self._make_database()

    def _begin(self) -> None:
        """Launch a server, on a new cluster where there is none."""
        major, programs = self._programs or binaries.postgres_folder()
        self._check_major(major)
        prefix = account.command_prefix(programs / "postgres", self.home)
        if self.socket_folder != self.home and os.geteuid() == 0:
            account.own(self.socket_folder, self.home.stat().st_uid)
        if not self.data.exists():
            self._make_cluster(programs, prefix)
        self._disown_stale_pid()
        self._launch(programs, prefix)
        account.give_to_owner(self.home)

    def _check_major(self, major: int) -> None:
        """A folder of another major is left alone: starting a new one beside it would look like lost data."""
        there = self.major_of_data()
        if there is not None and there != major:
            raise CannotStart(
                f"数据目录 {self.data} 由 PostgreSQL {there} 建立，现有程序为 PostgreSQL {major}，不能直接使用。"
                "请执行 .venv/bin/python manage.py upgrade_database 转换数据（原数据保留），再重新启动。"
            )

    def major_of_data(self) -> int | None:
        """The major version the data folder was made by; None when there is none yet."""
        try:
            return int((self.data / "PG_VERSION").read_text())
        except FileNotFoundError:
            return None

    def _make_cluster(self, programs: Path, prefix: list[str]) -> None:
        """Under another name first, so that an interrupted initdb is never taken for a database."""
        unfinished = self.home / "unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        made = subprocess.run(
            [*prefix, programs / "initdb", "-D", unfinished, "-U", USER, "--auth=trust", "--encoding=UTF8"]
            + [f"--locale={_locale()}", "--no-instructions", *([] if self.durable else ["--no-sync"])],
            capture_output=True,
            text=True,
            cwd="/",
        )
        if made.returncode:
            raise CannotStart(f"不能建立数据库目录 {self.data}：{_last_line(made.stderr)}")
        unfinished.rename(self.data)

    def _launch(self, programs: Path, prefix: list[str]) -> None:
        options = [*SERVER_OPTIONS, f'unix_socket_directories="{self.socket_folder}"', "unix_socket_permissions=0700"]
        options += [] if self.durable else FORGETFUL
        command = [*prefix, programs / "postgres", "-D", self.data]
        command += [part for option in options for part in ("-c", option)]
        with self._open_log() as log:
            self._log_start = log.tell()
            # A session of its own: Ctrl-C in the terminal must reach the supervisor, not the server.
            self._child = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, cwd="/"
            )
        self._command = (programs, prefix)

    def _open_log(self):
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            self.log.replace(self.log.with_suffix(".old.log"))
        log = open(self.log, "ab")
        log.seek(0, os.SEEK_END)
        return log

    def _wait_until_ready(self) -> None:
        give_up = time.monotonic() + START_SECONDS
        while not self.running():
            if self._child is None and self._postmaster() is None:
                self._begin()  # the one that was found was on its way out
            elif self._child is not None and self._child.poll() is not None:
                self._launch_again_or_refuse(give_up)
            if time.monotonic() > give_up:
                raise CannotStart(f"内置数据库两分钟内没有就绪，原因见日志 {self.log}。")
            time.sleep(0.02)

    def _launch_again_or_refuse(self, give_up: float) -> None:
        with open(self.log, "rb") as log:
            log.seek(self._log_start)
            said = log.read().decode(errors="replace")
        if not any(words in said for words in PASSING) or time.monotonic() > give_up - START_SECONDS + 20:
            raise CannotStart(f"内置数据库没有启动：{_last_line(said)}（日志 {self.log}）")
        time.sleep(0.3)
        self._launch(*self._command)

    def _make_database(self) -> None:
        connection = psycopg2.connect(host=str(self.socket_folder), user=USER, dbname="postgres")
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
                if cursor.fetchone() is None:
                    cursor.execute(f"CREATE DATABASE {DATABASE}")
        finally:
            connection.close()

    # --- What an earlier run left -----------------------------------------------

    def _pid_lines(self) -> list[str]:
        try:
            return [line.strip() for line in (self.data / "postmaster.pid").read_text().splitlines()]
        except OSError:
            return []

    def _servers(self) -> list[int]:
        """The servers of this folder, also one whose files were deleted under it."""
        found = processes.started_with(f"-D {self.data} ")
        return [pid for pid in found if processes.parent_of(pid) not in found]

    def _end_deaf(self) -> None:
        """End servers that live but cannot be reached: folder or socket were deleted. As they end they would
        delete the new server's socket."""
        known = self._postmaster()
        starting = known is not None and self._pid_lines()[7:8] != ["ready"]
        if not starting and not self.running():
            for pid in self._servers():
                _end(pid)

    def _postmaster(self) -> int | None:
        """The number of the living server of this folder."""
        lines = self._pid_lines()
        if not lines or not lines[0].isdigit():
            return None
        pid = int(lines[0])
        return pid if processes.is_alive_with(pid, str(self.data)) else None

    def _disown_stale_pid(self) -> None:
        """After a power cut another process may carry the number in the file, and PostgreSQL would believe it.

        The file is kept with a number no process can have: its other lines let PostgreSQL see backends
        of the dead server that still hold the shared memory.
        """
        lines = self._pid_lines()
        if lines:
            (self.data / "postmaster.pid").write_text("\n".join(["2000000000", *lines[1:], ""]))
        (self.socket_folder / f"{SOCKET}.lock").unlink(missing_ok=True)


def _end(pid: int) -> None:
    """At once but in order; after a minute without."""
    for sign in (signal.SIGINT, signal.SIGQUIT):
        try:
            os.kill(pid, sign)
        except ProcessLookupError:
            return
        if processes.wait_until_gone(pid, STOP_SECONDS):
            return


def _locale() -> str:
    """C.UTF-8, the same order everywhere; C on the old systems that lack it."""
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
    except locale.Error:
        return "C"
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    return "C.UTF-8"


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1].strip() if lines else "没有输出"

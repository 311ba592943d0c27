"""The portal's own Redis: a broker on a private socket.

It keeps nothing on disk. What must be sent is in the database (outbox), so a lost queue delays a message
and loses none; a queue from yesterday would only deliver what the next scan finds anyway.
"""

import os
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

from . import binaries, folders, processes
from .refusal import CannotStart

SOCKET = "redis.sock"
START_SECONDS = 20
STOP_SECONDS = 15


class Redis:
    """A server in `<portal data>/redis/`."""

    def __init__(self, portal_data: Path) -> None:
        self.home = portal_data / "redis"
        self.socket = folders.socket_folder(self.home, SOCKET) / SOCKET
        self.log = self.home / "server.log"

    @property
    def url(self) -> str:
        return f"unix://{quote(str(self.socket))}?db=0"

    def start(self) -> str:
        """Its address; it answers when this returns. Raises CannotStart."""
        if self.running():
            return self.url
        folders.private_folder(self.home)
        try:
            with folders.only_one(self.home / "start.lock"):
                if not self.running():
                    self.stop()  # one that lives although its socket was deleted
                    self._launch()
        except OSError as error:
            raise CannotStart(folders.unwritable(self.home, error)) from error
        return self.url

    def running(self) -> bool:
        """Whether it answers."""
        return self._pid() is not None

    def stop(self) -> bool:
        """Whether one had to be stopped."""
        found = set(processes.started_with(f"redis-server unixsocket:{self.socket}"))
        found |= {self._pid()} - {None}  # before 6.2 the title does not name the socket
        for pid in found:
            _end(pid)
        self.socket.unlink(missing_ok=True)
        folders.remove_socket_folder(self.socket.parent, self.home)
        return bool(found)

    def _launch(self) -> None:
        folders.make_socket_folder(self.socket.parent)
        with open(self.log, "wb") as log:
            child = subprocess.Popen(
                self._command(), stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, cwd=self.home
            )
        give_up = time.monotonic() + START_SECONDS
        while not self.running():
            if child.poll() is not None or time.monotonic() > give_up:
                raise CannotStart(f"内置 Redis 没有启动，原因见日志 {self.log}。")
            time.sleep(0.02)
        self._child = child

    def _command(self) -> list[str]:
        server = [str(binaries.redis_server()), "--port", "0", "--unixsocket", str(self.socket)]
        return [*server, "--unixsocketperm", "700", "--save", "", "--appendonly", "no", "--daemonize", "no"]

    def _pid(self) -> int | None:
        """The number of the server that answers on the socket."""
        if not self.socket.exists():
            return None
        # Half a second that most commands, which only want the address, need not spend.
        import redis.backoff
        import redis.retry

        once = redis.retry.Retry(redis.backoff.NoBackoff(), 0)
        connection = redis.Redis(unix_socket_path=str(self.socket), socket_timeout=5, retry=once)
        try:
            return connection.info("server")["process_id"]
        except redis.RedisError:
            return None
        finally:
            connection.close()


def _end(pid: int) -> None:
    for sign in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.kill(pid, sign)
        except ProcessLookupError:
            return
        if processes.wait_until_gone(pid, STOP_SECONDS):
            return

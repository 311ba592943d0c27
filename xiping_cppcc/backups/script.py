"""An SQL script as pg_restore writes it, run over the portal's own connection.

Not by pg_restore itself, which sends settings that an older server does not know (18 to 15: transaction_timeout),
and not by psql, which obeys commands in the script; the driver also speaks TLS wherever the portal does.
"""

import re
from collections.abc import Iterator

COPY = re.compile(rb"COPY .* FROM stdin;\s*$")
END_OF_DATA = b"\\."
# For newer servers, or for psql alone.
LEFT_OUT = re.compile(rb"SET transaction_timeout = |\\(un)?restrict ")


def run(connection, lines: Iterator[bytes]) -> None:
    """Every statement of the script, in the connection's transaction."""
    with connection.cursor() as cursor:
        statements: list[bytes] = []
        for line in lines:
            if COPY.match(line):
                _execute(cursor, statements)
                cursor.copy_expert(line.decode(), _Data(lines))
            elif not LEFT_OUT.match(line):
                statements.append(line)
        _execute(cursor, statements)
        # The script empties the search path of the session.
        cursor.execute("RESET search_path")


def _execute(cursor, statements: list[bytes]) -> None:
    """Send and forget them; a piece of comments alone is nothing to send."""
    if any(line.strip() and not line.startswith(b"--") for line in statements):
        cursor.execute(b"".join(statements))
    statements.clear()


class _Data:
    """The rows up to the end mark, as the file that the driver reads from."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._lines = lines
        self._rest = b""
        self._ended = False

    def read(self, size: int) -> bytes:
        while len(self._rest) < size and not self._ended:
            line = next(self._lines, END_OF_DATA)
            self._ended = line.rstrip(b"\r\n") == END_OF_DATA
            self._rest += b"" if self._ended else line
        given, self._rest = self._rest[:size], self._rest[size:]
        return given

"""Log lines, plain or JSON, each with the id of its request and without anybody's data."""

import json
import logging
import re
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime

request_id: ContextVar[str] = ContextVar("request_id", default="-")


class RequestIdFilter(logging.Filter):
    def filter(self, record):
        record.request_id = request_id.get()
        return True


class SecretAddressFilter(logging.Filter):
    """Takes the secret out of a private address before a refused request is logged with its path."""

    SECRET = re.compile(r"(/inbox/calendar/+)(?!(?:create|revoke)?/?(?:\s|$))[^\s?\"]+")

    def filter(self, record):
        if "/inbox/calendar/" in record.getMessage():
            record.msg, record.args = self.SECRET.sub(r"\1…", record.getMessage()), ()
        return True


class PlainFormatter(logging.Formatter):
    def __init__(self):
        super().__init__("%(asctime)s %(levelname)s %(request_id)s %(name)s: %(message)s")

    def formatException(self, exc_info):  # noqa: N802 (the name is the standard library's)
        return without_values(exc_info)


class JsonFormatter(logging.Formatter):
    def format(self, record):
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "request": record.request_id,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["exception"] = without_values(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def without_values(exc_info) -> str:
    """Where and what kind, but not the message: a database's names the row's values (a phone, a name)."""
    kind, _, trace = exc_info
    return "".join([*traceback.format_tb(trace), kind.__qualname__ if kind else ""])

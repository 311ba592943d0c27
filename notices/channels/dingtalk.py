"""钉钉: the robot of a group, with 加签: each request carries its time and a signature made with the robot's secret."""

import base64
import hashlib
import hmac
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote_plus

from django.conf import settings

from notices.models import Channel

from . import robots


def is_configured() -> bool:
    return bool(settings.DINGTALK_ROBOT_URL and settings.DINGTALK_ROBOT_SECRET)


def address_of(user) -> str:
    return robots.GROUP


@contextmanager
def opened() -> Iterator:
    yield lambda delivery: robots.post(Channel.DINGTALK, "钉钉", _signed_url(), delivery)


def signature(milliseconds: int, secret: str) -> str:
    """Base64 of the HMAC-SHA256 of "time, line feed, secret" under the secret."""
    digest = hmac.new(secret.encode(), f"{milliseconds}\n{secret}".encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def _signed_url() -> str:
    now = round(time.time() * 1000)
    sign = quote_plus(signature(now, settings.DINGTALK_ROBOT_SECRET))
    return f"{settings.DINGTALK_ROBOT_URL}&timestamp={now}&sign={sign}"

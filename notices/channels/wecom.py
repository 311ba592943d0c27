"""企业微信: the robot of a group. Its address holds its key; the provider takes 20 messages a minute."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from notices.models import Channel

from . import robots


def is_configured() -> bool:
    return bool(settings.WECOM_ROBOT_URL)


def address_of(user) -> str:
    return robots.GROUP


@contextmanager
def opened() -> Iterator:
    yield lambda delivery: robots.post(Channel.WECOM, "企业微信", settings.WECOM_ROBOT_URL, delivery)

"""SMS: the providers in the order of SMS_PROVIDERS, the next one where one does not work.

A provider that failed is left alone for a minute, so that its time-outs do not hold up every message.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Q
from django.db.models.functions import Now

from notices import texts
from notices.models import Channel, Delivery

from . import aliyun, pace, tencent
from .answers import Busy, Down, Rejected

PROVIDERS = {aliyun.NAME: aliyun, tencent.NAME: tencent}
NUMBER = re.compile(r"1[3-9]\d{9}")
# What one number is sent at most, below what the providers allow: in so long, so many, and then a pause.
PER_NUMBER = (
    ("minute", timedelta(minutes=1), 1, timedelta(minutes=1)),
    ("hour", timedelta(hours=1), 4, timedelta(minutes=15)),
    ("day", timedelta(days=1), 9, timedelta(hours=2)),
)


def providers() -> list:
    """Those that are named and have their keys, in their order."""
    named = (PROVIDERS[name] for name in settings.SMS_PROVIDERS if name in PROVIDERS)
    return [provider for provider in named if provider.is_configured()]


def is_configured() -> bool:
    return bool(providers())


def address_of(user) -> str:
    """The mobile number of the account, else the person's; "" when neither is one."""
    numbers = (user.phone or "", user.person.phone if user.person_id else "")
    return next((number for number in numbers if NUMBER.fullmatch(number)), "")


@contextmanager
def opened() -> Iterator:
    yield _send


def _send(delivery: Delivery) -> None:
    if not NUMBER.fullmatch(delivery.address):
        raise Rejected("不是手机号码")
    _spare(delivery.address)
    able = [(provider, template) for provider in providers() if (template := _template(provider, delivery))]
    if not able:
        raise Rejected("没有填写短信模板编号")
    busy, failed = [], None
    for provider, template in able:
        if wait := pace.take(provider.NAME, settings.SMS_PER_MINUTE):
            busy.append(wait)
            continue
        try:
            return provider.send(delivery.address, template, texts.sms_values(delivery))
        except Down as error:
            pace.rest(provider.NAME)
            failed = error
    raise Busy("已到本系统的发送上限", min(busy)) if busy else failed


def _template(provider, delivery: Delivery) -> str:
    return texts.sms_template(delivery, provider.NAME) or provider.default_template()


def _spare(number: str) -> None:
    """Nobody's telephone rings all day; what is over the limit waits, the others go on."""
    recent = Delivery.objects.filter(channel=Channel.SMS, address=number)
    counts = recent.aggregate(
        **{name: Count("pk", filter=Q(sent_at__gt=Now() - span)) for name, span, _, _ in PER_NUMBER}
    )
    for name, _, most, wait in reversed(PER_NUMBER):
        if counts[name] >= most:
            raise Busy("这个号码已到发送上限", wait, everybody=False)

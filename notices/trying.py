"""A message to oneself, to see whether a channel works. It goes the way of all others; its outcome stands in the log."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from . import kinds, preferences
from .channels import adapters
from .channels.handing import wake_for
from .models import Channel, Delivery, Message

PAUSE = timedelta(minutes=1)
NOWHERE = {
    Channel.EMAIL: "您还没有登记邮箱，不能测试。请在“我的资料”里申请登记，或联系提案委。",
    Channel.SMS: "您还没有登记手机号码，不能测试。请在“我的资料”里申请登记，或联系提案委。",
}


def channels_for(user) -> list[str]:
    """What the person can try; the daily mail goes by e-mail, so that trying e-mail tries both."""
    return [name for name in preferences.offered_to(user) if name != Channel.DIGEST]


@transaction.atomic
def send(user, channel: str) -> str:
    """Put a test message on its way, at any hour; returns "" or a sentence saying why not."""
    if channel not in channels_for(user):
        return "这个渠道没有开通，不能测试。开通请联系系统管理员。"
    if not (address := adapters.of(channel).address_of(user)):
        return NOWHERE[channel]
    get_user_model().objects.select_for_update().get(pk=user.pk)  # pressing twice sends once
    lately = Delivery.objects.of(user).by(channel).filter(message__kind=kinds.TRIAL)
    if lately.filter(message__created_at__gt=timezone.now() - PAUSE).exists():
        return "刚刚发过一条测试消息，请先看下面的结果，一分钟后可以再试。"
    message = Message.objects.create(
        recipient=user, kind=kinds.TRIAL, urgent=True, subject=f"测试消息：{Channel(channel).label}",
        body="这是您在“消息设置”里发给自己的测试消息。", facts={"act": "测试消息"},
    )  # fmt: skip
    Delivery.objects.create(message=message, recipient=user, channel=channel, address=address)
    wake_for({channel})
    return ""

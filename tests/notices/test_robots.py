"""The robots of 企业微信 and 钉钉: who is meant, which act, which number; for colleagues of the offices only."""

import pytest

from notices import kinds, preferences, sending
from notices.channels import hand_over
from notices.models import Channel, Delivery, Message
from tests.factories import county as make

from .provider_stub import SECRET, ProviderStub, is_signed_for_dingtalk

pytestmark = pytest.mark.django_db

State = Delivery.State


@pytest.fixture
def group(settings):
    with ProviderStub({"errcode": 0, "errmsg": "ok"}) as stub:
        settings.WECOM_ROBOT_URL = f"{stub.url}/cgi-bin/webhook/send?key=wecom-key"
        settings.DINGTALK_ROBOT_URL = f"{stub.url}/robot/send?access_token=token"
        settings.DINGTALK_ROBOT_SECRET = SECRET
        settings.PORTAL_URL = "https://cppcc.example"
        yield stub


def told(user, body: str = "关于城东小学的机密细节") -> Message:
    return Message.objects.create(recipient=user, subject="【提案】初审：流水号 0007", body=body, kind=kinds.ACT)


def test_both_groups_read_who_what_and_where(group):
    c = make.county()
    for user in (c.staff, c.operator):
        preferences.choose(user, {(kinds.ACT, robot): True for robot in (Channel.WECOM, Channel.DINGTALK)})
    message, other = told(c.staff), told(c.operator)
    hand_over(Message.objects.all())
    assert (message.deliveries.count(), other.deliveries.count()) == (2, 0)  # a unit's affairs are not the office's
    assert sending.send_all_due() == 2
    wecom, dingtalk = group.requests
    text = f"请何静查看：【提案】初审：流水号 0007\nhttps://cppcc.example/inbox/{message.pk}/"
    assert wecom.json == dingtalk.json == {"msgtype": "text", "text": {"content": text}}
    assert wecom.query == {"key": "wecom-key"}
    assert (dingtalk.query["access_token"], is_signed_for_dingtalk(dingtalk)) == ("token", True)
    assert {one.masked_address for one in message.deliveries.all()} == {"工作群"}


@pytest.mark.parametrize("answer", [(200, {"errcode": 45009}), (200, {"errcode": "x"}), (500, {}), (200, b"")])
def test_a_robot_that_fails_rests_and_its_key_is_told_to_nobody(group, answer):
    c = make.county()
    group.answers = [answer]
    deliveries = [
        Delivery.objects.create(message=told(c.staff), recipient=c.staff, channel=Channel.WECOM, address="工作群")
        for _ in range(2)
    ]
    assert sending.send_due(Channel.WECOM) == 0
    [one.refresh_from_db() for one in deliveries]
    assert [(one.state, one.attempts) for one in deliveries] == [(State.FAILED, 1), (State.PENDING, 0)]
    assert "wecom-key" not in deliveries[0].error
    assert (sending.send_due(Channel.WECOM), len(group.requests)) == (0, 1)


def test_an_address_that_leads_nowhere_is_told_without_its_key(settings):
    settings.WECOM_ROBOT_URL = "http://127.0.0.1:1/?key=wecom-key"
    c = make.county()
    one = Delivery.objects.create(message=told(c.staff), recipient=c.staff, channel=Channel.WECOM)
    sending.send_due(Channel.WECOM)
    one.refresh_from_db()
    assert (one.state, one.error) == (State.FAILED, "连接服务商失败（ConnectionRefusedError）")

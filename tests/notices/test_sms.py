"""SMS through stubs of both providers: signed as documented, one after the other, within the limits, once each."""

from datetime import timedelta

import pytest
from django.utils import timezone

from notices import sending
from notices.channels import hand_over, http, pace
from notices.models import Channel, Delivery, Message, NoticeText, Pace
from tests.factories import people

from .provider_stub import KEY_ID, SECRET, ProviderStub, is_signed_for_aliyun, is_signed_for_tencent

pytestmark = pytest.mark.django_db

State = Delivery.State
NUMBER = "13800000001"


@pytest.fixture
def aliyun(settings):
    with ProviderStub({"Code": "OK", "Message": "OK"}) as stub:
        settings.ALIYUN_SMS_URL, settings.ALIYUN_SMS_KEY_ID, settings.ALIYUN_SMS_KEY_SECRET = stub.url, KEY_ID, SECRET
        settings.ALIYUN_SMS_SIGN, settings.ALIYUN_SMS_TEMPLATE = "西平县政协", "SMS_1"
        settings.SMS_PROVIDERS = ["aliyun", "tencent"]
        yield stub


@pytest.fixture
def tencent(settings):
    with ProviderStub({"Response": {"SendStatusSet": [{"Code": "Ok"}]}}) as stub:
        settings.TENCENT_SMS_URL, settings.TENCENT_SMS_SECRET_ID, settings.TENCENT_SMS_SECRET_KEY = (
            stub.url,
            KEY_ID,
            SECRET,
        )
        settings.TENCENT_SMS_APP_ID, settings.TENCENT_SMS_SIGN, settings.TENCENT_SMS_TEMPLATE = (
            "1400",
            "西平县政协",
            "77",
        )
        yield stub


def sms_to(number: str = NUMBER, **fields) -> Delivery:
    given = {
        "subject": "【提案】催办：第 001 号",
        "kind": "escalation",
        "facts": {"act": "催办", "number": "第 001 号"},
    }
    user = people.user(person=people.person("吴小兰", phone=number))
    message = Message.objects.create(recipient=user, **{**given, **fields})
    return Delivery.objects.create(message=message, recipient=user, channel=Channel.SMS, address=number)


def outcome(delivery: Delivery) -> tuple:
    delivery.refresh_from_db()
    return delivery.state, delivery.attempts, delivery.error


def test_aliyun_is_asked_as_documented(aliyun, tencent):
    delivery = sms_to()
    assert sending.send_due(Channel.SMS) == 1
    (request,) = aliyun.requests
    assert is_signed_for_aliyun(request) is True
    assert (request.headers["x-acs-action"], request.headers["x-acs-version"]) == ("SendSms", "2017-05-25")
    assert request.query == {
        "PhoneNumbers": NUMBER, "SignName": "西平县政协", "TemplateCode": "SMS_1",
        "TemplateParam": '{"act": "催办", "number": "第 001 号"}',
    }  # fmt: skip
    assert (outcome(delivery), tencent.requests) == ((State.SENT, 1, ""), [])


def test_tencent_is_asked_as_documented(tencent, settings):
    settings.SMS_PROVIDERS = ["tencent"]
    NoticeText.objects.filter(kind="escalation").update(tencent_template="88", sms_fields="姓名 标题")
    sms_to()
    assert sending.send_due(Channel.SMS) == 1
    (request,) = tencent.requests
    assert is_signed_for_tencent(request) is True
    assert (request.headers["x-tc-action"], request.headers["x-tc-version"]) == ("SendSms", "2021-01-11")
    assert request.json == {
        "PhoneNumberSet": [f"+86{NUMBER}"], "SmsSdkAppId": "1400", "SignName": "西平县政协", "TemplateId": "88",
        "TemplateParamSet": ["吴小兰", "提案 催办：第 001 号"],
    }  # fmt: skip


DOWN = [
    (503, {}), (429, {"Code": "Throttling.User"}), (400, {"Code": "SignatureDoesNotMatch", "Message": "no"}), (302, {}),
    (200, {"Code": "isv.AMOUNT_NOT_ENOUGH"}), (200, b"<html>"), (200, ["OK"]), (200, {"Message": "OK"}),
]  # fmt: skip


@pytest.mark.parametrize("answer", DOWN)
def test_the_other_provider_stands_in(aliyun, tencent, answer):
    aliyun.answers = [answer]
    first, second = sms_to(), sms_to("13800000002")
    assert sending.send_due(Channel.SMS) == 2
    assert (outcome(first)[0], outcome(second)[0]) == (State.SENT, State.SENT)
    assert (len(aliyun.requests), len(tencent.requests)) == (1, 2)  # the one that failed is left alone for a while
    Pace.objects.update(rests_until=timezone.now() - timedelta(seconds=1))
    sms_to("13800000003")
    assert (sending.send_due(Channel.SMS), len(aliyun.requests)) == (1, 2)


def test_a_provider_that_hangs_costs_a_moment(aliyun, tencent, monkeypatch):
    monkeypatch.setattr(http, "SECONDS", 0.2)
    aliyun.may_answer.clear()
    delivery = sms_to()
    assert (sending.send_due(Channel.SMS), outcome(delivery)[0], len(tencent.requests)) == (1, State.SENT, 1)


def test_when_neither_works_it_is_tried_again_and_nobody_learns_the_number(aliyun, tencent):
    aliyun.answers, tencent.answers = (
        [(500, {})],
        [(200, {"Response": {"Error": {"Code": "AuthFailure.SecretIdNotFound"}}})],
    )
    delivery, other = sms_to(), sms_to("13800000002")
    assert sending.send_due(Channel.SMS) == 0
    assert outcome(delivery) == (State.FAILED, 1, "腾讯云：AuthFailure.SecretIdNotFound")
    assert outcome(other) == (State.PENDING, 0, "")
    assert sending.send_due(Channel.SMS) == 0  # both rest: no try is counted
    assert outcome(other) == (State.PENDING, 0, "")


@pytest.mark.parametrize(
    ("code", "state"), [("isv.MOBILE_NUMBER_ILLEGAL", State.DEAD), ("isv.BUSINESS_LIMIT_CONTROL", State.FAILED)]
)
def test_what_is_wrong_with_one_number_does_not_stop_the_others(aliyun, tencent, code, state):
    aliyun.answers = [(200, {"Code": code, "Message": f"{NUMBER}invalid"})]
    delivery, other = sms_to(), sms_to("13800000002")
    assert sending.send_due(Channel.SMS) == 1
    assert (outcome(delivery), outcome(other)[0]) == ((state, 1, f"阿里云：{code}"), State.SENT)
    assert tencent.requests == []


@pytest.mark.parametrize(
    ("code", "stops"),
    [
        ("FailedOperation.TemplateIncorrectOrUnapproved", False), ("LimitExceeded.PhoneNumberDailyLimit", False),
        ("LimitExceeded.AppCountryOrRegionDailyLimit", True),
    ],
)  # fmt: skip
def test_a_wrong_template_stops_nobody_else_the_accounts_limit_everybody(tencent, code, stops, settings):
    settings.SMS_PROVIDERS = ["tencent"]
    tencent.answers = [(200, {"Response": {"Error": {"Code": code}}})]
    delivery, _other = sms_to(), sms_to("13800000002")
    assert (sending.send_due(Channel.SMS), outcome(delivery)) == (
        0 if stops else 1,
        (State.FAILED, 1, f"腾讯云：{code}"),
    )


def test_no_number_and_no_template_are_given_up_with_a_reason(aliyun, settings):
    wrong = sms_to("12345")
    assert (sending.send_due(Channel.SMS), outcome(wrong)) == (0, (State.DEAD, 1, "账号已停用，或没有登记地址"))
    settings.ALIYUN_SMS_TEMPLATE = ""
    bare = sms_to()
    assert (sending.send_due(Channel.SMS), outcome(bare)) == (0, (State.DEAD, 1, "没有填写短信模板编号"))
    assert aliyun.requests == []


def test_nobodys_telephone_rings_twice_a_minute(aliyun):
    first, second, other = sms_to(), sms_to(), sms_to("13800000002")
    assert sending.send_due(Channel.SMS) == 2
    assert [outcome(one)[:2] for one in (first, second, other)] == [
        (State.SENT, 1), (State.PENDING, 0), (State.SENT, 1),
    ]  # fmt: skip
    hour_ago = timezone.now() - timedelta(minutes=50)
    Delivery.objects.filter(pk=first.pk).update(sent_at=hour_ago)
    Delivery.objects.update(next_try_at=timezone.now())
    for _ in range(3):
        Delivery.objects.filter(pk=sms_to().pk).update(state=State.SENT, sent_at=hour_ago)
    assert (sending.send_due(Channel.SMS), outcome(second)[:2]) == (0, (State.PENDING, 0))
    assert second.next_try_at > timezone.now() + timedelta(minutes=14)


def test_own_limit_is_below_the_providers_and_costs_no_try(aliyun, settings):
    settings.SMS_PER_MINUTE = 4
    deliveries = [sms_to(f"1380000000{n}") for n in range(5)]
    assert sending.send_due(Channel.SMS) == 2
    assert [outcome(one)[:2] for one in deliveries[2:]] == [(State.PENDING, 0)] * 3
    assert (sending.send_due(Channel.SMS), len(aliyun.requests)) == (0, 2)
    Pace.objects.update(full_until=timezone.now())
    Delivery.objects.update(next_try_at=timezone.now())
    assert (sending.send_due(Channel.SMS), len(aliyun.requests)) == (2, 4)


@pytest.mark.parametrize("per_minute", [2, 5, 15, 60])
def test_no_minute_sees_more_than_the_limit(monkeypatch, per_minute):
    """Asked every second for three minutes, wherever the minute begins."""
    start, granted = timezone.now(), []
    clock = [start]
    monkeypatch.setattr(pace, "Now", lambda: clock[0])
    monkeypatch.setattr(pace.timezone, "now", lambda: clock[0])
    Pace.objects.create(provider="x", full_until=start)
    for second in range(180):
        clock[0] = start + timedelta(seconds=second)
        while pace.take("x", per_minute) == pace.NOTHING:
            granted.append(second)
    windows = [sum(begin <= at <= begin + 60 for at in granted) for begin in range(120)]
    assert max(windows) == per_minute
    assert len(granted) >= per_minute


def test_sms_is_off_until_configured(aliyun, settings):
    settings.ALIYUN_SMS_KEY_SECRET = ""
    delivery = sms_to()
    assert (sending.send_due(Channel.SMS), outcome(delivery)[0]) == (0, State.PENDING)
    leader = people.holder(people.organization("unit", "县水利局", system="government"), "unit_leader", "郑向东")
    leader.phone = NUMBER
    leader.save()
    message = Message.objects.create(recipient=leader, subject="催办", kind="escalation")
    hand_over(Message.objects.filter(pk=message.pk))
    assert message.deliveries.count() == 0
    settings.ALIYUN_SMS_KEY_SECRET = SECRET
    for _ in range(2):
        hand_over(Message.objects.filter(pk=message.pk))
    assert [(one.channel, one.masked_address) for one in message.deliveries.all()] == [("sms", "138****0001")]

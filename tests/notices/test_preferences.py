"""Kinds of notices × channels: the defaults of each role, what a person chose, the page, the test message, the log."""

from datetime import time

import pytest
from django.test import Client

from notices import kinds, preferences, sending
from notices.channels import adapters, hand_over
from notices.models import ChannelPreference, Delivery, Message
from tests.factories import county as make
from tests.factories import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def all_channels(monkeypatch):
    """Everything is configured, and everybody can be reached."""
    for name in adapters.MODULES:
        monkeypatch.setattr(adapters.of(name), "is_configured", lambda: True)
        monkeypatch.setattr(adapters.of(name), "address_of", lambda user: "somewhere")


def logged_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


MEMBERS = {"act": "email", "info": "digest", "reminder": "email", "escalation": "email", "announcement": "digest",
           "personal": "email"}  # fmt: skip
OVERDUE = {"reminder": "email sms", "escalation": "email sms"}
# role → kind → where a message goes besides the inbox, until the person chooses otherwise
MATRIX = {
    "author": MEMBERS, "operator": {**MEMBERS, **OVERDUE}, "leader": {**MEMBERS, **OVERDUE},
    "staff": {**MEMBERS, "act": "digest"}, "dispatch": {**MEMBERS, "act": "digest"},
    "county_leader": {**MEMBERS, "escalation": "email sms"}, "bare": MEMBERS,
}  # fmt: skip


@pytest.mark.usefixtures("all_channels")
def test_where_each_kind_goes_for_each_role():
    c = make.county()
    body = people.organization("leadership", "县级领导")
    users = {**c.roles(), "county_leader": people.holder(body, "leader", "韩县长"), "bare": people.user()}
    for role in MATRIX:
        for kind in kinds.BY_KEY:
            Message.objects.create(recipient=users[role], subject=kind, kind=kind)
    hand_over(Message.objects.all())
    found = {}
    for role in MATRIX:
        for message in Message.objects.filter(recipient=users[role]):
            lines = ["digest"] * hasattr(message, "digest_line")
            sent = sorted(message.deliveries.values_list("channel", flat=True))
            found.setdefault(role, {})[message.kind] = " ".join(lines + sent)
    assert found == MATRIX


@pytest.mark.usefixtures("all_channels")
def test_a_kind_nobody_knows_is_information(django_assert_num_queries):
    users = [people.user() for _ in range(5)]
    for user in users:
        Message.objects.create(recipient=user, subject="x", kind="unheard-of")
    with django_assert_num_queries(4):  # messages, posts, choices, lines
        hand_over(Message.objects.filter(recipient__in=users))
    assert [hasattr(message, "digest_line") for message in Message.objects.all()] == [True] * 5


@pytest.mark.usefixtures("all_channels")
def test_the_page_shows_and_keeps_every_tick():
    c = make.county()
    client = logged_in(c.operator)
    page = client.get("/inbox/settings/")
    names = set(page.context["form"].fields)
    assert names == {f"{kind}-{channel}" for kind in kinds.BY_KEY for channel in ("email", "digest", "sms")}
    ticked = {name for name, field in page.context["form"].fields.items() if field.initial}
    assert ticked == {"act-email", "info-digest", "announcement-digest", "personal-email"} | {
        f"{kind}-{channel}" for kind in ("reminder", "escalation") for channel in ("email", "sms")
    }
    answer = client.post("/inbox/settings/", {"info-sms": "on", "act-wecom": "on", "nonsense": "on"}, follow=True)
    assert "已保存。" in answer.content.decode()
    chosen = preferences.choices_of([c.operator])[c.operator.pk]
    assert {pair for pair, wanted in chosen.items() if wanted} == {("info", "sms")}
    assert ChannelPreference.objects.count() == 18
    client.post("/inbox/settings/", {"info-email": "on"})
    assert ChannelPreference.objects.filter(enabled=True).count() == 1
    assert "act-wecom" in logged_in(c.staff).get("/inbox/settings/").context["form"].fields


def test_without_any_channel_the_page_says_so():
    page = logged_in(people.user()).get("/inbox/settings/").content.decode()
    assert "目前只有站内消息" in page
    assert "给我发一条测试" not in page


def test_a_test_message_goes_out_at_any_hour_and_its_outcome_is_told(smtp, settings):
    settings.WORKING_HOURS = (time(3), time(4))
    user = people.user(person=people.person("周明远", email="zhou@mail.example"))
    client = logged_in(user)
    page = client.post("/inbox/settings/test/", {"channel": "email"}, follow=True)
    assert page.redirect_chain == [("/inbox/sent/", 302)]
    assert "测试消息已交给系统发送。" in page.content.decode()
    assert (
        "刚刚发过一条测试消息"
        in client.post("/inbox/settings/test/", {"channel": "email"}, follow=True).content.decode()
    )
    assert sending.send_due("email") == 1
    shown = client.get("/inbox/sent/").content.decode()
    for words in ("测试消息：电子邮件", "z***@mail.example", "已发送"):
        assert words in shown
    assert "zhou@mail.example" not in shown
    assert (smtp.mails[0]["Subject"].strip(), Delivery.objects.count()) == ("【西平县政协】测试消息：电子邮件", 1)


@pytest.mark.parametrize(
    ("channel", "words"),
    [
        ("email", "您还没有登记邮箱，不能测试。"),
        ("sms", "这个渠道没有开通，不能测试。"),
        ("\x00", "这个渠道没有开通"),
        ("", "没有开通"),
    ],
)
def test_what_cannot_be_tried_is_refused_with_the_next_step(smtp, channel, words):
    page = logged_in(people.user("李素芬")).post("/inbox/settings/test/", {"channel": channel}, follow=True)
    assert words in page.content.decode()
    assert (Message.objects.count(), Delivery.objects.count()) == (0, 0)


def test_the_log_is_ones_own_and_costs_the_same_for_one_and_three(django_assert_num_queries):
    user, other = people.user("周明远"), people.user("李素芬")
    client = logged_in(user)
    client.get("/inbox/sent/")
    for rows in (1, 3):
        while Delivery.objects.of(user).count() < rows:
            for one in (user, other):
                message = Message.objects.create(recipient=one, subject=f"给{one}的")
                Delivery.objects.create(message=message, recipient=one, address="a@b.example", state="dead")
        with django_assert_num_queries(6):
            page = client.get("/inbox/sent/")
    assert [delivery.subject for delivery in page.context["deliveries"]] == ["给周明远的"] * 3
    assert page.content.decode().count("请核对登记的邮箱或手机号码") == 3


def test_the_admin_filters_by_channel_state_and_person():
    users = [people.user("周明远"), people.user("李素芬")]
    for user in users:
        for channel, state in (("email", "sent"), ("sms", "dead")):
            message = Message.objects.create(recipient=user, subject="【提案】催办")
            Delivery.objects.create(
                message=message, recipient=user, channel=channel, state=state, address="13800000001"
            )
    client = logged_in(people.user(is_superuser=True))
    for query, count in (
        ("", 4), ("?channel=sms", 2), ("?state=sent", 2), (f"?recipient={users[0].pk}", 2), ("?q=李素芬", 2),
        ("?recipient=x", 4), ("?recipient=%00", 4),
    ):  # fmt: skip
        page = client.get(f"/admin/notices/delivery/{query}", follow=True)
        assert (query, page.context["cl"].result_count) == (query, count)
    assert "13800000001" not in client.get("/admin/notices/delivery/").content.decode()

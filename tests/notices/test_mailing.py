"""E-mails through a real SMTP server: once each, in Chinese, without a word of the case's content."""

import socket
import threading
from datetime import datetime, time, timedelta

import pytest
from django.db import connections
from django.utils import timezone

from members.models import Person
from notices import delivery, kinds, mailing, patience, preferences, resend, sending
from notices.models import Channel, Delivery, Message
from tests.factories import people

from .events import due

pytestmark = pytest.mark.django_db

State = Delivery.State


def reachable(name: str, address: str):
    return people.user(person=people.person(name, email=address))


@pytest.fixture
def user():
    return reachable("周明远", "zhou@mail.example")


def delivered(*users) -> None:
    due(*users)
    delivery.deliver_due()


def the_mail() -> Delivery:
    return Delivery.objects.get()


def make_due() -> None:
    Delivery.objects.update(next_try_at=timezone.now() - timedelta(minutes=1))


def test_mail_arrives_plain_and_html_in_chinese(user, smtp):
    delivered(user)
    assert mailing.send_due() == 1
    (mail,) = smtp.mails
    message = Message.objects.get()
    plain, html = mail.get_body(["plain"]).get_content(), mail.get_body(["html"]).get_content()
    assert mail["Subject"].strip() == f"【西平县政协】{message.subject}"
    assert (mail["To"], mail["From"]) == ("zhou@mail.example", "西平县政协 <portal@cppcc.example>")
    assert (mail["Auto-Submitted"], mail["Message-ID"]) == ("auto-generated", f"<notice-{message.pk}@cppcc.example>")
    assert mail.get_content_type() == "multipart/alternative"
    for text in (plain, html):
        assert text.count("周明远：") == 1
        assert message.subject in text
        assert f"https://cppcc.example/inbox/{message.pk}/" in text
        assert "机密" not in text  # the body stays in the portal
    kept = the_mail()
    assert (kept.state, kept.attempts, kept.lease_until, kept.error) == (State.SENT, 1, None, "")
    assert kept.sent_at is not None


def test_without_a_public_address_the_mail_has_no_link(user, smtp, settings):
    settings.PORTAL_URL = ""
    delivered(user)
    mailing.send_due()
    assert "请登录智慧政协平台，在“消息”中查看。" in smtp.mails[0].get_body(["plain"]).get_content()
    assert "href" not in smtp.mails[0].get_body(["html"]).get_content()


def test_only_who_has_an_address_and_wants_mail_gets_it(user, smtp):
    unwilling, nowhere = reachable("李素芬", "li@mail.example"), people.user("郭建业")
    preferences.choose(unwilling, {(kinds.ACT, Channel.EMAIL): False})
    delivered(user, unwilling, nowhere)
    mailing.send_due()
    assert smtp.handler.recipients == ["zhou@mail.example"]
    assert (Message.objects.count(), Delivery.objects.count()) == (3, 1)


def test_mail_is_off_until_configured(user, settings):
    settings.EMAIL_CONFIGURED = False
    delivered(user)
    assert (mailing.send_due(), Delivery.objects.count(), Message.objects.count()) == (0, 0, 1)


def test_ten_runs_send_once(user, smtp):
    delivered(user)
    delivered(user)
    for _ in range(10):
        delivery.deliver_due()
        mailing.send_due()
    assert len(smtp.mails) == 2


def test_unknown_mailbox_is_given_up_at_once_and_the_rest_goes_on(user, smtp):
    other = reachable("李素芬", "li@mail.example")
    smtp.handler.rcpt_answers["zhou@mail.example"] = "550 5.1.1 no such user"
    delivered(user, other)
    assert mailing.send_due() == 1
    states = dict(Delivery.objects.values_list("address", "state"))
    assert states == {"zhou@mail.example": State.DEAD, "li@mail.example": State.SENT}
    assert Delivery.objects.get(state=State.DEAD).error[:21] == "SMTPRecipientsRefused"


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ({"rcpt_answers": {"zhou@mail.example": "451 try later"}}, State.FAILED),
        ({"data_answer": "452 too many mails"}, State.FAILED),
        ({"data_answer": "554 looks like spam"}, State.DEAD),
        ({"data_answer": "421 shutting down"}, State.FAILED),
    ],
)
def test_what_the_server_says_decides(user, smtp, answers, state):
    for name, value in answers.items():
        setattr(smtp.handler, name, value)
    delivered(user)
    assert mailing.send_due() == 0
    assert (the_mail().state, the_mail().attempts, smtp.mails) == (state, 1, [])


def test_failures_wait_longer_each_time_and_end_as_dead(user, dead_smtp):
    delivered(user)
    for tries, pause in enumerate(patience.PAUSES, start=1):
        assert mailing.send_due() == 0
        mail = the_mail()
        assert (mail.state, mail.attempts, mail.lease_until) == (State.FAILED, tries, None)
        assert mail.error[:22] == "ConnectionRefusedError"
        assert pause - timedelta(minutes=1) < mail.next_try_at - timezone.now() <= pause
        assert mailing.send_due() == 0
        assert the_mail().attempts == tries
        make_due()
    mailing.send_due()
    assert (the_mail().state, the_mail().attempts) == (State.DEAD, 6)
    make_due()
    assert mailing.send_due() == 0
    assert the_mail().attempts == 6


def test_server_that_is_down_is_asked_once_per_run(user, dead_smtp):
    for _ in range(5):
        delivered(user)
    mailing.send_due()
    states = sorted(Delivery.objects.values_list("state", "attempts"))
    assert states == [(State.FAILED, 1)] + [(State.PENDING, 0)] * 4


def test_nothing_is_lost_when_the_server_comes_back(user, smtp):
    smtp.handler.data_answer = "451 later"
    for _ in range(3):
        delivered(user)
    mailing.send_due()
    smtp.handler.data_answer = ""
    make_due()
    assert mailing.send_due() == 3
    assert len(smtp.mails) == 3


def test_hanging_server_ends_in_a_retry(user, settings, dead_smtp, monkeypatch):
    monkeypatch.setattr(patience, "SMTP_TIMEOUT", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:  # takes connections, never says a word
        settings.EMAIL_PORT = silent.getsockname()[1]
        delivered(user)
        assert mailing.send_due() == 0
    assert the_mail().state == State.FAILED
    assert the_mail().error == "SMTPServerDisconnected: Connection unexpectedly closed: timed out"


def test_resend_wakes_only_the_dead(user, smtp):
    for _ in range(3):
        delivered(user)
    dead, sent, _waiting = Delivery.objects.order_by("pk")
    Delivery.objects.filter(pk=dead.pk).update(state=State.DEAD, attempts=6)
    Delivery.objects.filter(pk=sent.pk).update(state=State.SENT, attempts=1)
    assert resend.resend_deliveries(Delivery.objects.all()) == 1
    assert resend.resend_deliveries(Delivery.objects.all()) == 0
    assert mailing.send_due() == 2


class Killed(BaseException):
    """As kill -9 does: nothing catches it."""


def test_killed_before_the_server_took_it_is_sent_after_the_lease(user, smtp, monkeypatch):
    delivered(user)

    def die(*args):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(mailing, "compose", die)
        with pytest.raises(Killed):
            mailing.send_due()
    assert (the_mail().state, the_mail().attempts, mailing.send_due()) == (State.SENDING, 1, 0)
    Delivery.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert [mailing.send_due(), mailing.send_due()] == [1, 0]
    assert len(smtp.mails) == 1


def test_the_one_doubt_goes_out_again_under_the_same_number(user, smtp, monkeypatch):
    """Taken by the server, but the worker died before it could write so down."""
    delivered(user)

    def die(*args, **values):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(sending, "_finish", die)
        with pytest.raises(Killed):
            mailing.send_due()
    Delivery.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    mailing.send_due()
    assert len({mail["Message-ID"] for mail in smtp.mails}) == 1
    assert (len(smtp.mails), the_mail().state) == (2, State.SENT)


def test_killed_at_the_last_try_is_given_up(user, smtp):
    delivered(user)
    a_moment_ago = timezone.now() - timedelta(seconds=1)
    Delivery.objects.update(state=State.SENDING, attempts=6, lease_until=a_moment_ago)
    assert mailing.send_due() == 0
    assert (the_mail().state, the_mail().error) == (State.DEAD, "发送时中断，已达到最多尝试次数。")


def test_who_lost_the_lease_writes_no_outcome(user, smtp):
    delivered(user)
    slow = sending._claim(Channel.EMAIL)
    Delivery.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    mailing.send_due()
    sending._fail(slow, TimeoutError("late"))
    assert (the_mail().state, the_mail().attempts) == (State.SENT, 2)


@pytest.mark.django_db(transaction=True)
def test_many_senders_at_once_send_each_mail_once(user, smtp):
    for _ in range(20):
        due(user)
    delivery.deliver_due()
    start, counts = threading.Barrier(4), []

    def run():
        try:
            start.wait()
            counts.append(mailing.send_due())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    numbers = [mail["Message-ID"] for mail in smtp.mails]
    assert (sum(counts), len(numbers), len(set(numbers))) == (20, 20, 20)
    assert set(Delivery.objects.values_list("state", "attempts")) == {(State.SENT, 1)}


def test_at_night_only_what_is_urgent_is_tried_again(user, smtp, settings, monkeypatch):
    delivered(user), delivered(user)
    Message.objects.filter(pk=Message.objects.first().pk).update(urgent=True)
    settings.WORKING_HOURS = (time(8, 30), time(17, 30))
    monkeypatch.setattr(timezone, "now", lambda: timezone.make_aware(datetime(2026, 11, 25, 1, 36)))
    assert (mailing.send_due(), Delivery.objects.get(message__urgent=False).attempts) == (1, 0)


def test_a_mail_goes_to_where_its_person_is_reached_today(user, smtp):
    delivered(user)
    Person.objects.filter(pk=user.person_id).update(email="new@mail.example")
    assert (mailing.send_due(), smtp.handler.recipients) == (1, ["new@mail.example"])
    delivered(user)
    type(user).objects.filter(pk=user.pk).update(is_active=False)
    assert mailing.send_due() == 0
    assert Delivery.objects.get(state=State.DEAD).error == "账号已停用，或没有登记地址"

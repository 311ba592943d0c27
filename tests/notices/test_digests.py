"""The daily mail: each message in exactly one, on working mornings, whatever the clock and the worker do."""

import random
import threading
from collections import Counter
from datetime import datetime, time, timedelta

import pytest
from django.db import connections
from django.utils import timezone

from deadlines import working_hours
from notices import delivery, digests, kinds, mailing, preferences
from notices.channels import hand_over
from notices.models import Channel, Delivery, Digest, DigestLine, Message
from tests.factories import people

pytestmark = pytest.mark.django_db

OPEN = datetime(2026, 11, 25, 8, 5)  # a Wednesday


@pytest.fixture
def clock(monkeypatch, settings):
    """A clock one can turn; mail is configured and kept in memory, working hours are 8 to 18."""
    settings.EMAIL_CONFIGURED, settings.WORKING_HOURS = True, (time(8), time(18))
    now = [timezone.make_aware(OPEN)]
    monkeypatch.setattr(timezone, "now", lambda: now[0])
    return lambda moment: now.__setitem__(0, moment if timezone.is_aware(moment) else timezone.make_aware(moment))


def reader(name: str = "周明远"):
    return people.user(person=people.person(name, email="zhou@mail.example"))


def info(user, subject: str = "【提案】立案：流水号 0007", **fields) -> Message:
    message = Message.objects.create(
        recipient=user, subject=subject, **{"kind": kinds.INFO, "created_at": timezone.now(), **fields}
    )
    hand_over(Message.objects.filter(pk=message.pk))
    return message


def send_mails() -> int:
    Delivery.objects.update(next_try_at=timezone.now() - timedelta(days=999))
    return mailing.send_due()


def test_one_mail_with_all_lines_and_nothing_twice(clock, mailoutbox):
    user = reader()
    info(user), info(user, "【提案】编号：第 001 号", body="机密")
    assert [digests.send_due(), digests.send_due()] == [1, 0]
    assert [send_mails(), send_mails()] == [1, 0]
    (mail,) = mailoutbox
    assert mail.subject == "【西平县政协】您有 2 条新消息"
    assert "1. 11月25日 【提案】立案：流水号 0007\n2. 11月25日 【提案】编号：第 001 号\n" in mail.body
    assert "机密" not in mail.body + mail.alternatives[0].content
    assert mail.extra_headers["Message-ID"].startswith(f"<digest-{Digest.objects.get().pk}@")
    info(user)  # comes after today's: waits for the next working day
    assert digests.send_due() == 0
    clock(OPEN + timedelta(days=1))
    assert digests.send_due() == 1


@pytest.mark.parametrize(
    "moment",
    [datetime(2026, 11, 25, 7, 59), datetime(2026, 11, 25, 18, 1), datetime(2026, 11, 28, 9), datetime(2026, 10, 1, 9)],
)
def test_none_at_night_and_none_on_days_off(clock, moment):
    info(reader())
    clock(moment)
    assert digests.send_due() == 0


def test_whoever_has_no_address_any_more_is_left_out_until_there_is_one(clock):
    user = reader()
    info(user)
    person = user.person
    person.email = ""
    person.save()
    assert digests.send_due() == 0
    person.email = "new@mail.example"
    person.save()
    assert digests.send_due() == 1
    assert (Delivery.objects.get().address, Delivery.objects.get().channel) == ("new@mail.example", Channel.DIGEST)


def test_killed_in_the_middle_leaves_all_lines_for_the_next_run(clock, monkeypatch):
    user = reader()
    info(user), info(user)
    with monkeypatch.context() as patched:
        patched.setattr(digests, "Delivery", lambda **given: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            digests.send_due()
    assert (Digest.objects.count(), DigestLine.objects.filter(digest=None).count()) == (0, 2)
    assert (digests.send_due(), Digest.objects.get().lines.count()) == (1, 2)


def test_urgent_and_at_once_are_not_in_the_digest(clock):
    user = reader()
    act, urgent = info(user, kind=kinds.ACT), info(user, urgent=True)
    assert DigestLine.objects.count() == 0
    assert [one.deliveries.get().channel for one in (act, urgent)] == [Channel.EMAIL, Channel.EMAIL]


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        (datetime(2026, 11, 25, 9, 30), datetime(2026, 11, 25, 9, 30)),
        (datetime(2026, 11, 25, 3), datetime(2026, 11, 25, 8)),
        (datetime(2026, 11, 25, 18, 1), datetime(2026, 11, 26, 8)),
        (datetime(2026, 11, 27, 23, 59), datetime(2026, 11, 30, 8)),  # Friday night
        (datetime(2026, 9, 30, 20), datetime(2026, 10, 8, 8)),  # National Day
        (datetime(2026, 2, 14, 10), datetime(2026, 2, 14, 10)),  # a Saturday that is worked
    ],
)
def test_what_is_not_urgent_waits_for_working_hours(clock, moment, opens):
    clock(moment)
    user, aware = reader(), timezone.make_aware
    later, now = info(user, kind=kinds.ACT), info(user, kind=kinds.ACT, urgent=True)
    assert [one.deliveries.get().next_try_at for one in (later, now)] == [aware(opens), aware(moment)]
    assert working_hours.is_open(timezone.now()) is (opens == moment)


def play(clock, days: int, seed: int) -> Counter:
    """So many days of messages, runs at odd moments and double runs; how often each message was in a digest."""
    chance, users = random.Random(seed), [reader(f"委员{n}") for n in range(3)]
    start = datetime(2026, 9, 20)
    for day in range(days):
        moments = sorted(chance.sample(range(24 * 60), 6))
        for minute in moments:
            clock(start + timedelta(days=day, minutes=minute))
            for user in chance.sample(users, chance.randint(0, 3)):
                info(user)
            for _ in range(chance.randint(0, 2)):
                digests.send_due()
    for later in range(12):  # past the longest holiday
        clock(start + timedelta(days=days + later, hours=10))
        digests.send_due()
    return Counter(DigestLine.objects.exclude(digest=None).values_list("message_id", flat=True))


def assert_each_once(found: Counter) -> None:
    assert dict(found) == dict.fromkeys(Message.objects.values_list("pk", flat=True), 1)
    days = Counter(Digest.objects.values_list("user_id", "day"))
    assert set(days.values()) == {1}
    assert Delivery.objects.count() == Digest.objects.count()
    assert all(digest.lines.exists() for digest in Digest.objects.all())


def test_six_days_with_jitter(clock):
    assert_each_once(play(clock, 6, seed=7))


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(5))
def test_sixty_days_with_jitter(clock, seed, mailoutbox):
    found = play(clock, 60, seed)
    assert_each_once(found)
    assert send_mails() == Digest.objects.count() == len(mailoutbox)
    print(f"\n60 days, seed {seed}: {len(found)} messages in {len(mailoutbox)} digests, each in one")


@pytest.mark.django_db(transaction=True)
def test_runs_at_once_make_one_mail_each(settings):
    settings.EMAIL_CONFIGURED = True
    users = [reader(f"委员{n}") for n in range(10)]
    for user in users:
        info(user), info(user)
    start, made = threading.Barrier(4), []

    def run():
        try:
            start.wait()
            made.append(digests.send_due())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert (sum(made), Digest.objects.count(), Delivery.objects.count()) == (10, 10, 10)
    assert sorted(digest.lines.count() for digest in Digest.objects.all()) == [2] * 10


def test_the_command_does_the_same_without_celery(clock, capsys, mailoutbox):
    from django.core.management import call_command

    info(reader())
    for _ in range(2):
        call_command("send_digests")
    assert capsys.readouterr().out == (
        "已生成每日汇总 1 封，已发送邮件 1 封。\n已生成每日汇总 0 封，已发送邮件 0 封。\n"
    )
    assert (len(mailoutbox), delivery.deliver_due()) == (1, 0)


def test_without_the_daily_mail_nothing_waits(clock):
    user = reader()
    preferences.choose(user, {(kinds.INFO, Channel.DIGEST): False})
    info(user)
    assert (DigestLine.objects.count(), Delivery.objects.count()) == (0, 0)

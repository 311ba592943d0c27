"""From the outbox to the inboxes: each notice exactly once, whoever runs, fails or dies."""

import threading
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from notices import delivery, patience, resend
from notices.models import Delivery, Message, Outbox
from tests.factories import people

from .events import due, event

pytestmark = pytest.mark.django_db


@pytest.fixture
def people_told():
    return people.user("周明远"), people.user("李素芬")


def inboxes() -> list[tuple[int, int]]:
    return sorted(Message.objects.values_list("event_id", "recipient_id"))


def set_clock(row: Outbox, **fields) -> None:
    Outbox.objects.filter(pk=row.pk).update(**fields)
    row.refresh_from_db()


def a_minute_ago():
    return timezone.now() - timedelta(minutes=1)


def test_notice_reaches_the_inbox(people_told):
    row = due(*people_told)
    assert delivery.deliver_due() == 1
    assert inboxes() == sorted((row.event_id, user.pk) for user in people_told)
    message = Message.objects.filter(recipient=people_told[0]).get()
    assert message.subject == f"【提案】交办：第 {row.event.object_id:03} 号"
    assert (message.body, message.url, message.read_at) == ("关于城东小学的机密细节", "/proposals/7/", None)
    row.refresh_from_db()
    assert (row.attempts, row.lease_until, row.last_error, row.delivered_at is None) == (1, None, "", False)


def test_ten_runs_deliver_once(people_told):
    for _ in range(3):
        due(*people_told)
    assert [delivery.deliver_due() for _ in range(10)] == [3] + [0] * 9
    assert Message.objects.count() == 6


def test_delivered_again_adds_only_what_is_missing(people_told):
    row = due(*people_told)
    Message.objects.create(recipient=people_told[0], event=row.event, subject="已有")
    delivery.deliver_due()
    set_clock(row, delivered_at=None)
    delivery.deliver_due()
    assert inboxes() == sorted((row.event_id, user.pk) for user in people_told)
    assert Message.objects.get(recipient=people_told[0]).subject == "已有"


def test_told_twice_under_one_event_is_told_once(people_told):
    user = people_told[0]
    due(user, user)
    delivery.deliver_due()
    assert Message.objects.count() == 1


def test_closed_and_unknown_accounts_get_nothing(people_told):
    closed = people.user(is_active=False)
    row = due(closed, 10**9, people_told[0])
    assert delivery.deliver_due() == 1
    assert inboxes() == [(row.event_id, people_told[0].pk)]


def test_subject_is_one_line(people_told):
    row = due(people_told[0], label="交办\r\nBcc: x@evil.example")
    delivery.deliver_due()
    number = f"{row.event.object_id:03}"
    assert Message.objects.get().subject == f"【提案】交办 Bcc: x@evil.example：第 {number} 号"


def test_one_bad_row_fails_alone_and_waits_longer_each_time(people_told):
    bad = due(*people_told, fail=True)
    due(people_told[0])
    assert delivery.deliver_due() == 1
    assert Message.objects.count() == 1
    for tries, pause in enumerate(patience.PAUSES, start=1):
        bad.refresh_from_db()
        waits = bad.next_try_at - timezone.now()
        assert (bad.attempts, bad.lease_until, bad.last_error) == (tries, None, "ResolverError: no such case")
        assert pause - timedelta(minutes=1) < waits <= pause
        assert delivery.deliver_due() == 0
        bad.refresh_from_db()
        assert bad.attempts == tries
        set_clock(bad, next_try_at=a_minute_ago())
        delivery.deliver_due()
    bad.refresh_from_db()
    assert bad.attempts == patience.MAX_TRIES == 6
    set_clock(bad, next_try_at=a_minute_ago())
    assert delivery.deliver_due() == 0
    assert list(Outbox.objects.dead()) == [bad]


def test_resend_gives_dead_rows_a_second_life_once(people_told):
    dead, open_row = due(people_told[0]), due(people_told[1])
    set_clock(dead, attempts=6, last_error="x")
    set_clock(open_row, attempts=2)
    assert resend.resend_outbox(Outbox.objects.all()) == 1
    assert resend.resend_outbox(Outbox.objects.all()) == 0
    assert delivery.deliver_due() == 2


def test_process_without_a_resolver_is_an_error_not_a_loss(people_told):
    row = Outbox.objects.create(event=event(people_told[0], process="unknown"))
    assert delivery.deliver_due() == 0
    row.refresh_from_db()
    assert row.last_error == "UnknownProcessError: No recipients registered for process 'unknown'."


def test_claimed_row_is_left_alone_until_its_lease_is_over(people_told):
    row = due(*people_told)
    set_clock(row, attempts=1, lease_until=timezone.now() + timedelta(seconds=90))
    assert delivery.deliver_due() == 0
    set_clock(row, lease_until=a_minute_ago())
    assert delivery.deliver_due() == 1
    assert Message.objects.count() == 2


class Killed(BaseException):
    """As kill -9 does: nothing catches it."""


@pytest.mark.parametrize("where", ["notices_for", "_write_messages"])
def test_crash_between_claim_and_finish_is_made_good_after_the_lease(people_told, monkeypatch, where):
    row = due(*people_told)

    def die(*args):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(delivery, where, die)
        with pytest.raises(Killed):
            delivery.deliver_due()
    row.refresh_from_db()
    assert (row.attempts, row.delivered_at, Message.objects.count()) == (1, None, 0)
    assert timedelta(seconds=100) < row.lease_until - timezone.now() <= patience.lease()
    assert delivery.deliver_due() == 0
    set_clock(row, lease_until=a_minute_ago())
    assert [delivery.deliver_due(), delivery.deliver_due()] == [1, 0]
    assert Message.objects.count() == 2


def test_row_that_kills_its_worker_each_time_ends_as_dead(people_told, monkeypatch):
    row = due(*people_told)

    def die(*args):
        raise Killed

    monkeypatch.setattr(delivery, "notices_for", die)
    for _ in range(patience.MAX_TRIES):
        with pytest.raises(Killed):
            delivery.deliver_due()
        set_clock(row, lease_until=a_minute_ago())
    assert delivery.deliver_due() == 0
    assert list(Outbox.objects.dead()) == [row]


@pytest.mark.django_db(transaction=True)
def test_many_deliverers_at_once_tell_everybody_once(people_told):
    rows = [due(*people_told) for _ in range(60)]
    start, counts = threading.Barrier(4), []

    def run():
        try:
            start.wait()
            counts.append(delivery.deliver_due())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sum(counts) == len(rows)
    assert inboxes() == sorted((row.event_id, user.pk) for row in rows for user in people_told)
    assert set(Outbox.objects.values_list("attempts", flat=True)) == {1}


def test_a_batch_costs_the_same_for_one_and_for_three(people_told, django_assert_num_queries):
    queries = 13  # claim 5 with its savepoint, delivery 6 with its savepoints, the empty second claim 2 more
    for size in (1, 3):
        for _ in range(size):
            due(*people_told)
        with django_assert_num_queries(queries):
            assert delivery.deliver_due() == size


def test_command_does_the_same_without_celery(people_told, capsys):
    due(*people_told)
    call_command("deliver_notices")
    call_command("deliver_notices")
    assert (
        capsys.readouterr().out
        == "已送出通知 1 条，已发送邮件 0 封，短信和群消息 0 条。\n已送出通知 0 条，已发送邮件 0 封，短信和群消息 0 条。\n"
    )
    assert (Message.objects.count(), Delivery.objects.count()) == (2, 0)

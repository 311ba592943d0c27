"""Real Redis, a real worker, a real mail server, and kill -9 at the worst moments."""

import random
import time
from collections import Counter
from itertools import count
from pathlib import Path

import pytest
import redis
from django.conf import settings
from django.db import connection

from notices import wake
from notices.models import Delivery, Message, Outbox, Reminder
from tests.factories import people
from xiping_cppcc.celery import app
from xiping_cppcc.embedded.postgres import Postgres
from xiping_cppcc.embedded.redis import Redis

from .events import due
from .worker_process import WorkerProcess, until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def broker(tmp_path, monkeypatch):
    """A Redis of our own, which the tests' process wakes workers through."""
    server = Redis(tmp_path)
    address = server.start()
    url = address.replace("unix://", "redis+socket://").replace("?db=", "?virtual_host=")
    monkeypatch.setitem(app.conf, "broker_url", url)
    monkeypatch.setattr(app.conf, "broker_write_url", url)
    yield url
    server.stop()


@pytest.fixture
def start_worker(broker, smtp, tmp_path):
    workers, number = [], count(1)

    def start(**more) -> WorkerProcess:
        log = tmp_path / f"worker{next(number)}.log"
        database = connection.settings_dict["NAME"]
        workers.append(WorkerProcess(log, database=database, broker=broker, smtp_port=smtp.port, **more))
        return workers[-1]

    yield start
    for worker in workers:
        worker.kill()


@pytest.fixture
def users():
    return [people.user(person=people.person(f"委员{n}", email=f"m{n}@mail.example")) for n in range(2)]


def scan() -> None:
    """What the scheduler does each minute."""
    wake.deliver_soon()
    wake.send_emails_soon()


def all_sent(number: int):
    return lambda: Delivery.objects.filter(state="sent").count() == number


def keys(smtp) -> list[str]:
    return sorted(mail["Message-ID"] for mail in smtp.mails)


def expected(rows, users) -> list[tuple[int, int]]:
    return sorted((row.event_id, user.pk) for row in rows for user in users)


def inboxes() -> list[tuple[int, int]]:
    return sorted(Message.objects.values_list("event_id", "recipient_id"))


def test_killed_while_delivering_and_while_mailing_everything_arrives_once(start_worker, smtp, users, tmp_path):
    trap = tmp_path / "hang"
    trap.touch()
    rows = [due(*users, hang=str(trap)) for _ in range(3)]
    first = start_worker()
    until(Path(f"{trap}.reached").exists, also=scan)
    first.kill()  # rows claimed, nobody told
    trap.unlink()
    assert (Message.objects.count(), Outbox.objects.filter(delivered_at=None, attempts=1).count()) == (0, 3)

    smtp.handler.may_pass.clear()
    second = start_worker()
    until(smtp.handler.arrived.is_set, also=scan)
    second.kill()  # a mail is half-way through the door
    smtp.handler.may_pass.set()
    assert Delivery.objects.filter(state="sending").count() == 1

    start_worker(), start_worker()
    until(all_sent(6), also=scan)
    for _ in range(10):
        scan()
    until(redis_is_empty)
    assert inboxes() == expected(rows, users)
    assert (len(smtp.mails), len(set(keys(smtp)))) == (6, 6)
    assert set(Outbox.objects.values_list("attempts", flat=True)) == {2}


def test_flushed_redis_delays_and_loses_nothing(start_worker, smtp, users, broker):
    rows = [due(*users) for _ in range(3)]
    scan()
    client = redis_client()
    assert client.llen("celery") == 2
    client.flushall()
    start_worker()
    until(all_sent(6), also=scan)
    assert inboxes() == expected(rows, users)
    assert len(set(keys(smtp))) == len(smtp.mails) == 6


def test_reminders_are_told_once_whatever_is_killed(start_worker):
    remind_while_killing(start_worker, items=400, kills=1)


@pytest.mark.campaign
def test_ten_thousand_reminders_are_told_once_whatever_is_killed(start_worker):
    seconds = remind_while_killing(start_worker, items=10_000, kills=12, later=lambda: time.sleep(random.uniform(0, 3)))
    print(
        f"\n10,000 reminders, 12 workers killed, Redis flushed, the database restarted: all told after {seconds:.0f} s"
    )


def remind_while_killing(start_worker, items: int, kills: int, later=lambda: None) -> float:
    """Two workers at a time; one is killed when it has the task, or somewhat `later`; then Redis is flushed and, at
    length, the database restarted. Returns the seconds until everybody is told; ten more runs tell nobody anything.
    """
    people_told = [people.user().pk for _ in range(20)]
    given = {"items": [items, people_told]}
    began = time.monotonic()
    for turn in range(kills):
        doomed, _other = start_worker(**given), start_worker(**given) if turn == 0 else None
        until(lambda worker=doomed: "find_reminders[" in worker.log, also=remind)
        later()
        doomed.kill()
        redis_client().flushall()
        if turn == 5:
            restart_database()
    until(lambda: Reminder.objects.count() == items, also=remind)
    seconds = time.monotonic() - began
    for _ in range(10):
        remind()
    until(redis_is_empty)
    told = Counter(Reminder.objects.values_list("recipient", flat=True))
    assert told == dict.fromkeys(people_told, items // len(people_told))
    assert Message.objects.filter(kind="reminder").count() == len(people_told)
    return seconds


def remind() -> None:
    wake.soon("notices.find_reminders")


def restart_database() -> None:
    """Every connection breaks, the workers' too."""
    server = Postgres(settings.PORTAL_DATA, durable=False)
    connection.close()
    server.stop()
    server.start()


def redis_client() -> redis.Redis:
    path = app.conf.broker_url.removeprefix("redis+socket://").partition("?")[0]
    return redis.Redis(unix_socket_path=path)


def redis_is_empty() -> bool:
    """No task waits and none is in a worker's hands."""
    client = redis_client()
    return client.llen("celery") == 0 and client.hlen("unacked") == 0

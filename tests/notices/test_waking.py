"""The broker only wakes. Down, hanging or gone, it changes nothing for whoever acts."""

import logging
import socket
import threading
import time

import pytest
from kombu import Connection

from notices import delivery, mailing, wake
from notices.models import Message, Outbox
from tests.factories import people
from workflow import listeners
from xiping_cppcc.celery import app

from .events import event
from .mail_server import free_port
from .test_outbox import TELLING

pytestmark = pytest.mark.django_db


@pytest.fixture
def broker(monkeypatch):
    """Point the portal at another broker."""

    def use(url: str) -> None:
        monkeypatch.setitem(app.conf, "broker_url", url)
        monkeypatch.setattr(app.conf, "broker_write_url", url)

    return use


def test_tasks_are_the_ones_that_are_woken():
    app.loader.import_default_modules()
    names = {"notices.deliver_outbox", "notices.send_emails", "documents.clean_uploads"}
    assert names - set(app.tasks) == set()
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} & names == names


def test_wake_up_is_a_short_task_without_arguments():
    with Connection("memory://") as connection:
        queue = connection.SimpleQueue("celery")
        queue.clear()  # what earlier tests of this process handed over
        wake.deliver_soon()
        wake.send_emails_soon()
        got = [queue.get(block=False) for _ in range(2)]
        [message.ack() for message in got]
    assert [message.headers["task"] for message in got] == ["notices.deliver_outbox", "notices.send_emails"]
    assert [(message.payload[0], message.payload[1], message.headers["eta"]) for message in got] == [([], {}, None)] * 2


def test_broker_that_is_down_is_asked_once_and_breaks_nothing(broker, caplog, django_capture_on_commit_callbacks):
    broker(f"redis://127.0.0.1:{free_port()}/0")
    user = people.user()
    with caplog.at_level(logging.WARNING, logger="notices.wake"), django_capture_on_commit_callbacks(execute=True):
        for _ in range(5):
            listeners.tell(event(user), TELLING, None)
    assert [record.name for record in caplog.records if record.name == "notices.wake"] == ["notices.wake"]
    assert Outbox.objects.count() == 5
    assert (delivery.deliver_due(), Message.objects.count()) == (5, 5)


def test_broker_that_hangs_costs_a_moment_once(broker, django_capture_on_commit_callbacks):
    calls = []
    with socket.create_server(("127.0.0.1", 0)) as silent:
        threading.Thread(target=_count_calls, args=(silent, calls), daemon=True).start()
        broker(f"redis://127.0.0.1:{silent.getsockname()[1]}/0")
        begin = time.monotonic()
        with django_capture_on_commit_callbacks(execute=True):
            for _ in range(20):
                listeners.tell(event(), TELLING, None)
        spent = time.monotonic() - begin
    assert (len(calls), Outbox.objects.count()) == (1, 20)
    assert spent < 5  # without the limits: two minutes each


def _count_calls(server: socket.socket, calls: list) -> None:
    while True:
        try:
            calls.append(server.accept())
        except OSError:
            return


def test_broker_is_tried_again_after_a_rest(broker, monkeypatch):
    broker(f"redis://127.0.0.1:{free_port()}/0")
    wake.deliver_soon()
    assert wake._Breaker.quiet_until > time.monotonic()
    monkeypatch.setattr(wake._Breaker, "quiet_until", time.monotonic() - 1)
    wake.deliver_soon()
    assert wake._Breaker.quiet_until > time.monotonic()


def test_no_page_and_no_act_ever_speaks_smtp(client, settings, monkeypatch, django_capture_on_commit_callbacks):
    """However the mail server behaves, only the worker waits for it."""
    settings.EMAIL_CONFIGURED = True
    monkeypatch.setattr(mailing, "get_connection", lambda **kwargs: pytest.fail("the mail server was asked"))
    user = people.user(person=people.person("周明远", email="zhou@mail.example"))
    client.force_login(user)
    with django_capture_on_commit_callbacks(execute=True):
        listeners.tell(event(user), TELLING, None)
        delivery.deliver_due()
        assert client.get("/inbox/").status_code == 200
    assert Message.objects.get().deliveries.get().state == "pending"

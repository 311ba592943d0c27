"""The promise to tell is written with the act, or not at all."""

import pytest
from django.db import transaction

from notices import wake
from notices.models import Outbox
from workflow import listeners
from workflow.transition import Transition

from .events import event

pytestmark = pytest.mark.django_db

TELLING = Transition("assign", "交办", ("filed",), ("staff",), notify=("units",))
SILENT = Transition("save", "保存", ("draft",), ("author",))


@pytest.fixture
def woken(monkeypatch):
    calls = []
    monkeypatch.setattr(wake, "deliver_soon", lambda: calls.append("deliver"))
    return calls


def test_told_event_is_in_the_outbox_and_wakes_after_commit(woken, django_capture_on_commit_callbacks):
    done = event()
    with django_capture_on_commit_callbacks() as callbacks:
        listeners.tell(done, TELLING, None)
        assert woken == []
    row = Outbox.objects.get()
    assert (row.event, row.attempts, row.delivered_at, row.lease_until) == (done, 0, None, None)
    assert len(callbacks) == 1


def test_silent_event_is_not(woken, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        listeners.tell(event(), SILENT, None)
    assert (Outbox.objects.count(), callbacks, woken) == (0, [], [])


def test_act_that_is_undone_promises_nothing(django_capture_on_commit_callbacks):
    done = event()
    with django_capture_on_commit_callbacks() as callbacks, pytest.raises(ZeroDivisionError), transaction.atomic():
        listeners.tell(done, TELLING, None)
        1 / 0  # noqa: B018
    assert (Outbox.objects.count(), callbacks) == (0, [])

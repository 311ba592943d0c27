"""Listeners hear of an event inside its transaction; after a refusal or a rollback nothing was heard."""

import pytest
from django.db import connection, transaction

from notices.models import Outbox
from proposals.acts import ProposalAct
from tests.factories import county as make
from tests.factories import kept
from workflow import listeners
from workflow.engine import perform
from workflow.errors import Refused
from workflow.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(monkeypatch):
    """What one more listener is told: (act, state of the case, in a transaction, event already written)."""
    told = []

    def listen(event, transition, case):
        written = Event.objects.filter(pk=event.pk).exists()
        told.append((transition.act, case.state, connection.in_atomic_block, written))

    monkeypatch.setattr(listeners, "_listeners", [*listeners._listeners, listen])
    return told


def test_told_inside_the_transaction_after_the_event(c, heard):
    proposal = make.draft(c)
    perform(ProposalAct.SUBMIT, proposal, c.author)
    assert heard == [(ProposalAct.SUBMIT, "submitted", True, True)]


def test_a_nested_act_is_told_too_and_in_order(c, heard):
    kept.act_by_act()
    mine = make.replied(c, make.signed(c))
    perform("rate", mine, c.author, make.rating())
    assert [act for act, *_rest in heard][-4:] == ["send", "all_replied", "rate", "close"]


def test_nothing_is_told_of_a_refusal(c, heard):
    proposal = make.reviewed(c)
    heard.clear()
    with pytest.raises(Refused):
        perform(ProposalAct.FILE, proposal, c.staff, {})
    assert heard == []


def test_a_listener_that_fails_undoes_the_act(c, monkeypatch):
    def fail(event, transition, case):
        raise RuntimeError("listener")

    proposal = make.draft(c)
    monkeypatch.setattr(listeners, "_listeners", [*listeners._listeners, fail])
    with pytest.raises(RuntimeError):
        perform(ProposalAct.SUBMIT, proposal, c.author)
    fresh = type(proposal).objects.get(pk=proposal.pk)
    assert (fresh.state, fresh.receipt_number, fresh.events_count) == ("draft", None, 1)


def test_what_is_to_be_sent_is_lost_with_the_act(c, django_capture_on_commit_callbacks):
    proposal = make.draft(c)
    with django_capture_on_commit_callbacks() as callbacks, pytest.raises(RuntimeError), transaction.atomic():
        perform(ProposalAct.SUBMIT, proposal, c.author)
        assert Outbox.objects.count() == 1
        raise RuntimeError("the request died")
    assert (Outbox.objects.count(), callbacks) == (0, [])


def test_an_act_without_audience_leaves_nothing_to_send(c):
    mine = make.share(make.assigned(c), c.unit)
    before = Outbox.objects.count()
    perform("sign_for", mine, c.operator)
    assert Outbox.objects.count() == before

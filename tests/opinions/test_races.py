"""Two editors unite the same two texts at once, each the other way: one stands, nobody waits for ever."""

import pytest

from opinions import invariants
from opinions.acts import Act
from opinions.models import OpinionReport
from tests.factories import opinions as make
from tests.workflow.threads import together
from workflow.engine import perform
from workflow.errors import Refused
from workflow.models import Event

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_that_join_each_other(c, o):
    one, other = make.editing(c), make.editing(c)
    pairs = ((one, other), (other, one))
    outcomes = together(2, lambda n: perform(Act.JOIN, pairs[n][0], o.editor, {"into": pairs[n][1].pk}))
    assert [type(outcome) for outcome in outcomes if not isinstance(outcome, (Event, Refused))] == []
    assert (
        OpinionReport.objects.filter(state="combined").count() == sum(type(found) is Event for found in outcomes) <= 1
    )
    assert list(invariants.findings()) == []

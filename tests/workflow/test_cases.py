"""Nobody but the engine writes a state, whichever way they try."""

import pytest

from proposals.models import Proposal
from tests.factories import county as make
from workflow.querysets import StateIsWrittenByTheEngine

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("field", ["state", "version"])
def test_a_queryset_refuses(c, field):
    proposal = make.draft(c)
    with pytest.raises(StateIsWrittenByTheEngine):
        Proposal.objects.filter(pk=proposal.pk).update(**{field: 9})
    with pytest.raises(StateIsWrittenByTheEngine):
        Proposal.objects.bulk_update([proposal], [field])


def test_a_whole_row_saved_from_an_old_copy_leaves_the_state_alone(c):
    old = make.draft(c)
    make.perform("submit", Proposal(pk=old.pk), c.author)
    now = Proposal.objects.get(pk=old.pk)
    old.title = "改过的案由"
    old.save()
    fresh = Proposal.objects.get(pk=old.pk)
    engine_s = ("state", "version", "events_count", "events_head", "changed_at")
    assert [getattr(fresh, name) for name in engine_s] == [getattr(now, name) for name in engine_s]
    assert fresh.title == "改过的案由"


def test_the_state_is_on_no_form():
    fields = [f for f in Proposal._meta.concrete_fields if f.name in Proposal.ENGINE_FIELDS]
    assert [f.editable for f in fields] == [False] * 5

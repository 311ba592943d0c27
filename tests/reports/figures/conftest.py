"""One county with something of every kind, made once for a module: its tests only look."""

from dataclasses import dataclass

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from members.models import Member
from proposals.acts import ProposalAct as Act
from proposals.models import Proposal, RejectionReason
from tests import migrated_rows
from tests.factories import consultations, grassroots, opinions, people
from tests.factories import county as make
from tests.reports import units as ledger
from workflow.actors import SYSTEM
from workflow.engine import perform


@pytest.fixture(scope="module")
def db(django_db_setup, django_db_blocker):
    """Stands in for pytest-django's: open for the whole module, what is written stays until its end."""
    with django_db_blocker.unblock():
        assert connection.settings_dict["NAME"].startswith("test_")
        yield
        migrated_rows.put_back()


@dataclass
class Scene:
    c: make.County
    office: opinions.Office
    rooms: grassroots.Rooms
    sector: object
    group: object
    leader: object
    party_office: object


@pytest.fixture(scope="module")
def scene(db):
    """Six units' cases, proposals of every state and kind, reports, a recommendation that was answered, matters."""
    cache.clear()
    c = make.county()
    sector, group = people.organization("sector", "教育界"), people.organization("township_group", "盆尧镇联络组")
    Member.objects.filter(person=c.author.person).update(sector=sector, group=group)
    ledger.enter(c)
    _proposals(c)
    o = opinions.office(c)
    part = opinions.handed_over(c, opinions.issued(c))
    perform("instruct", part.report, o.editor, opinions.outcome(leader="县长", text="请研究。"))
    opinions.submitted(c, c.cosigner, title="关于路灯的情况反映")
    consultations.answered(c)
    rooms = grassroots.rooms()
    grassroots.matter(rooms, "posted")
    grassroots.matter(rooms)
    leader = people.holder(people.organization("leadership", "县领导"), "head", "高远")
    dispatch = people.holder(people.organization("dispatch", "县委督查室", system="party"), "staff", "许涛")
    return Scene(c, o, rooms, sector, group, leader, dispatch)


def _proposals(c: make.County) -> None:
    """Drafts, and one of every state; an individual, a joint and a collective one."""
    reason = RejectionReason.objects.get(code="beyond").pk
    make.draft(c)
    make.submitted(c)
    rejected = {"rejection_reason": reason, "disposition": "letter", "reason": "超越事权"}
    perform(Act.REJECT, make.reviewed(c), c.head, rejected)
    main = make.filed(c)
    perform(Act.MERGE, make.reviewed(c), c.head, {"into": main.pk, "reason": "内容相同"})
    joint = make.cosigning(c)
    Proposal.objects.filter(pk=joint.pk).update(cosigning_closes=timezone.now())
    perform(Act.CLOSE_COSIGNING, joint, SYSTEM)
    perform(Act.SUBMIT, make.confirmed(c), c.contact)
    make.assigned(c, division="lead")
    make.rated_and_published(c)
    make.replied(c, make.signed(c), result_class="B")

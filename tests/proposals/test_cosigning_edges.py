"""联名 at its edges: the closing second, more time, seats that ended, namesakes, everybody declined."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from members.models import Member, Person
from proposals import by_date
from proposals.acts import CosignatureAct, ProposalAct
from proposals.forms.cosigning import InviteForm, found_by
from proposals.kinds import Kind, Timing
from proposals.models import Cosignature, Proposal
from proposals.states import CosignatureState, ProposalState
from tests.factories import county as make
from tests.factories import people
from workflow.engine import perform
from workflow.errors import Invalid, Refused

pytestmark = pytest.mark.django_db
CLOSES = datetime(2026, 4, 20, 14, tzinfo=people.SHANGHAI)


@pytest.fixture
def at(monkeypatch):
    def move(moment: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return move


@pytest.fixture
def proposal(c, at):
    """Goes round until 14:00; one has agreed, one is still invited."""
    at(CLOSES - timedelta(days=2))
    case = make.cosigning(c)
    Proposal.objects.filter(pk=case.pk).update(cosigning_closes=CLOSES)
    return case


def of(proposal, user) -> Cosignature:
    return Cosignature.objects.get(proposal=proposal, person=user.person)


def code(act, case, actor, data=None) -> str:
    try:
        perform(act, case, actor, data)
    except Refused as refused:
        return refused.code
    return ""


def wrong(act, case, actor, data) -> list[str]:
    with pytest.raises(Invalid) as refused:
        perform(act, case, actor, data)
    return [str(error) for errors in refused.value.errors.values() for error in errors]


@pytest.mark.parametrize(
    ("seconds", "answer", "submitted"),
    [(-1, "", 0), (0, "", 0), (1, "cosigning_over", 1)],
    ids=["before", "at", "after"],
)
def test_the_closing_second(c, proposal, at, seconds, answer, submitted):
    """The second itself still belongs to the co-signing, for whoever answers, asks, or gives more time."""
    at(CLOSES + timedelta(seconds=seconds))
    more = {"closes_at": f"{CLOSES + timedelta(days=1):%Y-%m-%d %H:%M}"}
    assert code(ProposalAct.EXTEND_COSIGNING, proposal, c.author, {"closes_at": "x"}) == (answer or "invalid")
    assert code(ProposalAct.INVITE, proposal, c.author, {"closes_at": "x"}) == (answer or "invalid")
    assert code(CosignatureAct.AGREE, of(proposal, c.invitee), c.invitee, {}) == answer
    assert by_date.advance_all() == submitted
    fresh = Proposal.objects.get(pk=proposal.pk)
    assert fresh.state == (ProposalState.SUBMITTED if submitted else ProposalState.COSIGNING)
    if not submitted:
        assert code(ProposalAct.EXTEND_COSIGNING, proposal, c.author, more) == ""


def test_more_time_for_those_invited_and_later_invitations(c, proposal, at):
    later = CLOSES + timedelta(days=1)
    earlier = {"closes_at": f"{CLOSES - timedelta(hours=1):%Y-%m-%d %H:%M}"}
    told = "已告知受邀委员 4月20日 14:00 截止，只能延后，不能提前。想早些提交的，直接点“提交”。"
    assert wrong(ProposalAct.EXTEND_COSIGNING, proposal, c.author, earlier) == [told]
    same = {"closes_at": f"{CLOSES:%Y-%m-%d %H:%M}"}
    assert wrong(ProposalAct.EXTEND_COSIGNING, proposal, c.author, same) == ["这就是现在的截止时间，请改填更晚的时间。"]
    perform(ProposalAct.EXTEND_COSIGNING, proposal, c.author, {"closes_at": f"{later:%Y-%m-%d %H:%M}"})
    assert Proposal.objects.get(pk=proposal.pk).cosigning_closes == later
    more = {"persons": [c.other_member.person_id], "closes_at": f"{later:%Y-%m-%d %H:%M}"}
    assert wrong(ProposalAct.INVITE, proposal, c.author, more | earlier) == [
        "已告知受邀委员 4月21日 14:00 截止，只能延后，不能提前。想早些提交的，直接点“提交”。"
    ]
    perform(ProposalAct.INVITE, proposal, c.author, more)
    assert of(proposal, c.other_member).state == CosignatureState.INVITED


def test_a_seat_that_ended_meanwhile(c, proposal):
    """Whoever sits no more signs no more; what was signed in office stands."""
    gone = timezone.localdate() - timedelta(days=1)
    Member.objects.filter(person__in=[c.invitee.person, c.cosigner.person]).update(ends=gone)
    assert code(CosignatureAct.AGREE, of(proposal, c.invitee), c.invitee, {}) == "no_seat"
    assert code(CosignatureAct.DECLINE, of(proposal, c.invitee), c.invitee, {}) == ""
    assert code(CosignatureAct.INVITE_AGAIN, of(proposal, c.invitee), c.author) == "no_seat"
    perform(ProposalAct.SUBMIT, proposal, c.author)
    fresh = Proposal.objects.get(pk=proposal.pk)
    assert (fresh.kind, list(fresh.cosignatures.agreed().values_list("person", flat=True))) == (
        Kind.JOINT, [c.cosigner.person_id],
    )  # fmt: skip


def test_everybody_declined(c, at):
    at(CLOSES - timedelta(days=2))
    proposal = make.draft(c)
    until = {"closes_at": f"{CLOSES:%Y-%m-%d %H:%M}"}
    perform(ProposalAct.INVITE, proposal, c.author, until | {"persons": [c.invitee.person_id]})
    perform(CosignatureAct.DECLINE, of(proposal, c.invitee), c.invitee, {"reason": "已另提"})
    assert wrong(ProposalAct.INVITE, proposal, c.author, until) == ["请选择一项。"]
    at(CLOSES + timedelta(seconds=1))
    assert by_date.advance_all() == 1
    fresh = Proposal.objects.get(pk=proposal.pk)
    assert (fresh.state, fresh.kind) == (ProposalState.SUBMITTED, Kind.INDIVIDUAL)


@pytest.mark.parametrize(("minutes", "timing"), [(0, Timing.PLENARY), (1, Timing.ADJOURNED)])
def test_it_counts_from_the_second_at_which_co_signing_ended(c, proposal, at, minutes, timing):
    """However late the portal comes round: the delay is not the members'."""
    ends = c.session.window_closes + timedelta(minutes=minutes)
    Proposal.objects.filter(pk=proposal.pk).update(cosigning_closes=ends)
    at(ends + timedelta(hours=3))
    assert by_date.advance_all() == 1
    fresh = Proposal.objects.get(pk=proposal.pk)
    assert (fresh.timing, fresh.submitted_at) == (timing, ends)


def test_the_proposer_who_is_quicker_than_the_portal_loses_nothing(c, proposal, at):
    Proposal.objects.filter(pk=proposal.pk).update(cosigning_closes=c.session.window_closes)
    at(c.session.window_closes + timedelta(seconds=20))
    perform(ProposalAct.SUBMIT, proposal, c.author)
    assert Proposal.objects.get(pk=proposal.pk).timing == Timing.PLENARY


def test_found_by_name_sound_and_sector_and_namesakes_told_apart(c):
    sector = people.organization("sector", "医药卫生界")
    one = people.member("王军", sector=sector, seat_kind="member")
    two = people.member("王军")
    Person.objects.filter(pk=one.person_id).update(employer="县人民医院", position="主任医师")
    proposal = make.draft(c)
    form = InviteForm(case=proposal, actor=c.author)
    everybody = form.fields["persons"].queryset
    for text in ("王军", "wangjun", "wj"):
        assert set(found_by(everybody, text)) == {one.person, two.person}, text
    assert list(found_by(everybody, "医药")) == [one.person]
    names = [
        form.fields["persons"].label_from_instance(found) for found in Person.objects.filter(name="王军").order_by("pk")
    ]
    assert names == ["王军（县人民医院 主任医师）", "王军"]
    perform(
        ProposalAct.INVITE, proposal, c.author, {"persons": [one.person_id, two.person_id], "closes_at": make.soon()}
    )
    perform(CosignatureAct.AGREE, of(proposal, two), two, {})
    assert list(proposal.cosignatures.agreed().values_list("person", flat=True)) == [two.person_id]

"""Who is told of each act: the exact people, never the one who did it, and in which words."""

import pytest

from proposals.acts import AssignmentAct, CosignatureAct, ProposalAct
from proposals.audiences import notices_for
from tests.factories import county as make
from tests.factories import people
from workflow.engine import perform
from workflow.models import Event

pytestmark = pytest.mark.django_db


def told(c, event: Event) -> list[str]:
    """The people of the county who are told, by the name of their part."""
    names = {user.pk: name for name, user in c.roles().items()}
    return sorted(names.get(notice.user_id, "?") for notice in notices_for(event))


def last(proposal, act) -> Event:
    return Event.objects.filter(case_id=proposal.pk, act=act).latest("sequence")


def done(act, case, actor, data=None) -> Event:
    return perform(act, case, actor, data)


def test_along_the_first_half(c):
    proposal = make.cosigning(c)
    assert told(c, last(proposal, "invite")) == ["invitee"]
    assert told(c, last(proposal, "agree")) == ["author"]
    assert told(c, done(ProposalAct.SUBMIT, proposal, c.author)) == ["cosigner", "reviewer", "staff"]
    review = {"recommendation": "file", "business_category": c.business.pk}
    assert told(c, done(ProposalAct.PRE_REVIEW, proposal, c.reviewer, review)) == ["head"]
    assert told(c, done(ProposalAct.FILE, proposal, c.head, {})) == ["author", "cosigner"]
    assert told(c, done(ProposalAct.NUMBER, proposal, c.staff)) == ["author", "cosigner"]


def test_at_the_units(c):
    proposal = make.assigned(c, "lead")
    assert told(c, last(proposal, "assign")) == ["author", "leader", "operator", "other_leader", "other_operator"]
    mine, assist = make.share(proposal, c.unit), make.share(proposal, c.other_unit)
    assert told(c, done(AssignmentAct.SIGN_FOR, mine, c.operator)) == []
    done(AssignmentAct.SIGN_FOR, assist, c.other_operator)
    opinion = done(AssignmentAct.GIVE_OPINION, assist, c.other_operator, {"opinion": "同意"})
    assert told(c, opinion) == ["other_leader"]
    assert told(c, done(AssignmentAct.SIGN_OFF, assist, c.other_leader, {})) == ["operator"]
    make.contact(c, mine)
    make.write_reply(mine, c.operator)
    assert told(c, done(AssignmentAct.SEND_DRAFT, mine, c.operator)) == ["author"]
    assert told(c, done(AssignmentAct.COMMENT_ON_DRAFT, mine, c.author, {"comment": "同意"})) == ["leader", "operator"]
    assert told(c, done(AssignmentAct.SUBMIT_REPLY, mine, c.operator)) == ["leader"]
    assert told(c, done(AssignmentAct.SIGN_OFF, mine, c.leader, {})) == ["dispatch"]
    assert told(c, done(AssignmentAct.CHECK, mine, c.dispatch, {})) == ["operator"]
    assert told(c, done(AssignmentAct.SEND, mine, c.operator)) == ["author", "staff"]
    bad = make.rating("satisfied", "dissatisfied", "没有解决")
    assert told(c, done(AssignmentAct.RATE, mine, c.author, bad)) == ["leader", "operator", "staff"]


def test_giving_back(c):
    mine = make.share(make.assigned(c), c.unit)
    data = {"reason": "职责", "suggested_unit": c.third_unit.pk}
    assert told(c, done(AssignmentAct.REQUEST_RETURN, mine, c.operator, data)) == ["author", "dispatch"]
    passed_on = done(AssignmentAct.APPROVE_RETURN, mine, c.dispatch, {"new_unit": c.third_unit.pk})
    assert told(c, passed_on) == ["author", "leader", "operator", "third_operator"]


def test_every_proposer_of_a_merged_case_is_answered(c):
    merged = make.cosigning(c)
    perform(ProposalAct.SUBMIT, merged, c.author)
    perform(ProposalAct.PRE_REVIEW, merged, c.reviewer, {"recommendation": "merge", "business_category": c.business.pk})
    mine = make.signed(c)
    main = mine.proposal
    event = done(ProposalAct.MERGE, merged, c.head, {"into": main.pk, "reason": "内容相同"})
    assert told(c, event) == ["author", "cosigner"]
    make.replied(c, mine)
    assert told(c, last(main, "send")) == ["author", "cosigner", "staff"]


def test_a_collective_is_told_through_its_contacts(c):
    convener = people.holder(c.party, "convener", "召集人")
    proposal = make.collective_draft(c)
    event = done(ProposalAct.SUBMIT, proposal, c.contact)
    assert convener.pk in {notice.user_id for notice in notices_for(event)}
    assert told(c, event) == ["?", "reviewer", "staff"]


def test_the_portal_s_own_acts_tell_everybody_concerned(c):
    mine = make.replied(c, make.signed(c))
    perform(AssignmentAct.RATE, mine, c.author, make.rating())
    assert told(c, last(mine.proposal, "close")) == ["author"]


def test_who_left_the_post_or_has_no_account_is_not_told(c):
    c.staff.is_active = False
    c.staff.save()
    c.reviewer.person.appointments.update(ends="2025-12-31")
    assert told(c, done(ProposalAct.SUBMIT, make.draft(c), c.author)) == []


def test_the_subject_names_the_act_and_number_but_never_the_title(c):
    """It travels by mail."""
    event = done(ProposalAct.RETURN, make.reviewed(c), c.head, {"reason": "请补充数据"})
    (notice,) = notices_for(event)
    assert notice.subject == "【提案】退回修改：流水号 11-4-0001"
    assert notice.body == "孙立群“退回修改”，目前状态：退回修改。\n说明：请补充数据"
    assert notice.url == f"/proposals/{event.object_id}/"


def test_what_is_said_inside_is_not_repeated_in_the_notice(c):
    mine = make.signed(c)
    make.checked(c, mine)
    event = done(AssignmentAct.CHECK_BACK, mine, c.dispatch, {"reason": "内部意见"})
    assert ["内部意见" in notice.body for notice in notices_for(event)] == [False]


@pytest.mark.parametrize("act", [CosignatureAct.RECALL, CosignatureAct.INVITE_AGAIN])
def test_one_invitation_concerns_one_person(c, act):
    proposal = make.cosigning(c)
    mine = proposal.cosignatures.get(person=c.invitee.person)
    event = done(CosignatureAct.RECALL, mine, c.author)
    if act != CosignatureAct.RECALL:
        event = done(act, mine, c.author)
    assert told(c, event) == ["invitee"]

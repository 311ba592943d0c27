"""Who is told of each act: the exact people, never the one who did it, and in which words."""

import pytest

from proposals import places, telling
from proposals.acts import AssignmentAct, CosignatureAct, ProposalAct
from proposals.audiences import notices_for
from proposals.models import Assignment, Proposal
from tests.factories import county as make
from tests.factories import people
from workflow.engine import perform
from workflow.models import Event
from workflow.transition import all_processes

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
    done(ProposalAct.CONFIRM_COLLECTIVE, proposal, convener)
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
    assert notice.body == "提案委退回修改，请按修改意见改好后重新提交。\n修改意见：请补充数据"
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


def words(event: Event, user) -> tuple[str, str]:
    """The subject after its act, and the body, of what this user is told."""
    (notice,) = [notice for notice in notices_for(event) if notice.user_id == user.pk]
    return notice.subject.split("：", 1)[1], notice.body


def day(on) -> str:
    return f"{on.month}月{on.day}日"


def test_every_audience_of_every_act_has_its_sentence():
    """For each state to which an act may lead."""
    for process in (one for one in all_processes() if one.model._meta.app_label == "proposals"):
        written = telling.WORDS[process.name]
        for row in process.transitions:
            targets = getattr(row.target, "targets", None) or [row.target]
            for target in targets if row.notify else ():
                found = written.get((row.act, target)) or written[row.act]
                assert set(row.notify) <= found.keys(), (row.act, target)


def test_a_unit_hears_until_when_to_sign_and_the_proposer_who_answers(c):
    proposal = make.assigned(c)
    mine, event = make.share(proposal, c.unit), last(proposal, "assign")
    number = "县政协十一届四次会议第 001 号"
    assert words(event, c.operator) == (number, f"已交你单位办理，请于{day(mine.sign_due_on)}前签收。")
    assert words(event, c.author) == (number, f"已交县教育局办理，应于{day(mine.due_on)}前答复您。")


def test_a_case_without_a_number_is_called_by_what_it_is_to_the_reader(c):
    proposal = make.cosigning(c)
    subject, body = words(last(proposal, "invite"), c.invitee)
    assert (subject, body.split("，")[0]) == ("请您联名的提案", "周明远邀请您联名")
    assert words(last(proposal, "agree"), c.author) == ("您起草的提案", "李素芬同意联名。")


def test_the_main_proposer_is_told_at_the_main_case(c):
    main, joined = make.filed(c), make.reviewed(c)
    Proposal.objects.filter(pk=main.pk).update(first_proposer=c.other_member.person)
    event = done(ProposalAct.MERGE, joined, c.head, {"into": main.pk, "reason": "内容相同"})
    told_main = next(notice for notice in notices_for(event) if notice.user_id == c.other_member.pk)
    assert told_main.subject == "【提案】并案：县政协十一届四次会议第 001 号"
    assert told_main.body == "流水号 11-4-0002已并入本案，由承办单位一并答复。\n并案理由：内容相同"
    assert told_main.url == f"/proposals/{main.pk}/"
    assert words(event, c.author)[1].startswith("提案已并入县政协十一届四次会议第 001 号，随那件提案一并答复您。")


def test_after_a_return_each_unit_hears_its_own(c):
    mine = make.share(make.assigned(c), c.unit)
    done(AssignmentAct.REQUEST_RETURN, mine, c.operator, {"reason": "职责", "suggested_unit": c.third_unit.pk})
    event = done(AssignmentAct.APPROVE_RETURN, mine, c.dispatch, {"new_unit": c.third_unit.pk})
    new = make.share(mine.proposal, c.third_unit)
    assert words(event, c.operator)[1] == "退办已同意，本案已改交县水利局，你单位不再承办，也不能再查看。"
    assert words(event, c.third_operator)[1] == f"本案由县教育局改交你单位办理，请于{day(new.sign_due_on)}前签收。"
    assert {n.url for n in notices_for(event) if n.user_id == c.third_operator.pk} == {new.get_absolute_url()}


def test_a_refused_return_is_told_to_those_who_were_promised_an_answer(c):
    for mine in (make.share(make.assigned(c), c.unit), make.signed(c)):
        done(AssignmentAct.REQUEST_RETURN, mine, c.operator, {"reason": "职责", "suggested_unit": c.third_unit.pk})
        event = done(AssignmentAct.REFUSE_RETURN, mine, c.dispatch, {"reason": "职责明确"})
        due = day(Assignment.objects.get(pk=mine.pk).due_on)
        told = words(event, c.author)[1]
        assert told == f"县教育局的退办申请没有同意，仍由县教育局办理，应于{due}前答复。\n理由：职责明确"
        assert words(event, c.operator)[1].startswith("退办没有同意，请")


def test_places_have_a_title_only_for_those_who_see_them(c):
    mine = make.share(make.assigned(c), c.unit)
    case, share = mine.proposal.get_absolute_url(), mine.get_absolute_url()
    title = "关于加强校园周边交通管理的提案"
    urls = [case, share, "/help/", "/no/such/page/", "/proposals/987654/"]
    assert places.titles(c.operator, urls) == {case: title, share: title, "/proposals/987654/": None}
    assert places.titles(c.other_operator, urls) == {case: None, share: None, "/proposals/987654/": None}

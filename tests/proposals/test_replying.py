"""答复: contacts, 会办意见, the draft, sign-off, check, sending."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from deadlines.rules import due
from proposals import invariants, replies
from proposals.acts import AssignmentAct as Act
from proposals.acts import ProposalAct
from proposals.audiences import notices_for
from proposals.history import timeline
from proposals.models import Assignment, Commitment, Contact, Proposal, Reply
from proposals.states import AssignmentState, ProposalState
from proposals.todo import todo_for
from tests.factories import county as make
from workflow.engine import perform
from workflow.errors import Invalid, NotAllowed, NotFound, Refused, TooLate
from workflow.querysets import read_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(c):
    """A 独办 share, signed for."""
    return make.signed(c)


def fresh(share) -> Assignment:
    return Assignment.objects.get(pk=share.pk)


def refused(act, share, actor, data=None) -> Refused:
    with pytest.raises(Refused) as caught:
        perform(act, share, actor, data)
    return caught.value


# --- 面商 ---
def test_a_contact_is_logged_with_its_round(c, mine):
    make.contact(c, mine)
    kept = Contact.objects.get()
    assert (kept.assignment, kept.round, kept.recorded_by, kept.method) == (mine, 1, c.operator, "visit")


def test_a_contact_lies_in_the_past(c, mine):
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    data = {"stage": "before", "method": "phone", "on": tomorrow, "participants": "双方", "content": "商定"}
    assert refused(Act.LOG_CONTACT, mine, c.operator, data).errors.keys() == {"on"}


def test_the_portal_s_own_kind_of_contact_is_not_for_typing(c, mine):
    day = timezone.localdate().isoformat()  # not before the case was handed out
    data = {"stage": "before", "method": "draft", "on": day, "participants": "双方", "content": "商定"}
    assert refused(Act.LOG_CONTACT, mine, c.operator, data).errors.keys() == {"method"}


# --- 答复稿 ---
def test_a_draft_says_all_that_it_lacks(c, mine):
    assert refused(Act.SEND_DRAFT, mine, c.operator).sentence == "答复稿还缺：答复正文。"
    replies.save_draft(mine, c.operator, {"body": "现答复如下。"})
    assert refused(Act.SEND_DRAFT, mine, c.operator).sentence == (
        "答复稿还缺：办理结果（A、B、C、D）；第1、2条建议的采纳情况。"
    )
    first = mine.proposal.suggestions.first()
    replies.save_draft(mine, c.operator, {"result_class": "B"}, answers={first.pk: ("adopted", "")})
    assert refused(Act.SEND_DRAFT, mine, c.operator).sentence == (
        "答复稿还缺：第2条建议的采纳情况；B 类答复至少一项承诺事项（责任单位、期限）。"
    )


def test_no_promise_lies_in_the_past(c, mine):
    """Neither in the draft nor in what is being approved while time goes by; sent back, it can be dated anew."""
    yesterday = timezone.localdate() - timedelta(days=1)
    make.write_reply(mine, c.operator, "B")
    replies.save_draft(mine, c.operator, {}, commitments=[(c.unit, "改造", date(2020, 1, 1))])
    assert refused(Act.SEND_DRAFT, mine, c.operator).sentence == (
        "答复稿还缺：第1项承诺的完成期限（原填的已过，请改填）。"
    )
    make.checked(c, mine, result_class="B")
    Commitment.objects.update(due_on=yesterday)
    assert refused(Act.SEND, mine, c.operator).sentence == "第1项承诺的完成期限已过。"
    Reply.objects.update(checked_at=None)
    assert refused(Act.CHECK, mine, c.dispatch, {}).code == "promise_passed"
    perform(Act.CHECK_BACK, mine, c.dispatch, {"reason": "期限已过"})
    assert refused(Act.SUBMIT_REPLY, mine, c.operator).code == "reply_incomplete"


def test_the_reply_is_ready_step_by_step(c, mine):
    """Each refusal names the next thing to do, and nothing else is in the way after it."""
    make.write_reply(mine, c.operator)
    assert refused(Act.SUBMIT_REPLY, mine, c.operator).code == "no_contact"
    make.contact(c, mine)
    assert refused(Act.SUBMIT_REPLY, mine, c.operator).code == "draft_not_sent"
    perform(Act.SEND_DRAFT, mine, c.operator)
    assert refused(Act.SUBMIT_REPLY, mine, c.operator).code == "waiting_comment"
    perform(Act.COMMENT_ON_DRAFT, mine, c.author, {"comment": "同意"})
    perform(Act.SUBMIT_REPLY, mine, c.operator)
    assert fresh(mine).state == AssignmentState.AWAITING_SIGN_OFF


def test_the_proposer_s_comment_counts_as_a_contact(c, mine):
    make.write_reply(mine, c.operator)
    perform(Act.SEND_DRAFT, mine, c.operator)
    perform(Act.COMMENT_ON_DRAFT, mine, c.author, {"comment": "建议写明完成时间"})
    assert Contact.objects.get().method == "draft"
    perform(Act.SUBMIT_REPLY, mine, c.operator)


def test_after_ten_working_days_silence_is_no_obstacle(c, mine):
    make.contact(c, mine)
    make.write_reply(mine, c.operator)
    perform(Act.SEND_DRAFT, mine, c.operator)
    reply = Reply.objects.get()
    assert reply.comment_due_on == due("draft_comment", reply.draft_sent_at).on
    Reply.objects.update(comment_due_on=timezone.localdate())
    assert refused(Act.SUBMIT_REPLY, mine, c.operator).code == "waiting_comment"
    Reply.objects.update(comment_due_on=timezone.localdate() - timedelta(days=1))
    perform(Act.SUBMIT_REPLY, mine, c.operator)


def test_the_comment_is_a_setting(c, mine, settings):
    settings.REPLY_DRAFT_FOR_COMMENT = False
    make.contact(c, mine)
    make.write_reply(mine, c.operator)
    perform(Act.SUBMIT_REPLY, mine, c.operator)


def test_the_draft_goes_out_once_and_is_commented_once(c, mine):
    assert refused(Act.COMMENT_ON_DRAFT, mine, c.author, {"comment": "同意"}).code == "no_draft"
    make.write_reply(mine, c.operator)
    perform(Act.SEND_DRAFT, mine, c.operator)
    assert refused(Act.SEND_DRAFT, mine, c.operator).code == "draft_sent"
    perform(Act.COMMENT_ON_DRAFT, mine, c.author, {"comment": "同意"})
    assert refused(Act.COMMENT_ON_DRAFT, mine, c.author, {"comment": "同意"}).code == "commented"


def test_who_writes_a_reply(c, mine):
    with pytest.raises(NotAllowed):
        replies.save_draft(mine, c.leader, {"body": "x"})
    with pytest.raises(NotFound):
        replies.save_draft(mine, c.other_operator, {"body": "x"})
    assist = make.share(make.assigned(c, "lead"), c.other_unit)
    perform(Act.SIGN_FOR, assist, c.other_operator)
    with pytest.raises(NotAllowed, match="会办单位不直接答复"):
        replies.save_draft(assist, c.other_operator, {"body": "x"})


def test_saving_a_draft_notices_another_window_and_a_lock(c, mine):
    reply = replies.save_draft(mine, c.operator, {"body": "一"})
    with pytest.raises(TooLate, match="已在别处保存"):
        replies.save_draft(mine, c.operator, {"body": "二"}, seen_version=reply.version - 1)
    make.checked(c, mine)
    with pytest.raises(TooLate, match="不能修改答复稿"):
        replies.save_draft(mine, c.operator, {"body": "三"})


def test_answers_and_promises_are_of_this_case(c, mine):
    stranger = make.submitted(c).suggestions.first()
    reply = replies.save_draft(
        mine, c.operator, {}, answers={stranger.pk: ("adopted", "")}, commitments=[(c.unit, "改造", date(2027, 1, 1))]
    )
    assert reply.answers.count() == 0
    replies.save_draft(mine, c.operator, {}, commitments=[(c.other_unit, "拨款", date(2027, 2, 1))])
    assert [str(row) for row in reply.commitments.all()] == ["拨款"]


# --- 会办 ---
def test_a_lead_waits_for_opinions_until_they_expire(c):
    lead = make.signed(c, division="lead")
    assist = make.share(lead.proposal, c.other_unit)
    make.contact(c, lead)
    make.write_reply(lead, c.operator)
    perform(Act.SEND_DRAFT, lead, c.operator)
    perform(Act.COMMENT_ON_DRAFT, lead, c.author, {"comment": "同意"})
    assert "县财政局" in refused(Act.SUBMIT_REPLY, lead, c.operator).sentence
    Assignment.objects.filter(pk=assist.pk).update(due_on=timezone.localdate() - timedelta(days=1))
    perform(Act.SUBMIT_REPLY, lead, c.operator)


def test_an_opinion_is_signed_by_the_unit_s_leader(c):
    assist = make.share(make.assigned(c, "lead"), c.other_unit)
    perform(Act.SIGN_FOR, assist, c.other_operator)
    perform(Act.GIVE_OPINION, assist, c.other_operator, {"opinion": "同意安排经费。"})
    assert fresh(assist).opinion_at is None
    perform(Act.REFUSE_SIGN_OFF, assist, c.other_leader, {"reason": "请写明数额"})
    perform(Act.GIVE_OPINION, assist, c.other_operator, {"opinion": "同意安排二十万元。"})
    perform(Act.SIGN_OFF, assist, c.other_leader, {})
    kept = fresh(assist)
    assert (kept.state, kept.opinion) == (AssignmentState.OPINION_GIVEN, "同意安排二十万元。")
    assert kept.opinion_at is not None


def test_assisting_and_answering_are_not_mixed_up(c):
    lead = make.signed(c, division="lead")
    assist = make.share(lead.proposal, c.other_unit)
    perform(Act.SIGN_FOR, assist, c.other_operator)
    assert refused(Act.GIVE_OPINION, lead, c.operator, {"opinion": "x"}).code == "answering"
    for act in (Act.SEND_DRAFT, Act.SUBMIT_REPLY):
        assert refused(act, assist, c.other_operator).code == "assist"


def test_a_draft_changed_after_the_comment_is_seen_again(c, mine):
    """A word may be sent again; another class or verdict has to be, whatever the proposer said before."""
    make.write_reply(mine, c.operator)
    perform(Act.SEND_DRAFT, mine, c.operator)
    assert refused(Act.SEND_DRAFT, mine, c.operator).sentence == "答复稿已送提案人征求意见。"
    perform(Act.COMMENT_ON_DRAFT, mine, c.author, {"comment": "同意"})
    kept = refused(Act.SEND_DRAFT, mine, c.operator)
    assert (kept.code, kept.sentence) == ("draft_sent", "这份答复稿已征求过提案人意见，之后没有改动。")
    replies.save_draft(mine, c.operator, {"body": "改了一个字。"})
    perform(Act.SUBMIT_REPLY, mine, c.operator)
    perform(Act.REFUSE_SIGN_OFF, mine, c.leader, {"reason": "再斟酌"})
    first = mine.proposal.suggestions.first().pk
    for change in ({"data": {"result_class": "C"}}, {"data": {}, "answers": {first: ("not_adopted", "")}}):
        replies.save_draft(mine, c.operator, **change)
        assert refused(Act.SUBMIT_REPLY, mine, c.operator).code == "draft_changed"
        todo = [item.what for item in todo_for(c.operator)]
        assert todo == ["再送提案人征求意见"]
        perform(Act.SEND_DRAFT, mine, c.operator)
        assert (Reply.objects.get().comment, refused(Act.SUBMIT_REPLY, mine, c.operator).code) == (
            "",
            "waiting_comment",
        )
        perform(Act.COMMENT_ON_DRAFT, mine, c.author, {"comment": "知道了"})
    assert Contact.objects.filter(method="draft").count() == 3
    perform(Act.SUBMIT_REPLY, mine, c.operator)


# --- 审签、复核、发出 ---
def test_back_from_the_leader_or_the_office_everything_is_signed_anew(c, mine):
    make.checked(c, mine)
    perform(Act.CHECK_BACK, mine, c.dispatch, {"reason": "第二条答非所问"})
    reply = Reply.objects.get()
    assert (reply.signed_at, reply.checked_at, fresh(mine).state) == (None, None, AssignmentState.HANDLING)
    perform(Act.SUBMIT_REPLY, mine, c.operator)
    perform(Act.REFUSE_SIGN_OFF, mine, c.leader, {"reason": "错字"})
    perform(Act.SUBMIT_REPLY, mine, c.operator)
    perform(Act.SIGN_OFF, mine, c.leader, {})
    assert refused(Act.SEND, mine, c.operator).code == "not_checked"


def test_the_office_may_correct_the_class_with_a_reason(c, mine):
    make.checked(c, mine)
    assert refused(Act.CHECK, mine, c.dispatch, {}).code == "checked"
    perform(Act.CHECK_BACK, mine, c.dispatch, {"reason": "再核"})
    perform(Act.SUBMIT_REPLY, mine, c.operator)
    perform(Act.SIGN_OFF, mine, c.leader, {})
    with pytest.raises(Invalid):
        perform(Act.CHECK, mine, c.dispatch, {"result_class": "C"})
    assert refused(Act.CHECK, mine, c.dispatch, {"result_class": "B", "reason": "已列计划"}).code == "no_commitment"
    event = perform(Act.CHECK, mine, c.dispatch, {"result_class": "C", "reason": "条件尚不具备"})
    assert (event.data["old_class"], event.data["new_class"]) == ("A", "C")
    assert Reply.objects.get().result_class == "C"


def test_sending_numbers_the_letter_and_starts_the_rating(c, mine):
    make.replied(c, mine)
    reply, today = Reply.objects.get(), timezone.localdate()
    assert (reply.letter_year, reply.letter_serial) == (today.year, 1)
    assert reply.letter_number == f"县教育局提〔{today.year}〕1号"
    kept = fresh(mine)
    assert (kept.state, kept.rating_due_on) == (AssignmentState.REPLIED, due("rating", reply.sent_at).on)
    assert Proposal.objects.get(pk=mine.proposal_id).state == ProposalState.REPLIED
    assert make.replied(c, make.signed(c)).replies.get().letter_serial == 2


def test_only_the_last_of_several_replies_moves_the_case(c):
    one = make.signed(c, division="separate")
    make.replied(c, one)
    assert Proposal.objects.get(pk=one.proposal_id).state == ProposalState.HANDLING
    two = make.share(one.proposal, c.other_unit)
    perform(Act.SIGN_FOR, two, c.other_operator)
    make.replied(c, two, c.other_operator, c.other_leader)
    case = Proposal.objects.get(pk=one.proposal_id)
    assert (case.state, case.replied_at is not None) == (ProposalState.REPLIED, True)


# --- 更正 ---
def test_the_head_corrects_what_is_registered_of_a_reply(c, mine):
    """What closes a way to publication can be put right; what is published is taken down first."""
    make.replied(c, mine)
    case = Proposal.objects.get(pk=mine.proposal_id)

    def corrected(**data):
        return perform(Act.CORRECT_REPLY, mine, c.head, {"reason": "承办单位来函", **data})

    for data, field in (
        ({}, "result_class"),
        ({"result_class": "A"}, "result_class"),
        ({"result_class": "B"}, "result_class"),
    ):
        assert refused(Act.CORRECT_REPLY, mine, c.head, {"reason": "x", **data}).errors.keys() == {field}
    event = corrected(result_class="C", disclosure="on_request")
    reply = Reply.objects.get()
    assert (reply.result_class, reply.disclosure) == ("C", "on_request")
    assert event.data["old"] == "A 已解决或基本解决（采纳）；主动公开"
    assert {n.user_id for n in notices_for(event)} == {c.author.pk, c.operator.pk, c.leader.pk, c.staff.pk}
    assert publishing(case, c) == "not_disclosed"
    corrected(disclosure="public")
    assert publishing(case, c) == ""
    for closer in ("closed", "summary"):
        asked = {"disclosure": closer, "reason": "x"}
        assert refused(Act.CORRECT_REPLY, mine, c.head, asked).errors.keys() == {"disclosure"}
    Reply.objects.update(result_class="B", upgraded_to="A")
    assert "已经转为 A 类" in str(refused(Act.CORRECT_REPLY, mine, c.head, {"result_class": "D", "reason": "x"}).errors)


def test_the_head_registers_the_proposer_s_consent(c, mine):
    make.replied(c, mine)
    case = Proposal.objects.get(pk=mine.proposal_id)
    Proposal.objects.update(publish_consent=False, publish_refusal="涉及个别企业")
    assert refused(ProposalAct.PUBLISH, case, c.staff).next_step.endswith("再由提案委负责人点“更正”登记。")
    said = {"field": "publish_consent", "reason": "6月1日电话征得同意"}
    assert refused(ProposalAct.CORRECT, case, c.head, said).errors.keys() == {"consent"}
    event = perform(ProposalAct.CORRECT, case, c.head, {**said, "consent": "yes"})
    assert (event.data["old"], event.data["new"]) == ("不同意公开（涉及个别企业）", "同意公开")
    assert (
        notices_for(event)[0].body.splitlines()[0]
        == "提案委把您的提案登记为“同意公开”，如与您的意思不符，可联系提案委。"
    )
    readers = (c.author, c.head, c.operator, c.dispatch)
    assert [shows(case, user, "涉及个别企业") for user in readers] == [True, True, False, False]
    again = refused(ProposalAct.CORRECT, case, c.head, {**said, "consent": "yes"})
    assert again.errors == {"consent": ["与现在登记的相同，不需要更正。"]}
    assert publishing(case, c) == ""
    assert refused(ProposalAct.CORRECT, case, c.head, {**said, "consent": "no"}).errors.keys() == {"consent"}


def shows(case, user, words: str) -> bool:
    """Whether the timeline tells this reader so."""
    seen = timeline(read_case(Proposal, case.pk, user, rows="all"), user)
    return any(words in text for entry in seen for _label, text in entry["shown"])


def test_a_wrong_contact_is_voided_but_never_the_last_one_of_a_reply(c, mine):
    make.contact(c, mine)
    first = Contact.objects.get()
    event = perform(Act.VOID_CONTACT, mine, c.head, {"contact": first.pk, "reason": "没有去"})
    assert (Contact.objects.count(), Contact.every.count(), event.data["contact"]) == (0, 1, first.pk)
    make.write_reply(mine, c.operator)
    assert refused(Act.SUBMIT_REPLY, mine, c.operator).code == "no_contact"
    assert refused(Act.VOID_CONTACT, mine, c.head, {"reason": "x"}).code == "nothing_to_void"
    make.replied(c, mine)
    Contact.objects.filter(method="draft").delete()
    kept = Contact.objects.get()
    assert refused(Act.VOID_CONTACT, mine, c.head, {"contact": kept.pk, "reason": "x"}).code == "only_contact"
    make.contact(c, mine)
    perform(Act.VOID_CONTACT, mine, c.head, {"contact": kept.pk, "reason": "日期有误"})
    assert (Contact.objects.count(), [str(fault) for fault in invariants.faults()]) == (1, [])


# --- 公开 ---
def publishing(case, c) -> str:
    try:
        perform(ProposalAct.PUBLISH, case, c.staff)
    except Refused as error:
        return error.code
    return ""


def test_publishing_takes_three_consents(c, mine):
    make.replied(c, mine)
    case = Proposal.objects.get(pk=mine.proposal_id)
    Proposal.objects.filter(pk=case.pk).update(publish_consent=False)
    assert publishing(case, c) == "no_consent"
    Proposal.objects.filter(pk=case.pk).update(publish_consent=True)
    Reply.objects.update(disclosure="on_request")
    assert publishing(case, c) == "not_disclosed"
    Reply.objects.update(disclosure="public")
    assert [publishing(case, c), publishing(case, c)] == ["", "published"]
    perform(ProposalAct.UNPUBLISH, case, c.staff, {"reason": "核对"})
    assert Proposal.objects.get(pk=case.pk).published_at is None

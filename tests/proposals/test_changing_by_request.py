"""申请修改文字、申请撤案: asked by the proposer, decided by the head, and what follows for case and units."""

import pytest

from members.models import User
from proposals import replies
from proposals.acts import AssignmentAct, ChangeRequestAct, ProposalAct
from proposals.audiences import notices_for
from proposals.models import Assignment, ChangeRequest, Proposal, RejectionReason, Reply, Suggestion
from proposals.statistics import session_report
from proposals.todo import todo_for
from tests.factories import county as make
from workflow.engine import perform
from workflow.errors import Invalid, NotAllowed, Refused, TooLate
from workflow.models import Event

pytestmark = pytest.mark.django_db

WHY = {"reason": "情况有变化"}


def text(**changed) -> dict:
    return {
        "title": "关于加强校园周边交通管理的提案", "situation": "上下学时段校门口拥堵，存在安全隐患。",
        "suggestions": ["增设减速带", "错时上下学"], "reason": "数据有更新", **changed,
    }  # fmt: skip


def asked(c, proposal, **changed) -> ChangeRequest:
    perform(ProposalAct.ASK_AMEND, proposal, c.author, text(**changed))
    return ChangeRequest.objects.open().get(proposal=proposal)


def withdrawal(c, proposal) -> ChangeRequest:
    perform(ProposalAct.ASK_WITHDRAWAL, proposal, c.author, WHY)
    return ChangeRequest.objects.open().get(proposal=proposal)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def told(process: str, act: str) -> dict[str, str]:
    """Name → first line, of the latest event of the act."""
    event = Event.objects.filter(process=process, act=act).latest("pk")
    names = {user.pk: user.person.name for user in User.objects.filter(person__isnull=False)}
    return {names[notice.user_id]: notice.body.splitlines()[0] for notice in notices_for(event)}


def suggestions(proposal) -> list[tuple[int, str]]:
    return list(Suggestion.objects.filter(proposal=proposal).order_by("position").values_list("position", "text"))


@pytest.mark.parametrize("stage", [make.submitted, make.reviewed, make.filed, make.assigned])
def test_a_granted_amendment_changes_the_text_and_keeps_the_old_one(c, stage):
    proposal = stage(c)
    request = asked(c, proposal, title="关于加强校园周边交通安全管理的提案", suggestions=["错时上下学", "增设护学岗"])
    before = fresh(proposal)
    assert (before.title, before.state) == ("关于加强校园周边交通管理的提案", proposal.state)
    perform(ChangeRequestAct.GRANT, request, c.head, {"reason": "同意"})
    after = fresh(proposal)
    assert (after.title, after.state) == ("关于加强校园周边交通安全管理的提案", proposal.state)
    assert suggestions(proposal) == [(1, "错时上下学"), (2, "增设护学岗")]
    kept = proposal.snapshots.order_by("at", "pk").last()
    assert (kept.occasion, kept.title, kept.suggestions, kept.by) == (
        "按申请修改前", "关于加强校园周边交通管理的提案", ["增设减速带", "错时上下学"], c.author,
    )  # fmt: skip
    request = fresh(request)
    assert (request.state, request.decided_by, request.decision) == ("granted", c.head, "同意")


def test_nothing_to_ask_for_once_a_reply_was_sent_or_before_submission(c):
    replied = make.replied(c, make.signed(c)).proposal
    with pytest.raises(TooLate):
        perform(ProposalAct.ASK_AMEND, replied, c.author, text())
    apart = make.assigned(c, division="separate")
    mine = make.share(apart, c.unit)
    perform(AssignmentAct.SIGN_FOR, mine, c.operator)
    make.replied(c, mine)
    for act, data in ((ProposalAct.ASK_AMEND, text(title="新")), (ProposalAct.ASK_WITHDRAWAL, WHY)):
        with pytest.raises(Refused) as refused:
            perform(act, fresh(apart), c.author, data)
        assert refused.value.code == "reply_sent"
    with pytest.raises(TooLate):
        perform(ProposalAct.ASK_AMEND, make.draft(c), c.author, text(title="新"))
    with pytest.raises(TooLate):
        perform(ProposalAct.ASK_WITHDRAWAL, make.submitted(c), c.author, WHY)


def test_one_open_request_and_the_asker_may_take_it_back(c):
    proposal = make.filed(c)
    request = asked(c, proposal, title="新案由")
    for act, data in ((ProposalAct.ASK_AMEND, text(title="再改")), (ProposalAct.ASK_WITHDRAWAL, WHY)):
        with pytest.raises(Refused) as refused:
            perform(act, fresh(proposal), c.author, data)
        assert refused.value.code == "change_open"
    perform(ChangeRequestAct.TAKE_BACK, request, c.author)
    with pytest.raises(TooLate):
        perform(ChangeRequestAct.GRANT, fresh(request), c.head, {})
    again = asked(c, fresh(proposal), title="再改")
    perform(ChangeRequestAct.REFUSE, again, c.head, {"reason": "改动超出原意"})
    assert (fresh(again).state, fresh(again).decision, fresh(proposal).title) == (
        "refused", "改动超出原意", "关于加强校园周边交通管理的提案",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({}, "__all__"), ({"title": "字" * 101}, "title"), ({"situation": " "}, "situation"),
        ({"suggestions": []}, "suggestions"), ({"suggestions": ["字" * 2001]}, "suggestions"),
        ({"suggestions": [f"建议{n}" for n in range(21)]}, "suggestions"), ({"suggestions": ["一\x00二"]}, "suggestions"),
        ({"title": "新", "reason": ""}, "reason"), ({"title": "新\x00"}, "title"),
    ],
)  # fmt: skip
def test_an_invalid_request_names_its_field_and_changes_nothing(c, changed, where):
    with pytest.raises(Invalid) as refused:
        perform(ProposalAct.ASK_AMEND, make.filed(c), c.author, text(**changed))
    assert list(refused.value.errors) == [where]
    assert ChangeRequest.objects.count() == 0


def test_suggestions_as_one_text_are_split_at_blank_lines(c):
    proposal = make.filed(c)
    request = asked(c, proposal, suggestions="增设减速带\r\n并划线\r\n \r\n错时上下学\n\n\n")
    assert request.proposed["suggestions"] == ["增设减速带\n并划线", "错时上下学"]


def test_a_drafted_answer_follows_its_suggestion_and_is_never_lost(c):
    mine = make.signed(c, suggestions=("增设减速带", "错时上下学", "安装护栏"))
    by_text = {s.text: s for s in mine.proposal.suggestions.all()}
    answers = {by_text["错时上下学"].pk: ("adopted", "已与学校商定。"), by_text["安装护栏"].pk: ("", "")}
    replies.save_draft(mine, c.operator, {"body": "现答复如下。"}, answers=answers)
    dropping = asked(c, mine.proposal, suggestions=["增设减速带", "安装护栏"])
    with pytest.raises(Refused) as refused:
        perform(ChangeRequestAct.GRANT, dropping, c.head, {})
    assert (refused.value.code, "第 2 条" in str(refused.value)) == ("drafted_answer", True)
    perform(ChangeRequestAct.REFUSE, dropping, c.head, {"reason": "请保留第 2 条"})
    request = asked(c, fresh(mine.proposal), suggestions=["错时上下学，并公布时间表", "增设减速带", "增设护学岗"])
    perform(ChangeRequestAct.GRANT, request, c.head, {})
    reply = Reply.objects.get(assignment=mine)
    assert suggestions(mine.proposal) == [(1, "错时上下学，并公布时间表"), (2, "增设减速带"), (3, "增设护学岗")]
    said = reply.answers.exclude(text="").values_list("suggestion__position", "verdict", "text")
    assert list(said) == [(1, "adopted", "已与学校商定。")]
    with pytest.raises(TooLate):  # the page the unit has open shows the old text
        replies.save_draft(mine, c.operator, {"body": "x"}, seen_version=1)


def test_a_reply_being_approved_goes_back_to_its_writer(c):
    mine = make.checked(c, make.signed(c))
    request = asked(c, fresh(mine.proposal), suggestions=["增设减速带", "错时上下学", "增设护学岗"])
    perform(ChangeRequestAct.GRANT, request, c.head, {})
    reply = Reply.objects.get(assignment=mine)
    assert (fresh(mine).state, reply.signed_at, reply.checked_at) == ("handling", None, None)
    with pytest.raises(Refused) as refused:
        perform(AssignmentAct.SUBMIT_REPLY, fresh(mine), c.operator)
    assert "第3条建议的采纳情况" in str(refused.value)


def test_words_polished_meanwhile_are_not_overwritten(c):
    proposal = make.submitted(c)
    request = asked(c, proposal, title="新案由")
    data = {"recommendation": "file", "business_category": c.business.pk, "title": "润色后的案由"}
    perform(ProposalAct.PRE_REVIEW, proposal, c.reviewer, data)
    with pytest.raises(Refused) as refused:
        perform(ChangeRequestAct.GRANT, request, c.head, {})
    assert (refused.value.code, fresh(proposal).title) == ("text_moved", "润色后的案由")


@pytest.mark.parametrize("act", ["withdraw", "return", "reject", "send"])
def test_a_request_lapses_when_the_case_goes_another_way(c, act):
    if act == "send":
        mine = make.checked(c, make.signed(c))
        request = withdrawal(c, fresh(mine.proposal))
        perform(AssignmentAct.SEND, mine, c.operator)
    else:
        request = asked(c, proposal := make.reviewed(c), title="新案由")
        actor, data = (c.author, WHY) if act == "withdraw" else (c.head, WHY)
        if act == "reject":
            data = {"rejection_reason": RejectionReason.objects.first().pk, "disposition": "none", **WHY}
        perform(act, proposal, actor, data)
    assert fresh(request).state == "lapsed"


def test_a_granted_withdrawal_keeps_its_number_and_recalls_every_unit(c):
    proposal = make.assigned(c, division="lead")
    serial = fresh(proposal).serial
    perform(AssignmentAct.SIGN_FOR, make.share(proposal, c.unit), c.operator)
    request = withdrawal(c, fresh(proposal))
    perform(ChangeRequestAct.GRANT, request, c.head, {})
    proposal = fresh(proposal)
    states = set(Assignment.objects.filter(proposal=proposal).values_list("state", flat=True))
    assert (proposal.state, proposal.serial, states) == ("withdrawn", serial, {"recalled"})
    assert not Proposal.objects.visible_to(c.operator).filter(pk=proposal.pk).exists()
    assert not Assignment.objects.late("2100-01-01").filter(proposal=proposal).exists()
    assert fresh(make.filed(c)).serial == serial + 1
    report = session_report(c.session)
    assert (report["received"], report["filed"], report["withdrawn"], report["handled"]) == (2, 1, 1, 0)
    assert todo_for(c.operator) == []
    assert [str(item.what) for item in todo_for(c.head) if item.process == "change_request"] == []


def test_a_case_with_others_merged_in_is_not_withdrawn(c):
    main, other = make.filed(c), make.reviewed(c)
    request = withdrawal(c, main)
    perform(ProposalAct.MERGE, other, c.head, {"into": main.pk, "reason": "内容相同"})
    with pytest.raises(Refused) as refused:
        perform(ChangeRequestAct.GRANT, request, c.head, {})
    assert refused.value.next_step == "请先撤销那些提案的并案决定，再同意撤案。"
    perform(ChangeRequestAct.REFUSE, request, c.head, {"reason": "有提案并入"})
    with pytest.raises(Refused) as refused:
        perform(ProposalAct.ASK_WITHDRAWAL, fresh(main), c.author, WHY)
    assert refused.value.code == "has_merged"


def test_co_signers_say_what_they_think_and_the_head_is_told(c):
    proposal = make.cosigning(c)
    perform(ProposalAct.SUBMIT, proposal, c.author)
    perform(
        ProposalAct.PRE_REVIEW, proposal, c.reviewer, {"recommendation": "file", "business_category": c.business.pk}
    )
    perform(ProposalAct.FILE, proposal, c.head, {})
    request = withdrawal(c, fresh(proposal))
    perform(ChangeRequestAct.GIVE_VIEW, request, c.cosigner, {"agrees": "true"})
    perform(ChangeRequestAct.GIVE_VIEW, request, c.cosigner, {"agrees": "false", "reason": "仍有必要"})
    assert [(str(v), v.comment) for v in request.views.all()] == [("李素芬：不同意", "仍有必要")]
    with pytest.raises(NotAllowed):
        perform(ChangeRequestAct.GIVE_VIEW, request, c.author, {"agrees": "true"})
    with pytest.raises(Invalid):
        perform(ChangeRequestAct.GIVE_VIEW, request, c.cosigner, {"agrees": "maybe"})


def test_everybody_concerned_is_told(c):
    proposal = make.assigned(c)
    request = asked(c, proposal, title="新案由")
    assert [(item.what, item.title) for item in todo_for(c.head) if item.process == "change_request"] == [
        ("决定变更申请（修改文字）", proposal.title)
    ]
    assert told("proposal", "ask_amend") == {"孙立群": "周明远申请修改提案文字，请对照改动后决定。"}
    perform(ChangeRequestAct.GRANT, request, c.head, {})
    assert told("change_request", "grant") == {"周明远": "提案委同意修改申请，提案已改为新的文字。"}
    changed = "提案人经提案委同意修改了提案文字，请查看改动，按新的文字办理。"
    assert told("proposal", "amend") == {"吴小兰": changed, "郑向东": changed}
    request = withdrawal(c, fresh(proposal))
    perform(ChangeRequestAct.GRANT, request, c.head, {})
    assert told("change_request", "grant") == {"周明远": "提案委同意撤案申请，提案不再办理；案号保留，不再另用。"}
    gone = "提案人经提案委同意撤案，你单位不再承办，也不能再查看。"
    assert told("assignment", "recall") == {"吴小兰": gone, "郑向东": gone}

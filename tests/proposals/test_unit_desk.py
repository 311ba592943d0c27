"""承办工作台: tabs, two people for one reply, internal notes, numbers of letters, sealed scan, 补充答复, 办后面商."""

from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from documents.models import Attachment
from documents.uploads import attach
from members.appointing import both_posts
from members.models import Appointment, Organization
from notices.models import Message
from proposals import letters, replies, unit_desk
from proposals.acts import AssignmentAct as Act
from proposals.acts import ProposalAct
from proposals.attachments import RATING
from proposals.history import timeline
from proposals.models import Assignment, Contact, Proposal, Reply, SupplementaryReply
from proposals.states import AssignmentState, ProposalState
from tests.factories import county as make
from tests.factories import people
from workflow.engine import available, perform
from workflow.errors import Invalid, Refused
from workflow.models import Event

pytestmark = pytest.mark.django_db
NOTE = "先去现场看看再动笔"


def refused(act, share, actor, data=None) -> str:
    with pytest.raises(Refused) as caught:
        perform(act, share, actor, data)
    return caught.value.code


def fresh(share) -> Assignment:
    return Assignment.objects.get(pk=share.pk)


def tab_of(share, user) -> str:
    """The one tab in which the user finds the share."""
    rows = unit_desk.of_units(user)
    found = [tab for tab in unit_desk.TABS if unit_desk.in_tab(rows, tab).filter(pk=share.pk).exists()]
    assert len(found) == 1
    return found[0]


def line_of(share, user) -> unit_desk.Line:
    from deadlines import book

    rows = unit_desk.in_tab(unit_desk.of_units(user), tab_of(share, user)).filter(pk=share.pk)
    return unit_desk.lines(rows, book.load())[0]


def shown(share, *users) -> list[tuple[str, str]]:
    """(tab, what the user is to do or waits for), for each."""
    lines = [(tab_of(share, user), line_of(share, user)) for user in users]
    return [(tab, line.todo.what if line.todo else line.waiting) for tab, line in lines]


def three_units(c) -> tuple[Assignment, Assignment, Assignment]:
    """主办 with two 会办."""
    proposal = make.filed(c)
    others = [c.other_unit.pk, c.third_unit.pk]
    perform(ProposalAct.ASSIGN, proposal, c.staff, {"division": "lead", "unit": c.unit.pk, "others": others})
    return tuple(make.share(proposal, unit) for unit in (c.unit, c.other_unit, c.third_unit))


# --- the story: 主办 with two 会办, one of them late ---
def test_from_signing_for_to_the_sent_letter(c):
    Organization.objects.filter(pk=c.unit.pk).update(letter_code="西教提")
    Organization.objects.filter(pk=c.other_unit.pk).update(letter_code="西财提")
    lead, one, late = three_units(c)
    assert shown(lead, c.operator, c.leader) == [("to_sign", "签收"), ("to_sign", "等经办人签收")]
    for share, operator in ((lead, c.operator), (one, c.other_operator), (late, c.third_operator)):
        perform(Act.SIGN_FOR, share, operator)
    line = line_of(lead, c.operator)
    assert (line.todo.what, line.contact.on, line.sign.on) == (
        "联系提案人", fresh(lead).contact_due_on, fresh(lead).due_on,
    )  # fmt: skip
    make.contact(c, lead)
    assert (line_of(lead, c.operator).contact, shown(lead, c.operator)) == (None, [("in_hand", "撰写答复")])
    make.write_reply(lead, c.operator)
    perform(Act.SEND_DRAFT, lead, c.operator)
    tab, words = shown(lead, c.operator)[0]
    assert (tab, words.startswith("等提案人对答复稿提意见（至")) == ("waiting", True)
    perform(Act.COMMENT_ON_DRAFT, lead, c.author, {"comment": "同意"})
    assert shown(lead, c.operator) == [("waiting", "等会办意见：县财政局、县水利局")]
    perform(Act.GIVE_OPINION, one, c.other_operator, {"opinion": "同意安排经费二十万元。"})
    assert shown(one, c.other_operator, c.other_leader) == [
        ("to_sign_off", "等本单位领导审签"),
        ("to_sign_off", "审签"),
    ]
    perform(Act.SIGN_OFF, one, c.other_leader, {})
    year = timezone.localdate().year
    assert (fresh(one).opinion_number, tab_of(one, c.other_operator)) == (f"西财提函〔{year}〕1号", "sent")
    assert shown(lead, c.operator) == [("waiting", "等会办意见：县水利局")]
    Assignment.objects.filter(pk=late.pk).update(due_on=timezone.localdate() - timedelta(days=1))
    assert shown(lead, c.operator) == [("in_hand", "报领导审签")]
    perform(Act.SUBMIT_REPLY, lead, c.operator)
    assert shown(lead, c.operator, c.leader) == [("to_sign_off", "等本单位领导审签"), ("to_sign_off", "审签")]
    perform(Act.SIGN_OFF, lead, c.leader, {})
    assert shown(lead, c.operator) == [("waiting", "等交办机构复核")]
    perform(Act.CHECK, lead, c.dispatch, {})
    assert Reply.objects.get().letter_number == f"西教提〔{year}〕1号"  # it must stand on the letter that is sealed
    assert shown(lead, c.operator, c.leader) == [("in_hand", "发出答复"), ("in_hand", "等经办人发出")]
    perform(Act.SEND, lead, c.operator)
    reply = Reply.objects.get()
    assert reply.copies == "县政协提案委、县委县政府督查室、县财政局、县水利局"
    assert tab_of(lead, c.operator) == "sent"
    assert unit_desk.counts(unit_desk.of_units(c.operator)) == {
        "to_sign": 0, "in_hand": 0, "waiting": 0, "to_sign_off": 0, "sent": 1,
    }  # fmt: skip
    assert shown(late, c.third_operator) == [("sent", "逾期未报会办意见，主办单位已经答复")]


def test_a_return_that_was_asked_for_waits_for_the_office(c):
    mine = make.signed(c)
    perform(Act.REQUEST_RETURN, mine, c.operator, {"reason": "不属职责", "suggested_unit": c.third_unit.pk})
    assert shown(mine, c.operator) == [("waiting", "等交办机构决定是否同意退办")]
    assert unit_desk.of_units(c.author) is None


def test_without_the_proposer_s_comment_nobody_waits_for_it(c, settings):
    settings.REPLY_DRAFT_FOR_COMMENT = False
    lead, one, late = three_units(c)
    perform(Act.SIGN_FOR, lead, c.operator)
    make.contact(c, lead)
    assert shown(lead, c.operator) == [("in_hand", "撰写答复")]
    make.write_reply(lead, c.operator)
    assert shown(lead, c.operator) == [("waiting", "等会办意见：县财政局、县水利局")]


# --- two people for one reply ---
def test_nobody_signs_what_they_submitted_themselves(c):
    both = people.appoint(c.operator, c.unit, "unit_leader")
    mine = make.signed(c)
    make.contact(c, mine)
    make.write_reply(mine, c.operator)
    perform(Act.SEND_DRAFT, mine, c.operator)
    perform(Act.COMMENT_ON_DRAFT, mine, c.author, {"comment": "同意"})
    perform(Act.SUBMIT_REPLY, mine, c.operator)
    assert refused(Act.SIGN_OFF, mine, c.operator, {}) == "own_writing"
    case = Assignment.objects.for_acting().with_roles_of(c.operator).get(pk=mine.pk)
    blocked = {option.act: option.blocked.next_step for option in available(case, c.operator) if option.blocked}
    del blocked["answer_demand"]  # nothing was demanded
    assert blocked == {"sign_off": "请由本单位另一位领导审签；还没有登记的，请联系系统管理员登记。"}
    perform(Act.SIGN_OFF, mine, c.leader, {})
    assert fresh(mine).state == AssignmentState.AWAITING_CHECK
    warned = both_posts(both)
    assert warned.startswith("吴小兰同时是县教育局的经办人和单位领导。")
    assert both_posts(Appointment.objects.get(person=c.leader.person)) == ""


def test_an_opinion_too_takes_two(c):
    assist = make.share(make.assigned(c, "lead"), c.other_unit)
    people.appoint(c.other_operator, c.other_unit, "unit_leader")
    perform(Act.SIGN_FOR, assist, c.other_operator)
    perform(Act.GIVE_OPINION, assist, c.other_operator, {"opinion": "同意。"})
    assert refused(Act.SIGN_OFF, assist, c.other_operator, {}) == "own_writing"
    perform(Act.SIGN_OFF, assist, c.other_leader, {})


# --- internal notes ---
def test_a_note_stays_in_its_unit(c, client):
    lead, one, _late = three_units(c)
    for share, operator in ((lead, c.operator), (one, c.other_operator)):
        perform(Act.SIGN_FOR, share, operator)
    perform(Act.GIVE_OPINION, one, c.other_operator, {"opinion": "同意。"})
    perform(Act.SIGN_OFF, one, c.other_leader, {})
    perform(Act.NOTE, one, c.other_operator, {"reason": NOTE})  # the lead unit sees this share, and not the note
    sees = {"operator of the unit": c.other_operator, "leader of the unit": c.other_leader}
    people.appoint(c.other_member, c.unit, "operator")  # works for the lead unit, and for the dispatch office
    people.appoint(c.other_member, Organization.objects.get(kind="dispatch"), "head")
    others = [c.operator, c.leader, c.third_operator, c.dispatch, c.staff, c.head, c.reviewer, c.author, c.other_member]
    for user in (*sees.values(), *others):
        case = Proposal.objects.visible_to(user).with_roles_of(user).get(pk=one.proposal_id)
        assert (NOTE in str(timeline(case, user))) == (user in sees.values()), user
        assert NOTE not in str(timeline(case))
        client.force_login(user)
        for address in (
            case.get_absolute_url(), f"/api/v1/proposals/{case.pk}/", f"/api/v1/assignments/{one.pk}/",
            f"/proposals/assignments/{lead.pk}/reply/",
            f"/admin/proposals/assignment/{one.pk}/change/", f"/admin/proposals/assignment/{one.pk}/history/",
            f"/admin/proposals/proposal/{case.pk}/change/", f"/admin/proposals/proposal/{case.pk}/history/",
        ):  # fmt: skip
            assert (NOTE in client.get(address).content.decode()) == (
                user in sees.values() and "/admin/" not in address and "reply" not in address
            ), (user, address)
    assert not Message.objects.filter(body__contains=NOTE).exists()
    Proposal.objects.filter(pk=one.proposal_id).update(published_at=timezone.now())
    client.logout()
    assert NOTE not in client.get(f"/public/{one.proposal_id}/").content.decode()


# --- numbers ---
def test_the_unit_s_word_changes_only_later_numbers(c):
    year = timezone.localdate().year
    first = make.replied(c, make.signed(c)).replies.get()
    assert first.letter_number == f"县教育局提〔{year}〕1号"
    Organization.objects.filter(pk=c.unit.pk).update(letter_code="西教提", name="县教育体育局")
    back = make.checked(c, make.signed(c))
    perform(Act.CHECK_BACK, back, c.dispatch, {"reason": "错字"})
    assert back.replies.get().letter_number == f"西教提〔{year}〕2号"
    perform(Act.SUBMIT_REPLY, back, c.operator)
    perform(Act.SIGN_OFF, back, c.leader, {})
    perform(Act.CHECK, back, c.dispatch, {})
    perform(Act.SEND, back, c.operator)
    numbers = [reply.letter_number for reply in Reply.objects.order_by("letter_serial")]
    assert numbers == [f"县教育局提〔{year}〕1号", f"西教提〔{year}〕2号"]


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("西教提〔2026〕", "发文代字只写汉字，如“西教提”；年份和序号由系统编排。"),
        ("西 教提", "发文代字只写汉字，如“西教提”；年份和序号由系统编排。"),
        ("西教提函", "发文代字不要以“函”字结尾：会办意见的文号由系统在后面加“函”字。"),
        ("西财提", "“西财提”已是县财政局的发文代字，请另定一个。"),
        ("西教提", ""),
    ],
)
def test_a_word_that_cannot_be_confused(c, code, sentence):
    Organization.objects.filter(pk=c.other_unit.pk).update(letter_code="西财提")
    c.unit.letter_code = code
    try:
        c.unit.full_clean()
        said = ""
    except ValidationError as error:
        said = error.messages[0]
    assert said == sentence


def test_letterheads():
    def formal(name: str, system: str) -> str:
        return letters.formal(Organization(kind="unit", name=name, system=system))

    assert [
        formal("县教育局", "government"), formal("县委宣传部", "party"), formal("权寨镇", "township"),
        formal("市生态环境局西平分局", "other"),
    ] == ["西平县教育局", "中共西平县委宣传部", "西平县权寨镇", "市生态环境局西平分局"]  # fmt: skip


# --- the sealed scan ---
def test_a_reply_goes_out_with_its_sealed_letter(c, settings, client):
    settings.REPLY_SCAN_REQUIRED = True
    mine = make.checked(c, make.signed(c))
    assert refused(Act.SEND, mine, c.operator) == "no_scan"
    with pytest.raises(Invalid) as caught:
        perform(Act.UPLOAD_SCAN, mine, c.operator, {"scan": make.scan(c.operator).pk})
    assert caught.value.errors["scan"] == ["“评价表.png”不是 PDF 文件。请把盖章的答复函扫描成 PDF 再上传。"]
    first, second = make.sealed(c.operator), make.sealed(c.operator, "重扫.pdf")
    for file in (first, second):
        perform(Act.UPLOAD_SCAN, mine, c.operator, {"scan": file.pk})
    assert list(Attachment.objects.filter(subject="proposals.reply_scan").values_list("name", flat=True)) == [
        "重扫.pdf"
    ]
    readers = {user: {False: 404, True: 200} for user in (c.author,)}
    readers |= {user: {False: 200, True: 200} for user in (c.operator, c.dispatch, c.staff)}
    readers |= {c.other_member: {False: 404, True: 404}}

    def answers(user, sent: bool) -> None:
        client.force_login(user)
        assert client.get(second.url).status_code == readers[user][sent], (user, sent)

    for user in readers:
        answers(user, False)
    perform(Act.SEND, mine, c.operator)
    for user in readers:
        answers(user, True)
    client.force_login(c.author)
    page = client.get(f"/proposals/{mine.proposal_id}/").content.decode()
    assert ("下载盖章件（PDF）" in page, "下载答复函（Word）" in page) == (True, False)
    public = f"/public/{mine.proposal_id}/replies/{Reply.objects.get().pk}/scan/"
    client.logout()
    assert client.get(public).status_code == 404
    perform(Act.RATE, mine, c.author, make.rating())
    with_scan = {f"scan_{Reply.objects.get().pk}": "on"}
    perform(ProposalAct.PUBLISH, Proposal.objects.get(pk=mine.proposal_id), c.staff, with_scan)
    assert public in client.get(f"/public/{mine.proposal_id}/").content.decode()
    answer = client.get(public)
    assert unquote(answer["Content-Disposition"]).endswith("''001号提案答复函.pdf")
    assert (answer.status_code, b"".join(answer.streaming_content)[:5]) == (200, b"%PDF-")
    Reply.objects.update(disclosure="on_request")
    assert client.get(public).status_code == 404


def test_a_letter_that_goes_back_loses_its_scan(c):
    mine = make.checked(c, make.signed(c))
    perform(Act.UPLOAD_SCAN, mine, c.operator, {"scan": make.sealed(c.operator).pk})
    perform(Act.CHECK_BACK, mine, c.dispatch, {"reason": "错字"})
    assert (Reply.objects.get().scan, Attachment.objects.count()) == (None, 0)


def test_offline_takes_letters_scans_and_supplements_along(c):
    mine = make.checked(c, make.signed(c))
    perform(Act.UPLOAD_SCAN, mine, c.operator, {"scan": make.sealed(c.operator).pk})
    perform(Act.SEND, mine, c.operator)
    perform(Act.WRITE_SUPPLEMENT, mine, c.operator, {"body": "减速带已经装好。"})
    Proposal._base_manager.filter(pk=mine.proposal_id).update(state=ProposalState.WITHDRAWN)
    # Rating forms hang under the share; a share of another case may have the number of this one's reply.
    reply = Reply.objects.get().pk
    theirs = reply if reply != mine.pk else reply + 1
    for share in (mine.pk, theirs):
        attach([make.scan(c.staff).pk], c.staff, RATING, share)
    perform(ProposalAct.MOVE_OFFLINE, Proposal.objects.get(pk=mine.proposal_id), c.head, {"reason": "须走保密渠道"})
    assert list(Attachment.objects.values_list("subject", "subject_id")) == [(RATING, theirs)]
    assert Reply.objects.get().scan is None
    assert SupplementaryReply.objects.get().body == ""


# --- 补充答复 ---
def test_a_supplement_is_signed_told_and_kept_beneath_the_reply(c, client):
    mine = make.replied(c, make.signed(c))
    perform(Act.RATE, mine, c.author, make.rating())
    before = fresh(mine)
    assert refused(Act.SIGN_SUPPLEMENT, mine, c.leader) == "no_supplement"
    perform(Act.WRITE_SUPPLEMENT, mine, c.operator, {"body": "减速带已经装好。"})
    assert shown(mine, c.operator, c.leader) == [
        ("to_sign_off", "补充答复等本单位领导审签"), ("to_sign_off", "审签补充答复"),
    ]  # fmt: skip
    assert refused(Act.WRITE_SUPPLEMENT, mine, c.operator, {"body": "又一份"}) == "supplement_waits"
    client.force_login(c.author)
    page = f"/proposals/{mine.proposal_id}/"
    assert "减速带已经装好" not in client.get(page).content.decode()
    perform(Act.REFUSE_SUPPLEMENT, mine, c.leader, {"reason": "请写明日期"})
    assert shown(mine, c.operator) == [("in_hand", "修改补充答复")]
    perform(Act.WRITE_SUPPLEMENT, mine, c.operator, {"body": "减速带已于六月一日装好。"})
    Message.objects.all().delete()
    perform(Act.SIGN_SUPPLEMENT, mine, c.leader)
    perform(Act.WRITE_SUPPLEMENT, mine, c.operator, {"body": "错时上下学也已实行。"})
    perform(Act.SIGN_SUPPLEMENT, mine, c.leader)
    year = timezone.localdate().year
    told = [(one.letter_number, one.body) for one in SupplementaryReply.objects.told()]
    assert told == [
        (f"县教育局提〔{year}〕2号", "减速带已于六月一日装好。"), (f"县教育局提〔{year}〕3号", "错时上下学也已实行。"),
    ]  # fmt: skip
    after = fresh(mine)
    kept = ("state", "rating_due_on", "replied_at", "round", "supplement_stage")
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]
    text = client.get(page).content.decode()
    assert text.index("六月一日装好") < text.index("错时上下学也已实行")
    told = {event.actor_name for event in Event.objects.filter(act="sign_supplement")}
    assert (told, tab_of(mine, c.operator)) == ({"郑向东"}, "sent")


def test_nobody_signs_their_own_supplement(c):
    mine = make.replied(c, make.signed(c))
    people.appoint(c.operator, c.unit, "unit_leader")
    perform(Act.WRITE_SUPPLEMENT, mine, c.operator, {"body": "已完成。"})
    assert refused(Act.SIGN_SUPPLEMENT, mine, c.operator) == "own_writing"
    with pytest.raises(Invalid):
        perform(Act.WRITE_SUPPLEMENT, make.replied(c, make.signed(c)), c.operator, {"body": " \n "})


# --- 办后面商 ---
def test_contacts_go_on_after_the_reply(c):
    mine = make.replied(c, make.signed(c))
    data = {
        "stage": "after", "method": "visit", "on": timezone.localdate().isoformat(), "participants": "周明远、吴小兰",
        "content": "回访：减速带使用良好。",
    }  # fmt: skip
    perform(Act.LOG_CONTACT, mine, c.operator, data)
    kept = Contact.objects.get(stage="after")
    assert (kept.round, kept.method, kept.participants, kept.content) == (
        1, "visit", "周明远、吴小兰", "回访：减速带使用良好。",
    )  # fmt: skip
    assert fresh(mine).state == AssignmentState.REPLIED


def test_a_draft_that_has_to_be_sent_again_waits_for_the_unit_itself(c, browse):
    """Also while the proposer's time for the earlier one runs."""
    mine = make.signed(c)
    make.contact(c, mine)
    make.write_reply(mine, c.operator)
    perform(Act.SEND_DRAFT, mine, c.operator)
    assert tab_of(mine, c.operator) == unit_desk.WAITING
    replies.save_draft(mine, c.operator, {"result_class": "C"})
    assert shown(mine, c.operator) == [(unit_desk.IN_HAND, "再送提案人征求意见")]
    assert browse(c.operator).go("/proposals/desk/?q=%00").status == 200

"""督: promises across a year's end, kept, put off and confirmed; B 类转 A 类 agreed to and declined."""

import io
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx import Document

from documents.models import Attachment
from exports.models import ExportRecord
from members.models import Organization
from members.periods import today
from proposals import invariants, replies, todo
from proposals.acts import AssignmentAct as A
from proposals.acts import CommitmentAct as M
from proposals.audiences import notices_for
from proposals.exports import COMMITMENTS
from proposals.history import timeline
from proposals.models import Assignment, Commitment, PaperExport, Proposal, Upgrade
from proposals.sections.commitments import sign_of
from proposals.statistics import session_report
from tests.exports.taking import sheet_of
from tests.factories import county as make
from tests.factories import people
from workflow.engine import perform
from workflow.errors import Invalid, NotAllowed, Refused, TooLate
from workflow.models import Event

pytestmark = pytest.mark.django_db


def log_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def code(act, *args) -> str:
    with pytest.raises(Refused) as refused:
        act(*args)
    return refused.value.code


def promised(c, closed: bool = True) -> Commitment:
    """A B reply that was sent, rated and closed, with its one promise open."""
    mine = make.replied(c, make.signed(c), result_class="B")
    if closed:
        perform(A.RATE, mine, c.author, make.rating())
    return Commitment.objects.get(reply__assignment=mine)


def done(c, promise: Commitment) -> None:
    perform(M.REPORT_DONE, promise, c.operator, {"done_on": str(today()), "result": "道路已改造完成。"})
    perform(M.CONFIRM_DONE, promise, c.dispatch, {})


def whats(user) -> list[str]:
    return [item.what for item in todo.todo_for(user) if item.process in ("commitment", "assignment")]


def test_a_promise_begins_with_the_reply(c):
    """Drafts are deleted and written anew; nobody holds them until the reply is sent."""
    mine = make.signed(c)
    make.write_reply(mine, c.operator, "B")
    make.write_reply(mine, c.operator, "B")
    draft = Commitment.objects.get()
    assert (draft.state, draft.proposal_id) == ("draft", mine.proposal_id)
    assert Commitment.objects.visible_to(c.operator).count() == Commitment.objects.visible_to(c.head).count() == 0
    replies.save_draft(mine, c.operator, {"body": "x"}, commitments=[])
    make.replied(c, mine, result_class="B")
    promise = Commitment.objects.get()
    assert (promise.state, promise.promised_on) == ("open", promise.due_on)
    seen = {name for name, user in c.roles().items() if Commitment.objects.visible_to(user).exists()}
    assert seen == {"author", "staff", "head", "reviewer", "dispatch", "operator", "leader"}
    assert [str(fault) for fault in invariants.faults()] == []


def test_the_unit_named_by_another_is_told(c):
    mine = make.checked(c, make.signed(c), result_class="B")
    perform(A.CHECK_BACK, mine, c.dispatch, {"reason": "另有责任单位"})
    promises = [(c.unit, "年内改造", today()), (c.other_unit, "安排经费", today() + timedelta(days=30))]
    replies.save_draft(mine, c.operator, {}, commitments=promises)
    for act, actor in ((A.SUBMIT_REPLY, c.operator), (A.SIGN_OFF, c.leader), (A.CHECK, c.dispatch)):
        perform(act, mine, actor, {})
    perform(A.SEND, mine, c.operator)
    begun = Event.objects.filter(process="commitment", act="begin").order_by("sequence")
    told = [{notice.user_id: notice for notice in notices_for(event)} for event in begun]
    assert [set(one) for one in told] == [set(), {c.other_operator.pk, c.other_leader.pk}]
    notice, day = told[1][c.other_operator.pk], today() + timedelta(days=30)
    assert notice.subject.startswith("【提案】有一项承诺由你单位落实：")
    assert (
        notice.body == f"县教育局在答复中承诺一件事由你单位落实，期限为{day.month}月{day.day}日，请按期落实并报告进展。"
    )


def test_across_a_years_end(c, monkeypatch):
    """The case is closed; the promise is asked for again, put off, reported, sent back and confirmed."""
    promise = promised(c)
    assert (promise.proposal.state, promise.state) == ("closed", "open")
    later = datetime(timezone.localdate().year + 1, 6, 1, 10, tzinfo=people.SHANGHAI)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert list(Commitment.objects.overdue(today())) == [promise]
    assert whats(c.operator) == ["落实承诺事项"]
    perform(M.URGE, promise, c.dispatch, {"reason": "已过期限"})
    assert code(perform, M.URGE, promise, c.staff, {}) == "urged_today"
    perform(M.REPORT_PROGRESS, promise, c.operator, {"on": str(today()), "content": "已完成招标。"})
    old, new = promise.due_on, date(later.year, 9, 30)
    with pytest.raises(Invalid):
        perform(M.POSTPONE, promise, c.operator, {"new_due_on": str(old), "reason": "资金未到"})
    event = perform(M.POSTPONE, promise, c.operator, {"new_due_on": str(new), "reason": "资金未到"})
    assert {n.user_id for n in notices_for(event)} == {c.author.pk, c.dispatch.pk, c.staff.pk}
    promise.refresh_from_db()
    assert (promise.due_on, promise.promised_on) == (new, old)
    assert (list(Commitment.objects.overdue(today())), whats(c.operator)) == ([], [])
    proof = make.scan(c.operator, "验收单.png")
    given = {"done_on": str(today()), "result": "道路已改造完成。", "evidence": proof.pk}
    perform(M.REPORT_DONE, promise, c.operator, given)
    assert (whats(c.dispatch), whats(c.staff)) == (["确认承诺办结"], ["确认承诺办结"])
    assert Attachment.objects.get(pk=proof.pk).subject_id == promise.pk
    perform(M.NOT_DONE, promise, c.dispatch, {"reason": "路灯还没有装"})
    promise.refresh_from_db()
    assert (promise.state, promise.done_on, promise.result) == ("open", None, "")
    perform(M.REPORT_DONE, promise, c.operator, {**given, "evidence": ""})
    perform(M.CONFIRM_DONE, promise, c.staff, {})
    promise.refresh_from_db()
    assert (promise.state, promise.done_on, promise.version) == ("done", today(), 9)
    kinds = list(promise.notes.values_list("kind", flat=True))
    assert kinds == ["urged", "progress", "postponed", "reported", "returned", "reported"]
    with pytest.raises(TooLate):
        perform(M.POSTPONE, promise, c.operator, {"new_due_on": str(new), "reason": "x"})
    assert [str(fault) for fault in invariants.faults()] == []


def test_who_keeps_it(c):
    """The unit that is named keeps a promise that another one gave, without seeing the case."""
    mine = make.signed(c)
    make.checked(c, mine, result_class="B")
    Commitment.objects.update(owner=c.third_unit)
    perform(A.SEND, mine, c.operator)
    promise = Commitment.objects.get()
    for user in (c.operator, c.third_operator):
        perform(M.REPORT_PROGRESS, promise, user, {"on": str(today()), "content": "已完成招标。"})
    with pytest.raises(NotAllowed):
        perform(M.CONFIRM_DONE, promise, c.third_operator, {})
    page = log_in(c.third_operator)
    assert page.get(f"/proposals/commitments/{promise.pk}/").status_code == 200
    assert page.get(f"/proposals/{promise.proposal_id}/").status_code == 404
    sent = {"on": str(today()), "content": "已开工。"}
    answer = page.post(f"/proposals/commitments/{promise.pk}/acts/report_progress/", sent, follow=True)
    assert ("已开工。" in answer.text, promise.notes.count()) == (True, 3)
    assert page.get(f"/proposals/commitments/{promise.pk}/acts/confirm_done/").status_code == 403
    assert log_in(c.other_operator).get(f"/proposals/commitments/{promise.pk}/").status_code == 404
    assert log_in(c.author).get(f"/proposals/{promise.proposal_id}/").text.count("报进展") >= 3
    Proposal.objects.update(published_at=timezone.now(), publish_consent=True)
    reader = Proposal.objects.with_roles_of(c.other_member).get(pk=promise.proposal_id)
    assert {entry["label"] for entry in timeline(reader, c.other_member)} & {"报进展", "催办", "承诺开始落实"} == set()


def test_a_new_round_takes_its_place(c):
    promise = promised(c, closed=False)
    mine = Assignment.objects.get(pk=promise.reply.assignment_id)
    perform(A.RATE, mine, c.author, make.rating(result="dissatisfied", reason="没有解决"))
    make.replied(c, mine, result_class="B")
    assert list(Commitment.objects.order_by("pk").values_list("state", flat=True)) == ["voided", "open"]
    perform(M.VOID, Commitment.objects.get(state="open"), c.head, {"reason": "政策调整"})
    assert [str(fault) for fault in invariants.faults()] == []


def test_upgrade_with_consent(c):
    promise = promised(c)
    mine = Assignment.objects.get(pk=promise.reply.assignment_id)
    assert code(perform, A.PROPOSE_UPGRADE, mine, c.operator, {"reason": "已落实"}) == "promises_open"
    done(c, promise)
    perform(A.PROPOSE_UPGRADE, mine, c.operator, {"reason": "已落实"})
    assert code(perform, A.PROPOSE_UPGRADE, mine, c.staff, {"reason": "已落实"}) == "upgrade_open"
    assert code(perform, A.GRANT_UPGRADE, mine, c.head, {}) == "no_consent_yet"
    assert "答复是否同意转为 A 类" in whats(c.author)
    perform(A.CONSENT_UPGRADE, mine, c.author, {})
    assert "决定是否转为 A 类" in whats(c.head)
    perform(A.GRANT_UPGRADE, mine, c.head, {})
    reply = promise.reply
    reply.refresh_from_db()
    assert (reply.result_class, reply.upgraded_to, reply.class_now, reply.upgraded_at is not None) == (
        "B",
        "A",
        "A",
        True,
    )
    figures = session_report(c.session)
    assert (figures["by_result"], figures["by_result_now"]) == (
        {"A": 0, "B": 1, "C": 0, "D": 0}, {"A": 1, "B": 0, "C": 0, "D": 0},
    )  # fmt: skip
    assert code(perform, A.PROPOSE_UPGRADE, mine, c.operator, {"reason": "已落实"}) == "upgraded"
    assert "转为 A 已解决" in log_in(c.author).get(f"/proposals/{mine.proposal_id}/").text
    assert [str(fault) for fault in invariants.faults()] == []


def test_upgrade_declined_and_refused(c):
    promise = promised(c)
    mine = Assignment.objects.get(pk=promise.reply.assignment_id)
    done(c, promise)
    perform(A.PROPOSE_UPGRADE, mine, c.staff, {"reason": "已落实"})
    event = perform(A.DECLINE_UPGRADE, mine, c.author, {"reason": "路灯不亮"})
    assert {n.user_id for n in notices_for(event)} == {c.operator.pk, c.leader.pk, c.staff.pk}
    assert code(perform, A.CONSENT_UPGRADE, mine, c.author, {}) == "no_upgrade"
    perform(A.PROPOSE_UPGRADE, mine, c.operator, {"reason": "路灯已修"})
    perform(A.CONSENT_UPGRADE, mine, c.author, {})
    perform(A.REFUSE_UPGRADE, mine, c.head, {"reason": "还要看一年"})
    answers = list(Upgrade.objects.values_list("answer", "decision"))
    assert (answers, promise.reply.class_now) == ([("declined", ""), ("consented", "refused")], "B")
    assert [str(fault) for fault in invariants.faults()] == []


def test_the_head_closes_a_request_that_is_never_answered(c):
    promise = promised(c)
    mine = Assignment.objects.get(pk=promise.reply.assignment_id)
    done(c, promise)
    assert code(perform, A.REFUSE_UPGRADE, mine, c.head, {"reason": "x"}) == "no_upgrade"
    perform(A.PROPOSE_UPGRADE, mine, c.operator, {"reason": "已落实"})
    perform(A.REFUSE_UPGRADE, mine, c.head, {"reason": "提案人一直没有答复"})
    assert "答复是否同意转为 A 类" not in whats(c.author)
    perform(A.PROPOSE_UPGRADE, mine, c.operator, {"reason": "再次提请"})
    assert "答复是否同意转为 A 类" in whats(c.author)
    assert list(Upgrade.objects.values_list("decision", flat=True)) == ["refused", ""]
    assert [str(fault) for fault in invariants.faults()] == []
    Assignment.objects.filter(pk=mine.pk).update(round=2)
    assert "答复是否同意转为 A 类" not in whats(c.author)


def test_done_in_time_is_not_late_while_it_waits(c, monkeypatch):
    """Reported on the last day: no light for the committee, in no list of what is late. Done later, it is in both."""
    promise = promised(c)
    last = promise.due_on
    noon = datetime(last.year, last.month, last.day, 12, tzinfo=people.SHANGHAI)
    monkeypatch.setattr(timezone, "now", lambda: noon)
    perform(M.REPORT_DONE, promise, c.operator, {"done_on": str(last), "result": "道路已改造完成。"})
    monkeypatch.setattr(timezone, "now", lambda: noon + timedelta(days=20))

    def late() -> tuple:
        days = next(one for one in COMMITMENTS if one.key == "late").value(Commitment.objects.for_list().get())
        sign = sign_of(Commitment.objects.get())
        return Commitment.objects.overdue(today()).count(), sign.days, days

    assert late() == (0, 0, 0)
    waiting = [item for item in todo.todo_for(c.staff) if item.act == M.CONFIRM_DONE]
    assert [(item.due_on, item.colour, item.word) for item in waiting] == [(None, "", "")]
    Commitment.objects.update(done_on=last + timedelta(days=3))
    assert late() == (1, -3, 3)


def test_lists_sheets_and_urging_many(c):
    first, _second = promised(c), promised(c)
    Commitment.objects.filter(pk=first.pk).update(due_on=today() - timedelta(days=5))
    page = log_in(c.dispatch)
    shown = page.get("/proposals/commitments/?due=overdue")
    assert [line.row.pk for line in shown.context["lines"]] == [first.pk]
    assert (
        page.get(f"/proposals/commitments/?unit={c.unit.pk}&year={today().year}").context["page"].paginator.count == 2
    )
    assert page.get("/proposals/commitments/?unit=x&due=%00&page=-1").status_code == 200
    told = page.post("/proposals/commitments/urge/", {"rows": [first.pk], "back": ""}, follow=True).text
    assert "催办：成功 1 项" in told
    told = page.post("/proposals/commitments/urge/", {"all": "1", "back": "due=live"}, follow=True).text
    assert ("成功 1 项，没有办成 1 项" in told, "一件一天只催一次" in told) == (True, True)
    assert log_in(c.operator).post("/proposals/commitments/urge/", {"all": "1"}).status_code == 403
    sheet = sheet_of(page, "commitments", "due=live")
    assert (sheet.max_row, [cell.value for cell in sheet[2]][:4]) == (4, ["案号", "届次", "案由", "答复单位"])
    where = f"/proposals/commitments/register/?unit={c.unit.pk}&year={today().year}&file="
    paper = Document(io.BytesIO(log_in(c.operator).get(where + "docx").content))
    words = [line.text for line in paper.paragraphs if line.text]
    assert words[:2] == ["B类答复件办理落实情况登记表", f"{c.unit.name}　{today().year}年度"]
    rows = [[cell.text for cell in row.cells] for row in paper.tables[0].rows]
    assert (rows[0][2:4], [row[2:5] for row in rows[1:]]) == (
        ["原办复类别", "现办复类别"],
        [["B", "B", "年内完成改造"]] * 2,
    )
    assert log_in(c.operator).get(where + "xlsx").content[:2] == b"PK"
    assert log_in(c.other_operator).get(where + "docx").status_code == 403
    for year in ("0000", "1948", "١٩٩٩"):
        told = page.get(f"/proposals/commitments/register/?unit={c.unit.pk}&year={year}", follow=True).text
        assert "请先选好单位和年度" in told
    card = [
        (user, "回头看" in log_in(user).get("/proposals/commitments/").text) for user in (c.operator, c.staff, c.author)
    ]
    assert card == [(c.operator, True), (c.staff, True), (c.author, False)]
    none = page.get("/proposals/commitments/?state=voided").text
    assert "没有符合条件的承诺事项，换个条件再看。" in none
    assert log_in(c.operator).get("/proposals/commitments/register/?unit=1", follow=True).status_code == 200
    assert PaperExport.objects.count() == 2  # the registers; the list is in the record of exports
    assert ExportRecord.objects.get().what == "承诺事项"
    assert Organization.objects.get(pk=c.unit.pk).commitments.count() == 2


def test_pages_cost_the_same_for_one_row_and_three(c):
    page, counts = log_in(c.operator), []
    page.get("/proposals/commitments/")
    for _ in range(2):
        promised(c)
        with CaptureQueriesContext(connection) as captured:
            assert page.get("/proposals/commitments/").status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 12
    print(counts)

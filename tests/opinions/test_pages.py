"""The pages: who gets which, that nothing typed is lost, papers, figures, and that a list costs the same for any number."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook
from rest_framework.test import APIClient

from deadlines import book as books
from members.periods import today
from notices.models import Message
from notices.reminders.scan import remind
from opinions.acts import Act, TransferAct
from opinions.compared import KIND, similar_to
from opinions.feed import entries
from opinions.kinds import Urgency
from opinions.looking import forget_citizens
from opinions.models import ContactView, OpinionReport
from opinions.recomputing import recompute_open
from opinions.statistics import By, of_year
from opinions.todo import todo_for
from search.similar import refresh
from tests.factories import opinions as make
from workflow.engine import perform
from workflow.querysets import read_case

pytestmark = pytest.mark.django_db
WHO = ("author", "editor", "signer", "operator", "stranger")
# name → (address, method, then what each of WHO gets)
PAGES = {
    "list": ("/opinions/", "get", 200, 200, 200, 200, 200),
    "new": ("/opinions/new/", "get", 200, 403, 200, 403, 200),
    "autosave_new": ("/opinions/new/autosave/", "post", 200, 403, 200, 403, 200),
    "similar": ("/opinions/similar/", "post", 200, 200, 200, 200, 200),
    "issues": ("/opinions/issues/", "get", 200, 200, 200, 200, 200),
    "issue_paper": ("/opinions/issues/{issue}/paper/", "get", 200, 200, 200, 200, 404),
    "year": ("/opinions/year/", "get", 403, 200, 200, 403, 403),
    "year_xlsx": ("/opinions/year.xlsx", "get", 403, 200, 200, 403, 403),
    "detail": ("/opinions/{one}/", "get", 200, 200, 200, 200, 404),
    "citizen": ("/opinions/{one}/citizen/", "post", 409, 409, 403, 403, 404),
    "edit": ("/opinions/{draft}/edit/", "get", 200, 404, 404, 404, 404),
    "autosave": ("/opinions/{draft}/autosave/", "post", 200, 404, 404, 404, 404),
    "proof": ("/opinions/{reviewed}/paper/", "get", 403, 200, 200, 404, 404),
    "act": ("/opinions/{one}/acts/adopt/", "get", 403, 200, 403, 403, 404),
    "transfer_act": ("/opinions/transfers/{part}/acts/sign_for/", "get", 403, 403, 403, 200, 404),
}


def test_every_address_has_its_row():
    included = next(row for row in get_resolver().url_patterns if getattr(row, "namespace", "") == "opinions")
    assert {pattern.name for pattern in included.url_patterns} == PAGES.keys()


def test_who_gets_which_page(c, o, browse):
    part = make.handed_over(c, make.issued(c))
    names = {
        "one": part.report_id, "issue": part.report.issue_id, "part": part.pk, "draft": make.draft(c).pk,
        "reviewed": make.reviewed(c).pk,
    }  # fmt: skip
    users = dict(zip(WHO, (c.author, o.editor, o.signer, c.operator, c.other_member), strict=True))
    clients = {who: browse(user) for who, user in users.items()}
    got = {}
    for name, (path, method, *_expected) in PAGES.items():
        address = path.format(**names)
        got[name] = [getattr(clients[who], method)(address).status_code for who in WHO]
        assert getattr(Client(), method)(address)["Location"].startswith("/login/")
    assert got == {name: list(expected) for name, (_path, _method, *expected) in PAGES.items()}


FORM = {**make.TEXT, "no_secrets": "on", "urgency": Urgency.URGENT, "attachments_shown": "1"}


def test_from_writing_to_the_units_answer(c, o, browse):
    author, editor, unit = browse(c.author), browse(o.editor), browse(c.operator)
    file = SimpleUploadedFile("现场.txt", "管网照片说明，内部资料，注意保存".encode())
    saved = author.post(
        "/opinions/new/", {**FORM, "attachments_files": file, "on_behalf": "on", "citizen_name": "王大娘"}
    )
    one = OpinionReport.objects.get()
    assert saved["Location"] == f"/opinions/{one.pk}/edit/"
    page = author.get(saved["Location"]).content.decode()
    assert [words in page for words in ("内部资料", "现场.txt", "王大娘")] == [True, True, True]
    stale = author.post(saved["Location"], {**FORM, "version": "1", "title": "别处改的"})
    assert (stale.status_code, "已在别处保存过" in stale.content.decode()) == (409, True)
    kept = author.post(f"/opinions/{one.pk}/autosave/", {**FORM, "version": "1"})
    assert (kept.status_code, set(kept.json())) == (409, {"detail", "version", "theirs"})
    check = author.get(f"/opinions/{one.pk}/acts/submit/").content.decode()
    assert "代 王大娘 反映" in check
    author.post(f"/opinions/{one.pk}/acts/submit/", {"version": make.fresh(one).version})
    locked = author.post(f"/opinions/{one.pk}/edit/", FORM)
    assert (locked.status_code, FORM["situation"] in locked.content.decode()) == (409, True)
    taken = editor.post(f"/opinions/{one.pk}/acts/take_up/")
    assert taken["Location"] == f"/opinions/{one.pk}/acts/edit/"
    wrong = editor.post(taken["Location"], make.edited(make.fresh(one), situation="字" * 1600))
    assert (wrong.status_code, "超过 1500 字" in wrong.content.decode()) == (400, True)
    editor.post(taken["Location"], make.edited(make.fresh(one), title="饮水管网老化亟待改造"))
    inside = editor.get(f"/opinions/{one.pk}/").content.decode()
    assert [words in inside for words in ("<ins>", "王××", "涉密标志")] == [True, True, True]
    assert "<ins>" not in author.get(f"/opinions/{one.pk}/").content.decode()  # not before it is signed
    editor.post(f"/opinions/{one.pk}/acts/hand_over/", {"units": [c.unit.pk], "note": "请核实"})
    part = one.transfers.get()
    read = unit.get(f"/opinions/{one.pk}/").content.decode()
    assert [words in read for words in ("亟待改造", "请核实", "王大娘", "现场.txt")] == [True, True, False, False]
    unit.post(f"/opinions/transfers/{part.pk}/acts/sign_for/")
    unit.post(f"/opinions/transfers/{part.pk}/acts/reply/", make.REPLY)
    assert make.REPLY["reply"] not in author.get(f"/opinions/{one.pk}/").content.decode()
    editor.post(f"/opinions/transfers/{part.pk}/acts/check/")
    assert make.REPLY["reply"] in author.get(f"/opinions/{one.pk}/").content.decode()


def test_the_citizen_is_nobodys_but_the_authors_and_the_offices(c, o, browse, settings):
    one = make.issued(c, on_behalf=True, citizen_name="王大娘", citizen_contact="139柏城")
    part = make.handed_over(c, one)
    for user, sees in ((c.author, True), (o.editor, True), (o.reviewer, True), (o.signer, False), (c.leader, False)):
        page, api = browse(user).get(f"/opinions/{one.pk}/").content.decode(), detail_of(user, one)
        told = [(words in page, words in str(api)) for words in ("王大娘", "柏城", "王××", "****")]
        assert told == [(False, False), (False, False), (sees, sees), (sees, sees)], user
        whole = browse(user).post(f"/opinions/{one.pk}/citizen/")
        assert (whole.status_code, "139柏城" in whole.content.decode()) == ((200, True) if sees else (403, False)), user
    assert sorted(ContactView.objects.values_list("user", flat=True)) == sorted(
        [c.author.pk, o.editor.pk, o.reviewer.pk]
    )
    api = APIClient()
    api.force_authenticate(o.editor)
    assert api.post(f"/api/v1/opinions/{one.pk}/citizen/").json() == {
        "citizen_name": "王大娘", "citizen_contact": "139柏城",
    }  # fmt: skip
    settings.REVEALS_PER_HOUR = 2
    assert browse(o.editor).post(f"/opinions/{one.pk}/citizen/").status_code == 409
    draft = make.draft(c, on_behalf=True, citizen_name="王大娘", citizen_contact="13800005678")
    assert [detail_of(c.author, case)["citizen_name"] for case in (draft, one)] == ["王大娘", "王××"]
    # Kept while a unit has it, and so many days after the last that was done.
    days = settings.CITIZEN_CONTACT_DAYS
    rows = OpinionReport._base_manager
    rows.update(changed_at=timezone.now() - timedelta(days=days, minutes=1))
    assert forget_citizens() == 0
    perform(TransferAct.RECALL, part, o.editor, {"reason": "另办"})
    assert forget_citizens() == 0
    rows.update(changed_at=timezone.now() - timedelta(days=days, minutes=1))
    assert (forget_citizens(), forget_citizens()) == (1, 0)
    page = browse(c.author).get(f"/opinions/{one.pk}/").content.decode()
    assert ("已按规定删除" in page, make.fresh(draft).citizen_name) == (True, "王大娘")


def detail_of(user, one) -> dict:
    from opinions.api.shapes import detail

    return detail(read_case(OpinionReport, one.pk, user), user)


def words_of(answer) -> list[str]:
    paper = Document(io.BytesIO(answer.content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return [line.text for line in paper.paragraphs if line.text] + cells


def test_the_issue_and_its_proof_as_papers(c, o, browse):
    one = make.reviewed(c, urgency=Urgency.PRESSING)
    proof = browse(o.signer).get(f"/opinions/{one.pk}/paper/")
    assert "（送审稿）" in words_of(proof)
    perform(Act.SIGN, one, o.signer, {})
    perform(Act.ISSUE, one, o.editor, make.ISSUE)
    issue = make.fresh(one).issue
    answer = browse(c.author).get(issue.paper_url)
    assert words_of(answer) == [
        "特急", "社情民意", "第 1 期", "主送：县委、县政府主要领导：", make.TEXT["title"], "据周明远委员反映：", "一、情况反映",
        make.TEXT["situation"], "二、原因分析", make.TEXT["causes"], "三、建议", make.TEXT["suggestions"],
        "签发：鲁副主席　　审核：池主任　　编辑：乔编辑", "抄送：县委办公室。", "政协西平县委员会办公室",
        f"{today().year}年{today().month}月{today().day}日",
    ]  # fmt: skip
    assert answer["Content-Disposition"].startswith("attachment")
    perform(Act.MOVE_OFFLINE, make.fresh(one), o.editor, {"reason": "涉密"})
    assert browse(o.editor).get(issue.paper_url).status_code == 404


def test_the_yearly_list(c, o, browse):
    main, other = make.editing(c), make.submitted(c, c.contact, c.party)
    perform(Act.JOIN, other, o.editor, {"into": main.pk})
    for act, who in ((Act.SEND_FOR_REVIEW, o.editor), (Act.REVIEW, o.reviewer), (Act.SIGN, o.signer)):
        perform(act, main, who, {})
    perform(Act.ISSUE, main, o.editor, make.ISSUE)
    for level in ("city", "city", "national"):
        perform(Act.ADOPT, main, o.editor, make.outcome(level=level, mode="single", body="上级"))
    perform(Act.INSTRUCT, main, o.editor, make.outcome(leader="市长", text="阅。"))
    perform(Act.WITHDRAW, make.submitted(c), c.author)
    shared = make.submitted(c, c.cosigner)
    shared.co_authors.add(c.author.person)
    found = of_year(today().year, By.AUTHOR)
    assert [(line.name, line.cells()) for line in found.lines] == [
        ("周明远", [2, 1, 1, 1, 0, 1, 1]), ("李素芬", [1, 0, 0, 0, 0, 0, 0]),
    ]  # fmt: skip
    assert found.total.cells() == [3, 2, 2, 2, 0, 2, 2]
    bodies = of_year(today().year, By.ORGANIZATION)
    assert [(line.name, line.cells()) for line in bodies.lines] == [("民盟西平支部", [1, 1, 1, 1, 0, 1, 1])]
    page = browse(o.reviewer).get(f"/opinions/year/?year={today().year}&by=reporter")
    assert "合计" in page.content.decode()
    behind = browse(o.reviewer).get(f"/opinions/?year={today().year}&author={c.author.person_id}").content.decode()
    assert [number in behind for number in (main.receipt_number, shared.receipt_number, other.receipt_number)] == [
        True,
        True,
        False,
    ]
    assert ("反映人：周明远" in behind, f'value="{c.author.person_id}"' in behind) == (True, True)
    sheet = load_workbook(io.BytesIO(browse(o.signer).get("/opinions/year.xlsx?by=author").content)).active
    assert [cell.value for cell in sheet[3]] == ["周明远", 2, 1, 1, 1, 0, 1, 1]
    with CaptureQueriesContext(connection) as few:
        of_year(today().year, By.SECTOR)
    make.submitted(c, c.cosigner)
    with CaptureQueriesContext(connection) as many:
        of_year(today().year, By.SECTOR)
    assert len(few) == len(many) == 6


def queries(client, address: str) -> int:
    client.get(address)  # the first one in a browser notes it
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_a_page_costs_the_same_for_one_row_and_for_many(c, o, browse):
    clients = {user: browse(user) for user in (o.editor, c.author, c.operator)}
    one = make.handed_over(c, make.issued(c)).report
    addresses = [(o.editor, "/opinions/"), (c.author, "/opinions/"), (c.operator, "/opinions/"), (c.author, "/opinions/issues/"),
                 (o.editor, f"/opinions/{one.pk}/")]  # fmt: skip
    few = [queries(clients[user], address) for user, address in addresses]
    for _ in range(3):
        make.handed_over(c, make.issued(c))
    make.handed_over(c, one, c.other_unit)
    many = [queries(clients[user], address) for user, address in addresses]
    assert few == many
    assert [count <= limit for count, limit in zip(few, (12, 12, 12, 12, 18), strict=True)] == [True] * 5, few


def test_todo_calendar_reminders_and_new_rules(c, o):
    pressing, part = make.submitted(c, urgency=Urgency.PRESSING), make.handed_over(c)
    make.reviewing(c)
    make.reviewed(c)
    book = books.load()
    assert [item.what for item in todo_for(o.editor, book)] == ["编辑社情民意"]
    assert [item.what for item in todo_for(o.reviewer, book)] == ["审核社情民意"]
    assert [item.what for item in todo_for(o.signer, book)] == ["签发社情民意"]
    assert [(item.what, item.due_on) for item in todo_for(c.operator, book)] == [
        ("签收转办的社情民意", part.sign_due_on)
    ]
    assert todo_for(c.author, book) == []
    assert [entry.starts for entry in entries(o.editor)] == [pressing.due_on]
    late = timezone.make_aware(
        timezone.datetime.combine(_next_workday(book, part.due_on), timezone.datetime.min.time())
    )
    assert remind(late + timedelta(hours=10)) > 0
    told = set(Message.objects.filter(kind__in=("reminder", "escalation")).values_list("recipient", "kind"))
    wanted = {
        (o.editor.pk, "reminder"),
        (o.reviewer.pk, "reminder"),
        (o.signer.pk, "reminder"),
        (c.operator.pk, "reminder"),
        (c.leader.pk, "escalation"),
    }
    assert told & wanted == wanted
    assert [words for words in Message.objects.values_list("subject", flat=True) if "饮水" in words] == []
    assert recompute_open() == []
    OpinionReport._base_manager.filter(pk=pressing.pk).update(submitted_at=pressing.submitted_at - timedelta(days=3))
    assert [change.what for change in recompute_open()] == [f"{pressing.number} 处理"]
    perform(TransferAct.SIGN_FOR, part, c.operator)
    assert [item.what for item in todo_for(c.operator, book)] == ["报送社情民意办理情况"]


def _next_workday(book, day):
    return book.calendar.add_workdays(day, 1)


def test_similar_reports_tell_only_what_one_may_know(c, o, browse):
    issued, waiting = (
        make.issued(c),
        make.submitted(c, title="关于公厕管护的情况反映", situation="公厕无人管护，锁门停用。" * 3),
    )
    refresh(KIND)
    mine = similar_to(c.author, issued.title, issued.situation)
    assert (mine[0].number, mine[0].url) == (issued.number, f"/opinions/{issued.pk}/")
    theirs = similar_to(c.other_member, issued.title, issued.situation)
    assert (theirs[0].title, theirs[0].number, theirs[0].url) == (issued.title, "", "")
    hidden = similar_to(c.other_member, waiting.title, f"{waiting.situation}\n{waiting.suggestions}")
    assert [(one.title, one.number) for one in hidden][0] == ("", "")
    panel = browse(c.other_member).post("/opinions/similar/", {"title": issued.title})
    assert "相似的社情民意" in panel.content.decode()


def test_filters_take_nonsense(c, o, browse):
    make.issued(c)
    editor = browse(o.editor)
    for asked in (
        "?q=%00&state=x",
        "?year=99999",
        "?due=overdue&outcome=instructed",
        "?page=-1",
        "?q=饮水&outcome=county",
    ):
        assert editor.get(f"/opinions/{asked}").status_code == 200
    assert "没有找到" in editor.get("/opinions/?q=没有这样的词").content.decode()
    for path in ("new/autosave/", "similar/"):
        assert editor.post(f"/opinions/{path}", {"title": "x" * 5000, "report": "²"}).status_code in (200, 403)

"""Importing a ledger and a roster in the admin: choose, look, confirm; nothing is chosen twice."""

import io

import pytest
from openpyxl import load_workbook

from documents.models import Attachment
from members.models import Member
from proposals.models import Proposal
from tests.documents.files import pdf, upload
from tests.documents.sheets.books import book, file
from tests.factories import people

from .scene import text

pytestmark = pytest.mark.django_db
LEDGER, ROSTER = "/admin/proposals/proposal/import/", "/admin/members/member/import/"
HEADER = ("案号", "案由", "提案人", "类别", "提交日期", "审查结果", "主办单位", "交办日期")
GOOD = (1, "关于修路的提案", "王大伟", "城乡建设", "2026-02-01", "立案", "县交通运输局", "2026-03-01")
BAD = (2, "关于种树的提案", "刘小树", "生态环境", "2026-02-30", "立案", "县林业局", "2026-03-01")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def sheet(*rows, header=HEADER, name: str = "台账.xlsx"):
    return upload(name, file(book(header, *rows), name).read(), XLSX)


def choose(client, content, url: str = LEDGER, **data):
    data = data or {"session": "11-4", "other": ""}
    return client.post(url, {**data, "file": content}, follow=True)


def test_look_then_confirm(s):
    client = s.client("staff")
    page = choose(client, sheet(GOOD))
    where = page.redirect_chain[-1][0]
    assert "试运行，没有写入任何内容：共读 1 行，可以新增 1 条。" in text(page)
    assert "县交通运输局" in text(page)  # a unit that is not known yet
    assert Proposal.objects.count() == 0
    done = client.post(where)
    assert "共读 1 行，已新增 1 条。" in text(done)
    proposal = Proposal.objects.get()
    assert (proposal.title, proposal.serial, proposal.origin) == ("关于修路的提案", 1, "ledger")
    assert "这个文件已经导入过，或者已过保存期限。" in text(client.post(where, follow=True))
    assert (Proposal.objects.count(), Attachment.objects.count()) == (1, 0)


def test_the_same_ledger_again_changes_nothing(s):
    client = s.client("staff")
    for _ in range(2):
        page = choose(client, sheet(GOOD))
        done = client.post(page.redirect_chain[-1][0])
    assert "已登记过、没有变化 1 条" in text(done)
    assert Proposal.objects.count() == 1


def test_errors_are_shown_cell_by_cell_and_nothing_can_be_confirmed(s):
    client = s.client("staff")
    page = choose(client, sheet(GOOD, BAD))
    for words in ("发现 1 处错误", "<td>3</td>", "提交日期", "2026-02-30", "没有 2026 年 2 月 30 日这一天"):
        assert words in text(page)
    assert 'value="确认导入"' not in text(page)
    client.post(page.redirect_chain[-1][0])
    assert Proposal.objects.count() == 0


def test_the_workbook_with_errors_can_be_corrected_and_chosen_again(s):
    client = s.client("staff")
    where = choose(client, sheet(GOOD, BAD)).redirect_chain[-1][0]
    path, _, query = where.partition("?")
    answer = client.get(f"{path}errors.xlsx?{query}")
    assert (answer["Content-Type"], "attachment" in answer["Content-Disposition"]) == (XLSX, True)
    marked = load_workbook(io.BytesIO(answer.content))
    rows = [[cell.value for cell in row] for row in marked.worksheets[0].iter_rows()]
    assert any("2026-02-30" in map(str, row) for row in rows)


def test_the_template_is_taken_back_by_the_import(s):
    client = s.client("staff")
    answer = client.get(f"{LEDGER}template.xlsx")
    assert (answer.status_code, answer["Content-Type"]) == (200, XLSX)
    page = choose(client, upload("模板.xlsx", answer.content, XLSX))
    assert "没有" in text(page)
    assert Proposal.objects.count() == 0


def test_another_session_than_those_on_record(s):
    client = s.client("staff")
    row = (1, "关于旧事的提案", "老张", "其他", "2020-03-01", "立案", "县财政局", "2020-04-01")
    page = choose(client, sheet(row), session="other", other="１０－４")
    assert "届次：10-4" in text(page)
    client.post(page.redirect_chain[-1][0])
    assert str(Proposal.objects.get().session) == "十届四次会议"


@pytest.mark.parametrize(
    ("content", "data", "sentence"),
    [
        (None, {"session": "11-4"}, "还不能试运行"),
        (upload("台账.xlsx", b""), {"session": "11-4"}, "还不能试运行"),
        (sheet(GOOD), {"session": ""}, "还不能试运行"),
        (sheet(GOOD), {"session": "other", "other": "明年"}, "“明年”不是届次。"),
        (sheet(GOOD), {"session": "99-9"}, "还不能试运行"),
        (upload("台账.exe", b"MZ" + b"0" * 300), {"session": "11-4"}, "还不能试运行"),
        (upload("台账.xlsx", b"PK\x03\x04" + b"0" * 300), {"session": "11-4"}, "还不能试运行"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_says_why(s, content, data, sentence):
    sent = {**data, **({"file": content} if content else {})}
    answer = s.client("staff").post(LEDGER, sent)
    assert (answer.status_code, sentence in text(answer)) == (400, True)
    assert (Proposal.objects.count(), Attachment.objects.count()) == (0, 0)


def test_a_file_that_is_no_workbook_is_a_line_of_the_report(s):
    page = choose(s.client("staff"), upload("台账.pdf", pdf(), "application/pdf"))
    assert "没有写入任何内容" in text(page)
    assert "（整个文件）" in text(page)


def test_nobody_imports_what_somebody_else_chose(s):
    where = choose(s.client("staff"), sheet(GOOD)).redirect_chain[-1][0]
    answer = s.client("head").post(where, follow=True)
    assert "这个文件已经导入过，或者已过保存期限。" in text(answer)
    assert Proposal.objects.count() == 0


@pytest.mark.parametrize("role", ["reviewer", "dispatch", "office", "system", "audit"])
def test_who_may_not_import_a_ledger(s, role):
    answer = s.client(role).post(LEDGER, {"session": "11-4", "file": sheet(GOOD)})
    assert answer.status_code == 403
    assert Attachment.objects.count() == 0


def test_the_link_stands_on_the_list_for_those_who_may(s):
    shown = {role: LEDGER in text(s.client(role).get("/admin/proposals/proposal/")) for role in ("staff", "reviewer")}
    assert shown == {"staff": True, "reviewer": False}


ROSTER_HEADER = ("姓名", "性别", "界别", "届次", "任职日期")


@pytest.mark.parametrize("role", ["staff", "office", "system"])
def test_a_roster_is_imported_likewise(s, role):
    people.organization("sector", "教育界")
    client = s.client(role)
    content = sheet(("罗新民", "男", "教育界", "第十一届", "2022-04-20"), header=ROSTER_HEADER, name="名册.xlsx")
    before = Member.objects.count()
    page = choose(client, content, ROSTER, term="11")
    assert ("第 11 届" in text(page), Member.objects.count()) == (True, before)
    client.post(page.redirect_chain[-1][0])
    seat = Member.objects.get(person__name="罗新民")
    history = text(s.client("audit").get(f"/admin/members/person/{seat.person_id}/history/"))
    assert str(s.users[role]) in history

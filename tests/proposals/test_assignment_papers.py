"""交办单 and 交办清单: what they say, who may take them, and that taking them is noted."""

import io
import zipfile
from datetime import datetime

import pytest
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook

from proposals.acts import AssignmentAct, ProposalAct
from proposals.models import PaperExport
from tests.factories import county as make
from tests.factories import people
from workflow.engine import perform

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 5, 6, 10, tzinfo=people.SHANGHAI))


def handed(c, **fields):
    """主办＋会办 with a note of the committee."""
    proposal = make.filed(c, **fields)
    units = {"division": "lead", "unit": c.unit.pk, "others": [c.other_unit.pk], "reason": "请会同财政研究"}
    perform(ProposalAct.ASSIGN, proposal, c.staff, units)
    return proposal


def got(client, user, url: str):
    client.force_login(user)
    return client.get(url)


def body(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def words(content: bytes) -> tuple[list[str], list[list[list[str]]]]:
    """(paragraphs, tables as rows of cells)"""
    paper = Document(io.BytesIO(content))
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in paper.tables]
    return [line.text for line in paper.paragraphs if line.text.strip()], tables


def test_the_slip_of_a_case(c, client):
    proposal = handed(c)
    answer = got(client, c.operator, f"/proposals/{proposal.pk}/assignment/paper/")
    lines, (facts, units, demands) = words(body(answer))
    assert lines[:4] == [
        "政协西平县委员会提案交办单", "县政协十一届四次会议第001号", "承办单位和期限", "办理要求和签收",
    ]  # fmt: skip
    assert facts == [
        ["案号", "县政协十一届四次会议第001号"], ["案由", "关于加强校园周边交通管理的提案"], ["提案者", "周明远"],
        ["类别", "教科文卫体"], ["交办日期", "2026年5月6日"], ["交办说明", "请会同财政研究"],
    ]  # fmt: skip
    assert units == [
        ["承办单位", "承办方式", "签收期限", "答复期限"],
        ["县教育局", "主办", "2026年5月9日", "2026年8月6日"],
        ["县财政局", "会办", "2026年5月9日", "2026年6月5日（会办意见）"],
    ]
    assert [row[0] for row in demands] == ["办理要求", "签收人", "签收日期"]
    second = "2．不属本单位职责的，请于2026年5月12日前写明理由和建议承办单位，申请退办；逾期不再受理。"
    assert demands[0][1].split("\n")[1] == second
    assert lines[-6:] == [
        "提案人：周明远", "情况分析", "上下学时段校门口拥堵，存在安全隐患。", "具体建议", "1．增设减速带", "2．错时上下学",
    ]  # fmt: skip
    assert lines.index("政协西平县委员会提案委员会") + 1 == lines.index("2026年5月6日")
    noted = PaperExport.objects.get()
    assert (noted.user, noted.what, noted.proposal) == (c.operator, "提案交办单", proposal)


def test_an_extended_and_an_answered_share_on_the_papers(c, client):
    mine = make.signed(c)
    perform(AssignmentAct.REQUEST_EXTENSION, mine, c.operator, {"wanted_on": "2026-09-30", "reason": "需论证"})
    perform("grant", mine.extensions.get(), c.dispatch, {})
    done = make.replied(c, make.signed(c))
    _lines, (rows,) = words(body(got(client, c.leader, f"/proposals/assigned/units/{c.unit.pk}/docx/")))
    assert [row[-1] for row in rows] == ["期限", "延期至2026年9月30日", "已答复"]
    sheet = load_workbook(
        io.BytesIO(body(got(client, c.leader, f"/proposals/assigned/units/{c.unit.pk}/xlsx/")))
    ).active
    told = [row[5:] for row in sheet.iter_rows(min_row=3, values_only=True)]
    assert told == [(datetime(2026, 9, 30), "办理中，已延期"), (datetime(2026, 8, 6), "已答复")]
    assert done.proposal.serial == 2


def test_the_list_of_a_unit(c, client):
    handed(c)
    make.assigned(c, title="关于乡村道路的提案", division="separate")
    url = f"/proposals/assigned/units/{c.other_unit.pk}"
    lines, (rows,) = words(body(got(client, c.other_operator, f"{url}/docx/?session={c.session.pk}")))
    assert lines == ["县财政局承办政协提案交办清单", "县政协十一届四次会议，共2件"]
    expected = [
        ["序号", "案号", "案由", "提案者", "承办方式", "期限"],
        ["1", "001", "关于加强校园周边交通管理的提案", "周明远", "会办", "2026年6月5日（会办意见）"],
        ["2", "002", "关于乡村道路的提案", "周明远", "分办", "2026年8月6日"],
    ]
    assert rows == expected
    answer = got(client, c.dispatch, f"{url}/xlsx/")
    sheet = load_workbook(io.BytesIO(body(answer))).active
    table = list(sheet.iter_rows(values_only=True))
    assert table[0][0] == "县财政局承办政协提案交办清单（县政协十一届四次会议，共2件）"
    assert table[1] == (*expected[0], "情况")
    assert table[2:] == [  # a day that can be sorted, and the words beside it
        (1, "001", "关于加强校园周边交通管理的提案", "周明远", "会办", datetime(2026, 6, 5), "待签收"),
        (2, "002", "关于乡村道路的提案", "周明远", "分办", datetime(2026, 8, 6), "待签收"),
    ]
    assert list(PaperExport.objects.order_by("pk").values_list("what", flat=True)) == ["交办清单（县财政局）"] * 2


def test_many_as_one_file(c, client):
    first, second = handed(c), make.assigned(c, title="关于乡村道路/桥梁的提案")
    answer = got(client, c.staff, f"/proposals/assigned/papers/?cases={first.pk}-{second.pk}-999-x")
    names = zipfile.ZipFile(io.BytesIO(body(answer))).namelist()
    assert names == [
        "交办单/001号_交办单_关于加强校园周边交通管理的提案.docx",
        "交办单/002号_交办单_关于乡村道路／桥梁的提案.docx",
        *(f"交办清单/{unit}_交办清单.{form}" for unit in ("县财政局", "县教育局") for form in ("docx", "xlsx")),
    ]
    assert PaperExport.objects.get().count == 6
    own = got(client, c.other_operator, f"/proposals/assigned/papers/?session={c.session.pk}")
    assert zipfile.ZipFile(io.BytesIO(body(own))).namelist() == [
        "交办单/001号_交办单_关于加强校园周边交通管理的提案.docx",
        "交办清单/县财政局_交办清单.docx", "交办清单/县财政局_交办清单.xlsx",
    ]  # fmt: skip


def test_who_may_take_them(c, client):
    proposal, waiting = handed(c), make.filed(c)
    slip, of_unit = f"/proposals/{proposal.pk}/assignment/paper/", f"/proposals/assigned/units/{c.unit.pk}/docx/"
    expected = {
        "author": (403, 404), "other_member": (404, 404), "staff": (200, 200), "head": (200, 200),
        "reviewer": (200, 200), "dispatch": (200, 200), "operator": (200, 200), "leader": (200, 200),
        "other_operator": (200, 404), "third_operator": (404, 404), "administrator": (404, 404),
    }  # fmt: skip
    answers = {
        role: tuple(got(client, getattr(c, role), url).status_code for url in (slip, of_unit)) for role in expected
    }
    assert answers == expected
    before = PaperExport.objects.count()
    assert got(client, c.staff, f"/proposals/{waiting.pk}/assignment/paper/").status_code == 409
    assert got(client, c.staff, f"/proposals/assigned/units/{c.unit.pk}/pdf/").status_code == 404
    assert got(client, c.author, "/proposals/assigned/papers/").status_code == 302
    assert PaperExport.objects.count() == before

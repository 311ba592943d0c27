"""Taking letters from the pages: who may, what comes, what is noted."""

import io
import zipfile

import pytest
from django.test import Client

from proposals.acts import ProposalAct
from proposals.models import PaperExport, Proposal, RejectionReason
from tests.factories import county as make
from workflow.engine import perform

pytestmark = pytest.mark.django_db
LETTERS = "/proposals/letters/"


def client(user) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def passed_on(c) -> Proposal:
    proposal = make.reviewed(c)
    reason = RejectionReason.objects.get(code="beyond")
    perform(ProposalAct.REJECT, proposal, c.head, {
        "rejection_reason": reason.pk, "disposition": "suggestion", "disposition_unit": c.unit.pk, "reason": "省级事权",
    })  # fmt: skip
    return proposal


def unpacked(answer) -> tuple[list[str], str]:
    """The names in the .zip, and 说明.txt without its first lines (when, how many, what to fill in)."""
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert archive.testzip() is None
    names = [info.filename for info in archive.infolist()]
    note = archive.read("说明.txt").decode("utf-8-sig").split("\r\n")
    return names, note[1:]


def test_who_may_take_which(c):
    proposal = passed_on(c)
    wrong, got = {}, {}
    for role, user in c.roles().items():
        for kind in ("rejected", "forwarded", "filed", "nonsense"):
            got[role, kind] = client(user).get(f"/proposals/{proposal.pk}/letters/{kind}/").status_code
    for role in c.roles():
        sees = role in ("author", "staff", "head", "reviewer", "operator", "leader")
        staff = role in ("staff", "head", "reviewer")
        wanted = {
            "rejected": 200 if staff or role == "author" else 403 if sees else 404,
            "forwarded": 200 if staff else 403 if sees else 404,
            "filed": 409 if staff or role == "author" else 403 if sees else 404, "nonsense": 404,
        }  # fmt: skip
        wrong |= {(role, kind): got[role, kind] for kind, code in wanted.items() if got[role, kind] != code}
    assert wrong == {}
    assert PaperExport.objects.count() == 4 + 3
    assert Client().get(f"/proposals/{proposal.pk}/letters/rejected/").status_code == 302


def test_the_case_page_offers_them(c, browse):
    proposal = passed_on(c)
    page = browse(c.staff).go(f"/proposals/{proposal.pk}/")
    assert page.has_link("下载不予立案通知书（Word）") and page.has_link("下载转意见建议函（Word）")
    mine = browse(c.author).go(f"/proposals/{proposal.pk}/")
    assert mine.has_link("下载不予立案通知书（Word）") and not mine.has_link("下载转意见建议函（Word）")
    answer = client(c.author).get(f"/proposals/{proposal.pk}/letters/rejected/")
    name = "%E6%B5%81%E6%B0%B4%E5%8F%B711-4-0001_%E4%B8%8D%E4%BA%88%E7%AB%8B%E6%A1%88%E9%80%9A%E7%9F%A5%E4%B9%A6_"
    assert name in answer["Content-Disposition"]
    row = PaperExport.objects.get()
    assert (row.user, row.what, row.count, row.proposal, row.door) == (
        c.author,
        "不予立案通知书",
        1,
        proposal,
        "portal",
    )
    assert "通知书（Word）" not in browse(c.operator).go(f"/proposals/{make.assigned(c).pk}/").text


def test_ticked_rows_as_one_zip(c):
    filed, gone, waiting = make.filed(c), passed_on(c), make.submitted(c, title="关于路灯的提案")
    rows = [f"{p.pk}-{p.version}" for p in (filed, gone, waiting)] + ["999999-1"]
    names, note = unpacked(client(c.staff).post(LETTERS, {"rows": rows}))
    assert names == [
        "001号_立案通知书_周明远.docx", "流水号11-4-0002_不予立案通知书_周明远.docx",
        "流水号11-4-0002_转意见建议函_县教育局.docx", "说明.txt",
    ]  # fmt: skip
    title = "关于加强校园周边交通管理的提案"
    assert note == [
        "共 3 份；没有通知书的 1 件。", "发文字号、联系人、联系电话留空，请填写后用印。", "",
        *(f"{name}　《{title}》" for name in names[:3]), "", "没有通知书的提案：",
        "11-4-0003　《关于路灯的提案》　目前是“待审查”，还没有审查结论", "",
        "另有勾选的 1 件已经找不到，可能已转给别人。", "",
    ]  # fmt: skip
    row = PaperExport.objects.get()
    assert (row.user, row.what, row.count, row.proposal) == (c.staff, "批量通知书", 3, None)


def test_the_whole_session_through_the_filter(c, browse):
    passed_on(c)
    make.filed(c)
    page = browse(c.staff).go("/proposals/?state=not_filed")
    href = next(href for text, href in page.links if text == "下载筛选结果的全部通知书")
    assert unpacked(client(c.staff).get(href))[0] == [
        "流水号11-4-0001_不予立案通知书_周明远.docx", "流水号11-4-0001_转意见建议函_县教育局.docx", "说明.txt",
    ]  # fmt: skip


def test_nothing_to_take_is_said(c, monkeypatch):
    waiting = make.submitted(c)
    staff = client(c.staff)
    for data, sentence in (
        ({"rows": [f"{waiting.pk}-1"]}, "这些提案还没有审查结论，没有通知书可以下载。"),
        ({}, "还没有勾选提案。请先在列表中勾选"),
    ):
        answer = staff.post(LETTERS, data, follow=True)
        assert (answer.status_code, sentence in answer.content.decode()) == (200, True)
    monkeypatch.setattr("proposals.papers.bundle.MOST", 0)
    assert "这次有 1 件，一次最多 0 件" in staff.get(LETTERS, {"scope": "all"}, follow=True).content.decode()
    assert PaperExport.objects.count() == 0


def test_many_at_once_are_the_committees(c):
    filed = make.filed(c)
    answers = {
        role: client(user).post(LETTERS, {"rows": [f"{filed.pk}-1"]}).status_code for role, user in c.roles().items()
    }
    assert {role for role, code in answers.items() if code == 200} == {"staff", "head", "reviewer"}
    assert set(answers.values()) == {200, 403}


def test_two_cases_of_one_number_keep_both_letters(c):
    one, two = make.filed(c), make.filed(c)
    Proposal.objects.filter(pk=two.pk).update(serial=None, ledger_number="001")
    rows = [f"{p.pk}-{p.version}" for p in (one, two)]
    names, _note = unpacked(client(c.staff).post(LETTERS, {"rows": rows}))
    assert names == ["001号_立案通知书_周明远.docx", "001号_立案通知书_周明远（2）.docx", "说明.txt"]

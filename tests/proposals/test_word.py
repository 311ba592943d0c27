"""写提案 from Word: papers as they are about in the county, read without losing a word, and files that are none."""

import io

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx.oxml import parse_xml

from documents.models import Attachment
from members.models import Delegation
from proposals.models import Proposal
from proposals.word.blank import blank
from proposals.word.blocks import Line
from proposals.word.items import items
from proposals.word.reading import read
from tests.documents import files
from tests.factories import people
from tests.proposals.views.pages import Browser

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
URL = "/proposals/new/word/"


def saved(paper) -> bytes:
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def filled(**cells) -> bytes:
    """The official blank with these cells filled in: label → text."""
    paper = docx.Document(io.BytesIO(blank("十一届四次会议")))
    for row in paper.tables[0].rows:
        for number, cell in enumerate(row.cells[:-1]):
            if cell.text in cells:
                row.cells[number + 1].text = cells[cell.text]
    return saved(paper)


def paragraphs(*lines: str) -> bytes:
    paper = docx.Document()
    for line in lines:
        paper.add_paragraph(line)
    return saved(paper)


FULL = {
    "案由": "关于加强校园周边交通管理的提案", "提案人": "周明远", "类别": "教科文卫体",
    "情况分析": "现状。\n问题：一是停车乱；二是缺标线。",
    "具体建议": "一、增设减速带。\n先从城区做起。\n二、错时上下学。", "建议承办单位": "西平县教育局、财政局",
}  # fmt: skip


def parts(content: bytes) -> tuple:
    got = read(io.BytesIO(content))
    return got.text("title"), got.text("situation"), got.suggestions(), got.unplaced


def test_the_official_form():
    assert parts(filled(**FULL)) == (
        FULL["案由"],
        FULL["情况分析"],
        ["增设减速带。\n先从城区做起。", "错时上下学。"],
        [],
    )


def test_a_paper_with_headings_instead_of_a_table():
    content = paragraphs(
        "政协西平县委员会提案", "案　由：关于停车难的提案", "提案人：周明远　联系电话另附", "一、案由分析", "老城区停车难。",
        "1.车位少。", "二、建议、办法和要求", "为此建议：", "1.挖潜增位。", "2.错时共享。", "联系电话：0396-6200000",
    )  # fmt: skip
    assert parts(content) == (
        "关于停车难的提案", "老城区停车难。\n1.车位少。", ["挖潜增位。", "错时共享。"],
        [("联系电话", "0396-6200000"), ("具体建议前面的引语", "为此建议：")],
    )  # fmt: skip


def test_a_paper_without_labels_but_for_the_last():
    content = paragraphs("关于停车难的提案", "开头一段没有标题。", "具体建议：", "挖潜增位。")
    assert parts(content) == ("关于停车难的提案", "", ["挖潜增位。"], [("开头的文字", "开头一段没有标题。")])


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["（一）甲", "（二）乙", "1.乙一", "2.乙二"], ["甲", "乙\n1.乙一\n2.乙二"]),
        (["1、甲", "2、乙"], ["甲", "乙"]),
        (["（1）甲", "（2）乙"], ["甲", "乙"]),
        (["①甲", "②乙"], ["甲", "乙"]),
        (["一是，甲", "二是，乙"], ["甲", "乙"]),
        (["一、甲。二、乙；三、丙。"], ["甲。", "乙；", "丙。"]),
        (["投资1.5亿元修路", "另一条"], ["投资1.5亿元修路", "另一条"]),
        ([], []),
    ],
)
def test_where_suggestions_are_split(lines, found):
    assert items([Line(line) for line in lines]) == (found, "")


def test_numbers_set_by_word_itself_inserted_words_controls_and_boxes():
    paper = docx.Document()
    paper.add_paragraph("案由：关于甲的提案")
    paper.add_paragraph("情况分析")
    inserted = f"<w:p {W}><w:r><w:t>原有</w:t></w:r><w:ins><w:r><w:t>新增</w:t></w:r></w:ins><w:del><w:r><w:delText>删去</w:delText></w:r></w:del></w:p>"
    control = f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>控件里的字</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    box = f"<w:p {W}><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>框里的字</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>"
    for xml in (inserted, control, box):
        paper.element.body.insert_element_before(parse_xml(xml), "w:sectPr")
    paper.add_paragraph("具体建议")
    for text in ("甲", "乙"):
        item = paper.add_paragraph(text)
        item._p.get_or_add_pPr().append(parse_xml(f'<w:numPr {W}><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'))
        paper.add_paragraph(f"{text}的说明")
    assert parts(saved(paper)) == (
        "关于甲的提案", "原有新增\n控件里的字", ["甲\n甲的说明", "乙\n乙的说明"], [("文本框里的字", "框里的字")],
    )  # fmt: skip


@pytest.fixture
def send(c, client):
    def send(user, content: bytes, name: str = "提案.docx", whom: str = "me"):
        client.force_login(user)
        data = {"file": SimpleUploadedFile(name, content), "for": whom}
        return client.post(URL, data)

    return send


@pytest.mark.django_db
def test_a_member_gets_a_draft_to_check_with_the_form_attached(c, client, send):
    answer = send(c.author, filled(**FULL, 联名人="李素芬、郭建业"))
    proposal = Proposal.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/proposals/{proposal.pk}/edit/")
    assert (proposal.title, proposal.first_proposer, proposal.business_category) == (
        FULL["案由"],
        c.author.person,
        c.business,
    )
    assert [s.text for s in proposal.suggestions.all()] == ["增设减速带。\n先从城区做起。", "错时上下学。"]
    assert set(proposal.suggested_units.all()) == {c.unit, c.other_unit}
    assert [file.name for file in Attachment.objects.of("proposals.proposal", proposal.pk)] == ["提案.docx"]
    page = Browser(client, c.author).go(answer.url)
    assert "已从 Word 表填入，请逐项核对" in page.text
    assert "表上写有联名人：李素芬、郭建业。" in page.text
    page = page.press("保存草稿")
    assert "已从 Word 表填入" not in page.text


@pytest.mark.django_db
def test_what_does_not_fit_is_listed_word_for_word(c, client, send):
    long = "长" * 120
    paper = filled(案由=f"关于{long}", 提案人="王不存在", 类别="天文", 建议承办单位="县教育局 火星局", 情况分析="甲")
    page = Browser(client, c.author).go(send(c.author, paper).url)
    for words in (
        "案由超出 100 字的部分 " + "长" * 22, "类别（没有这个类别） 天文", "建议承办单位（没有找到这个单位） 火星局",
        "表上的提案人写的是“王不存在”，这份草稿的提案人是“周明远”。", "表里没有读到：具体建议、类别，请在下面补填。",
    ):  # fmt: skip
        assert words in page.text


@pytest.mark.django_db
def test_contacts_and_those_who_draft_for_a_member(c, send):
    send(c.contact, filled(**FULL), whom=str(c.party.pk))
    Delegation.objects.create(grantor=c.author.person, secretary=c.staff.person, starts=people.LONG_AGO)
    send(c.staff, filled(**FULL), whom=f"for-{c.author.person_id}")
    made = Proposal.objects.order_by("pk").values_list("organization", "first_proposer", "drafter")
    assert list(made) == [
        (c.party.pk, None, c.contact.person_id), (None, c.author.person_id, c.staff.person_id),
    ]  # fmt: skip
    assert send(c.author, filled(**FULL), whom=str(c.party.pk)).status_code == 403
    assert send(c.operator, filled(**FULL)).status_code == 403


BAD = {
    "旧.doc": (files.ole("WordDocument"), "请用 WPS 或 Word 打开，另存为“.docx”后再传"),
    "稿.pdf": (files.pdf(), "请传 Word 原稿（.docx）"),
    "图.png": (files.png(), "请选择填好的提案表（.docx）"),
    "锁.docx": (files.ole("EncryptedPackage"), "请取消密码后再上传"),
    "坏.docx": (files.word()[:-100], "打不开，可能没有传完整或已损坏"),
    "假.docx": (files.office("word"), "打不开，可能没有传完整或已损坏"),
    "表.docx": (files.office("xl"), "的内容其实是 Excel 表格"),
    "空.docx": (b"", "是空文件"),
    "弹.docx": (files.office("word", {"word/a.xml": b"0" * 40_000_000}), "展开后的内容过大"),
    "长.docx": (files.office("word", {"word/document.xml": b"<d>" + b"0" * 13_000_000 + b"</d>"}), ""),
    "白.docx": (files.word(), ""),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", BAD)
def test_files_that_are_no_form_get_a_sentence_and_leave_nothing(c, client, send, name):
    content, sentence = BAD[name]
    answer = send(c.author, content, name)
    if not sentence:
        sentence = "没有导入" if name == "长.docx" else ""
    assert (answer.status_code, sentence in answer.content.decode()) == (
        (302, True) if name == "白.docx" else (400, True)
    )
    assert Attachment.objects.count() == (name == "白.docx")


@pytest.mark.django_db
def test_too_large(c, send, settings):
    settings.DOCUMENTS_MAX_BYTES = 1000
    assert "超过" in send(c.author, filled(**FULL)).content.decode()


@pytest.mark.django_db
def test_the_blank_and_the_page(c, client):
    client.force_login(c.contact)
    answer = client.get(f"{URL}blank/")
    assert (answer.status_code, answer.content[:2]) == (200, b"PK")
    page = Browser(client, c.contact).go(URL)
    assert ("下载空白提案表", f"{URL}blank/") in page.links
    assert Browser(client, c.operator).go(URL).status == 403

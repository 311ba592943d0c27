"""公文模板: what is taken, what is refused and in which words, who may do it, and what papers look like then."""

import io
import time
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from documents.models import PaperTemplate
from documents.papers.templates import checking, filling, versions
from documents.papers.templates.kinds import register
from proposals.models import Proposal
from proposals.papers import case_text, material
from tests.factories import county as make

REPLY = "assist_opinion"


def template(*lines: str, key: str = REPLY, without: str = "") -> bytes:
    """The template to start from with more lines below; `without`: a field whose marks are taken out."""
    paper = Document(io.BytesIO(filling.start_of(register()[key])))
    for part in (paper, paper.sections[0].first_page_header):
        for line in part.paragraphs:
            if without and f"{{{{ {without} }}}}" in line.text:
                line.runs[0].text = line.text.replace(f"{{{{ {without} }}}}", "")
    for words in lines:
        paper.add_paragraph(words)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def refused(content: bytes, name: str = "模板.docx", key: str = REPLY) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        checking.check(register()[key], name, content)
    return caught.value.messages


@pytest.mark.parametrize("key", sorted(register()))
def test_the_template_to_start_from_is_taken(key):
    checking.check(register()[key], "模板.docx", filling.start_of(register()[key]))


def test_what_is_wrong_is_said_with_its_place_and_remedy():
    assert refused(template("主办：{{ 收件单 }}")) == [
        "正文“主办：{{ 收件单 }}”处：没有“收件单”这个字段。是不是想写“收件单位”？请照本页的字段表改正，或删去。"
    ]
    assert refused(template(without="正文")) == ["缺少必需的字段“正文”（正文各段）。请在相应位置写上 {{ 正文 }}。"]
    [wide] = refused(template("｛｛ 正文 ｝｝"))
    assert wide.startswith("正文里的“｛｛”用了全角括号。")
    [half] = refused(template("{{ 正文 }"))
    assert half.startswith("正文“") and "没有写完整" in half
    [rows] = refused(template("{{ 提案表 }}", key="unit_list"), key="unit_list")
    assert "“提案表”是清单，不能直接填写" in rows
    [outside] = refused(template("{{ 提案.案号 }}", key="unit_list"), key="unit_list")
    assert "“提案.案号”只能写在它的循环（for … endfor）里面" in outside


HOSTILE = (
    "{{ ''.__class__ }}", "{{ 正文.__class__ }}", "{{ 正文.__class__.__mro__ }}", "{{ 正文|length }}", "{{ 9 ** 9 ** 9 }}",
    "{{ 正文 * 1000000000 }}", "{{ range(10) }}", "{{ cycler.__init__.__globals__ }}", "{{ lipsum() }}", "{{ self }}",
    "{% for i in range(10**9) %}x{% endfor %}", "{% for i in 正文 %}x{% endfor %}", "{% set x = 1 %}", "{% macro a() %}{% endmacro %}",
    "{% include '/etc/passwd' %}", "{% import 'os' as os %}", "{% extends 'x' %}", "{{ config }}", "{{ request.user }}",
    "{%r for x in y %}", "{%colspan 9999999999 %}", "{% if 正文 == 'x' %}a{% endif %}", "{{ 正文['a'] }}", "{{ [1] * 10**9 }}",
    "{% filter upper %}x{% endfilter %}", "{% call a() %}{% endcall %}", "{{ 'a' ~ 正文 }}", "{%p for a in b %}",
)  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_programs_are_refused_in_words_and_at_once(words):
    began = time.monotonic()
    said = refused(template(words))
    assert time.monotonic() - began < 5
    assert all(any("一" <= char <= "鿿" for char in line) and "请" in line for line in said)


def test_hostile_files_are_refused():
    start = filling.start_of(register()[REPLY])
    assert "不是 .docx 文件" in refused(start, "模板.doc")[0]
    assert "带有宏程序" in refused(start, "模板.docm")[0]
    assert refused(start[:-500])[0].startswith("“模板.docx”打不开")
    assert "其实是" in refused(b"%PDF-1.7 x %%EOF")[0] or "不是" in refused(b"%PDF-1.7 x %%EOF")[0]
    assert "是空文件" in refused(b"")[0]
    assert "超过 2 MB" in refused(start + b"0" * 3 * 2**20)[0]
    assert "带有宏程序" in refused(with_part(start, "word/vbaProject.bin", b"x"))[0]
    linked = with_part(
        start, "word/_rels/document.xml.rels", None,
        lambda text: text.replace("</Relationships>", '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="http://example.com/a.png" TargetMode="External"/></Relationships>'),
    )  # fmt: skip
    assert "链接到外部" in refused(linked)[0]
    assert "链接到外部" in refused(with_field(start, ' INCLUDETEXT "/etc/passwd" '))[0]
    assert "链接到外部" in refused(with_picture_called_a_link(start))[0]
    assert "链接到外部" in refused(with_header_called_otherwise(start, ' INCLUDETEXT "/etc/passwd" '))[0]
    checking.check(register()[REPLY], "模板.docx", with_field(start, ' HYPERLINK "http://example.com" '))
    assert "文件属性" in refused(with_title(start, "{{ 正文 }}"))[0]
    assert "内容过长" in refused(template(*["长" * 1000] * 400))[0]


# What makes docxtpl's patterns run for minutes.
SLOW = (
    "<w:p><w:r><w:t>" + "{{" * 200_000 + "</w:t></w:r></w:p>",
    "<w:p><w:r><w:t>{%tr </w:t></w:r></w:p>" * 10_000,
    "<w:p><w:r><w:t>{% vm %}</w:t></w:r></w:p>" * 5_000,
    "<w:p><w:r><w:t>{{ " + "a" * 400_000 + "</w:t></w:r></w:p>",
    "<w:p><w:r><w:t>{{" + "(" * 20_000 + "</w:t></w:r></w:p>",
    "<w:p><w:r><w:t>{%tr if 正文 %}</w:t></w:r></w:p>" * 380 + "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>" * 7_000,
    "<w:p>" + "<w:r><w:t>a</w:t></w:r>" * 15_000 + "<w:r><w:t>{{p 正文 }}</w:t></w:r>" * 380 + "</w:p>",
)  # fmt: skip


@pytest.mark.parametrize("body", SLOW, ids=range(len(SLOW)))
def test_what_would_take_for_ever_is_refused_at_once(body):
    start = filling.start_of(register()[REPLY])
    content = with_part(start, "word/document.xml", None, lambda text: text.replace("<w:sectPr", body + "<w:sectPr", 1))
    began = time.monotonic()
    assert "请" in refused(content)[0]
    assert time.monotonic() - began < 10


def with_part(content: bytes, name: str, part: bytes | None, change=None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            body = old.read(entry)
            new.writestr(entry.filename, change(body.decode()).encode() if change and entry.filename == name else body)
        if part is not None:
            new.writestr(name, part)
    return out.getvalue()


def with_field(content: bytes, words: str) -> bytes:
    return with_part(content, "word/document.xml", None, lambda text: text.replace(
        "<w:sectPr", f"<w:p><w:r><w:instrText>{words}</w:instrText></w:r></w:p><w:sectPr", 1
    ))  # fmt: skip


def with_picture_called_a_link(content: bytes) -> bytes:
    """The address stands as that of a hyperlink; a picture uses it, and LibreOffice loads it."""
    paper, out = Document(io.BytesIO(content)), io.BytesIO()
    key = paper.part.relate_to("http://example.com/a.png", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    paper.add_paragraph()._p.append(
        parse_xml(f'<w:r {nsdecls("w", "a", "r")}><w:drawing><a:blip r:link="{key}"/></w:drawing></w:r>')
    )
    paper.save(out)
    return out.getvalue()


def with_header_called_otherwise(content: bytes, words: str) -> bytes:
    """Programs find a header by its relation, whatever it is called."""
    paper, out = Document(io.BytesIO(content)), io.BytesIO()
    header = paper.sections[0].first_page_header
    header.add_paragraph()._p.append(parse_xml(f"<w:r {nsdecls('w')}><w:instrText>{words}</w:instrText></w:r>"))
    header.part.partname = PackURI("/word/other.xml")
    paper.save(out)
    return out.getvalue()


def with_title(content: bytes, words: str) -> bytes:
    paper, out = Document(io.BytesIO(content)), io.BytesIO()
    paper.core_properties.title = words
    paper.save(out)
    return out.getvalue()


def words_of(content: bytes) -> list[str]:
    return [line.text for line in Document(io.BytesIO(content)).paragraphs if line.text.strip()]


@pytest.mark.django_db
def test_papers_take_the_template_and_give_it_back():
    """Texts of cases stay texts: marks in them are not read, and each line is a paragraph of its own."""
    c = make.county()
    kind = register()["proposal_original"]
    proposal = make.filed(c)
    Proposal.objects.filter(pk=proposal.pk).update(situation="第一段 {{ 案号 }} <b>&amp;\n第二段")
    [case] = material.read(Proposal.objects.filter(pk=proposal.pk))
    house = words_of(case_text.original(case))
    versions.use(kind, "改.docx", template("本件由 {{ 提案人 }} 提出", key=kind.key), c.staff)
    assert words_of(case_text.original(case)) == house  # outside a request and a job
    with filling.chosen():
        text = words_of(case_text.original(case))
    assert text == [*house, "本件由 周明远 提出"]
    assert ("第一段 {{ 案号 }} <b>&amp;" in text, "第二段" in text) == (True, True)
    versions.use_default(kind, c.staff)
    with filling.chosen():
        assert words_of(case_text.original(case)) == house


def kept_content(name: str) -> bytes:
    return bytes(PaperTemplate.objects.get(name=name).content)


@pytest.mark.django_db
def test_staff_change_a_template_in_the_admin(django_assert_num_queries):
    c = make.county()
    client, page = Client(), "/admin/documents/papertemplate/?kind=assist_opinion"
    client.force_login(c.staff, backend="members.backends.AppointmentBackend")
    assert "会办意见" in client.get("/admin/documents/papertemplate/").content.decode()
    start = client.get(page + "&file=current").content
    bad = client.post(page, {"act": "use", "file": SimpleUploadedFile("坏.docx", template("{{ 不知道 }}"))})
    assert (bad.status_code, "没有“不知道”这个字段" in bad.content.decode()) == (400, True)
    assert client.post(page, {"act": "use"}).status_code == 400
    shown = client.post(page, {"act": "preview", "file": SimpleUploadedFile("新.docx", template("新的一行"))})
    assert (words_of(shown.content)[-1], PaperTemplate.objects.count()) == ("新的一行", 0)
    for name, line in (("一.docx", "第一版"), ("二.docx", "第二版")):
        client.post(page, {"act": "use", "file": SimpleUploadedFile(name, template(line))})
    assert words_of(client.get(page + "&file=preview").content)[-1] == "第二版"
    client.post(page, {"act": "use", "file": SimpleUploadedFile("二.docx", kept_content("二.docx"))})  # pressed twice
    first = PaperTemplate.objects.get(name="一.docx")
    client.post(page, {"act": "again", "version": first.pk})
    assert words_of(client.get(page + "&file=preview").content)[-1] == "第一版"
    assert words_of(client.get(f"{page}&file={first.pk}").content)[-1] == "第一版"
    for bad in ({"act": "again", "version": "9" * 30}, {"act": "again", "version": "x"}, {"act": "again"}):
        assert client.post(page, bad).status_code == 400
    assert client.get(page + "&file=99999").status_code == 400
    client.post(page, {"act": "default"})
    assert client.get(page + "&file=current").content[:2] == start[:2] == b"PK"
    rows = list(PaperTemplate.objects.order_by("pk").values_list("name", "by__person__name"))
    assert rows == [("一.docx", "何静"), ("二.docx", "何静"), ("一.docx", "何静"), ("", "何静")]
    text = client.get(page).content.decode()
    assert [words in text for words in ("一.docx", "恢复默认", "何静", "系统自带的版式")] == [True] * 4
    with django_assert_num_queries(1):
        PaperTemplate.objects.contents()

"""提案汇编: what is in it, for whom, in which order; and how long a session of 300 takes."""

import io
import re
import resource
import time
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader, PdfWriter

from documents import pdf
from exports import running
from exports.models import Job
from proposals.models import Proposal, Reply, Suggestion
from proposals.models.assignment import Assignment
from reports.forms import CompilationForm
from reports.papers import compilation
from tests.factories import county as make
from tests.factories import people
from tests.proposals.ledger import ledgers
from workflow.errors import NotAllowed, Refused

from .test_review_report import imported

pytestmark = pytest.mark.django_db
TITLE = "关于加强校园周边交通管理的提案"


@pytest.fixture
def c():
    return make.county()


@pytest.fixture(autouse=True)
def without_libreoffice(settings):
    """Starting it takes seconds; a test that wants it says so."""
    settings.SOFFICE = "/nowhere/soffice"


def made(c, person, told=None, **wanted):
    choice = {"session": c.session.pk, "audience": "internal", "form": "docx", "replies": "full"} | wanted
    found = compilation.write(
        choice, person, lambda done, total: (told if told is not None else []).append((done, total))
    )
    content = found.path.read_bytes()
    found.path.unlink()
    return found.name, content


def lines(content: bytes) -> list[str]:
    return [line.text for line in Document(io.BytesIO(content)).paragraphs if line.text.strip()]


def test_inside_has_names_and_the_public_one_only_what_was_published(c):
    make.rated_and_published(c)
    make.filed(c, title="关于农村饮水的提案")
    offline = make.filed(c, title="关于某事的提案")
    Proposal.objects.filter(pk=offline.pk).update(moved_offline_at=timezone.now())
    told = []
    name, content = made(c, c.staff, told)
    text = lines(content)
    assert (name, told) == ("政协西平县第十一届委员会第四次会议提案汇编（内部）.docx", [(0, 2), (1, 2), (2, 2)])
    headings = [f"第001号　{TITLE}", "第002号　关于农村饮水的提案"]
    assert [line for line in text if line in headings] == headings
    assert ("提案人：周明远" in text, "关于某事的提案" in "".join(text)) == (True, False)
    reply = Reply.objects.get()
    assert f"县教育局的答复（{reply.letter_number}，A类）" in text
    assert [line for line in text if "目" in line[:2]] == ["目　录"]
    name, content = made(c, c.author, audience="public", replies="excerpt")
    public = lines(content)
    assert (name, headings[0] in public, headings[1] in public) == (
        "政协西平县第十一届委员会第四次会议提案汇编（公开）.docx", True, False,
    )  # fmt: skip
    assert [line for line in public if line.startswith("政协西平县")] == [
        "政协西平县第十一届委员会第四次会议\n提案汇编"
    ]
    assert "（公开，共 1 件" in public[1]


def test_the_contents_are_a_field_with_an_entry_for_each_heading(c):
    make.filed(c)
    paper = Document(io.BytesIO(made(c, c.staff)[1]))
    fields = [node.text for node in paper.element.body.iter(qn("w:instrText"))]
    marks = [node.get(qn("w:name")) for node in paper.element.body.iter(qn("w:bookmarkStart"))]
    assert fields == [' TOC \\o "1-2" \\h \\z \\u ', *(f" PAGEREF {mark} \\h " for mark in marks)]
    assert [line.style.name for line in paper.paragraphs if line.style.name != "Normal"] == ["Heading 1", "Heading 2"]
    kinds = [node.get(qn("w:fldCharType")) for node in paper.element.body.iter(qn("w:fldChar"))]
    assert (kinds.count("begin"), kinds.count("separate"), kinds.count("end")) == (3, 3, 3)
    listed = [line.text for line in paper.paragraphs if line.text.endswith("\t…")]
    assert [words.removesuffix("\t…") for words in listed] == ["教科文卫体", f"第001号　{TITLE}"]
    assert paper.settings.element.find(qn("w:updateFields")).get(qn("w:val")) == "true"


def test_the_contents_have_the_pages_that_libreoffice_counts(c, monkeypatch):
    """Each heading's page is read from the outline of a first .pdf and stands in the contents when the paper is given."""
    make.filed(c)
    asked = []
    monkeypatch.setattr(pdf, "converted", lambda content: asked.append(content) or outlined([(2, [3])]))
    [heading, entry] = [line.text for line in Document(io.BytesIO(made(c, c.staff)[1])).paragraphs if "\t" in line.text]
    assert (heading, entry) == ("教科文卫体\t3", f"第001号　{TITLE}\t4")
    [counted] = asked
    assert [line[-4:] for line in lines(counted) if "\t" in line] == ["\t000", "\t000"]  # as wide as numbers are
    monkeypatch.setattr(pdf, "converted", lambda content: outlined([(2, [])]))  # another outline: nothing is guessed
    assert [line[-2:] for line in lines(made(c, c.staff)[1]) if "\t" in line] == ["\t…", "\t…"]


def outlined(parts) -> bytes:
    """A .pdf of ten pages with an outline: (page, pages below it)."""
    paper, out = PdfWriter(), io.BytesIO()
    for _ in range(10):
        paper.add_blank_page(595, 842)
    for place, below in parts:
        above = paper.add_outline_item(title="类", page_number=place)
        for one in below:
            paper.add_outline_item(title="件", page_number=one, parent=above)
    paper.write(out)
    return out.getvalue()


def test_as_a_pdf_or_a_word_of_what_is_missing(c, settings, monkeypatch):
    make.filed(c)
    with pytest.raises(Refused, match="没有安装 LibreOffice") as caught:
        made(c, c.staff, form="pdf")
    assert "改选 Word 文件" in caught.value.next_step
    settings.SOFFICE = "/bin/true"
    monkeypatch.setattr(pdf, "converted", lambda content: outlined([(2, [3])]))
    name, content = made(c, c.staff, form="pdf")
    assert (name, content[:5]) == ("政协西平县第十一届委员会第四次会议提案汇编（内部）.pdf", b"%PDF-")

    def busy(content):
        raise pdf.NoPdf(*pdf.BUSY)

    monkeypatch.setattr(pdf, "converted", busy)
    with pytest.raises(Refused, match="正在转换别的文件"):
        made(c, c.staff, form="pdf")
    answers = iter((busy, lambda content: outlined([(2, [3])])))

    def busy_at_first(content):  # only the pages cannot be counted
        return next(answers)(content)

    monkeypatch.setattr(pdf, "converted", busy_at_first)
    with pytest.raises(Refused, match="正在转换别的文件"):
        made(c, c.staff, form="pdf")
    monkeypatch.setattr(pdf, "converted", lambda content: outlined([(2, [])]))
    with pytest.raises(Refused, match="目录的页码没有数出来"):
        made(c, c.staff, form="pdf")
    assert list(settings.EXPORT_FOLDER.glob("*.pdf")) == []


@pytest.mark.campaign
@pytest.mark.timeout(300)
def test_every_number_of_the_contents_is_the_page_of_its_heading(c, settings, tmp_path):
    """Forty proposals of several pages, by the real LibreOffice: the numbers printed against the headings printed."""
    settings.SOFFICE, settings.PORTAL_DATA = "", tmp_path
    assert pdf.missing() == ""
    for n in range(40):
        make.filed(c, title=f"关于第{n + 1}项民生实事的提案")
    Proposal.objects.update(situation="\n".join(["校门口上下学时段车流集中，家长接送车辆随意停放。" * 8] * 5))
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(made(c, c.staff, form="pdf")[1])).pages]
    listed = {}
    for text in pages:
        listed |= dict(re.findall(r"(第\s*\d{3}\s*号)[^\n]*?[.．…·]{3,}\s*(\d+)", text))
    printed = {
        mark: str(place) for place, text in enumerate(pages, 1)
        for mark in re.findall(r"^(第\s*\d{3}\s*号)(?![^\n]*[.．…·]{3})", text, re.M)
    }  # fmt: skip
    assert len(listed) == 40 and listed == printed


def test_single_papers_in_folders_and_who_may_have_them(c):
    for title in ("关于同名的提案", "关于同名的提案"):
        make.filed(c, title=title)
    _name, content = made(c, c.head, form="zip")
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert file.namelist() == ["教科文卫体/第001号_关于同名的提案.docx", "教科文卫体/第002号_关于同名的提案.docx"]
        assert lines(file.read(file.namelist()[0]))[0] == "关于同名的提案"
    for person in (c.author, c.operator, c.reviewer, c.dispatch):
        with pytest.raises(NotAllowed):
            made(c, person)
        assert [key for key, _label in CompilationForm(person=person).fields["audience"].choices] == ["public"]
    with pytest.raises(Refused):
        made(c, c.author, audience="public")


def test_the_queries_do_not_grow_with_the_cases(c):
    counts = []
    make.assigned(c)
    made(c, c.staff)  # what a process reads once
    for _ in range(3):
        make.assigned(c)
        with CaptureQueriesContext(connection) as asked:
            made(c, c.staff)
        counts.append(len(asked))
    assert counts == [counts[0]] * 3


def test_stopped_in_the_middle_leaves_no_file(c, tmp_path, monkeypatch):
    monkeypatch.setattr("django.conf.settings.EXPORT_FOLDER", tmp_path)
    make.filed(c)

    def stop(done, total):
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        compilation.write(
            {"session": c.session.pk, "audience": "internal", "form": "docx", "replies": "none"}, c.staff, stop
        )
    assert list(tmp_path.iterdir()) == []


def test_it_is_asked_for_on_its_page_and_made_in_the_background(c, client):
    make.filed(c)
    client.force_login(c.staff, backend="members.backends.AppointmentBackend")
    wanted = {"session": c.session.pk, "audience": "internal", "form": "zip", "replies": "full"}
    assert client.get("/reports/compilation/").status_code == 200
    assert client.post("/reports/compilation/", wanted | {"form": "exe"}).status_code == 400
    page = client.post("/reports/compilation/", wanted)
    assert running.run_waiting() == 1
    job = Job.objects.get()
    assert page["Location"] == job.get_absolute_url()
    assert (str(job), job.status) == (
        "政协西平县第十一届委员会第四次会议提案汇编（内部：原文，有姓名，压缩包，每件提案一个 Word 文件）", "done",
    )  # fmt: skip
    taken = b"".join(client.get(f"{job.get_absolute_url()}file/").streaming_content)
    assert len(zipfile.ZipFile(io.BytesIO(taken)).namelist()) == 1
    client.force_login(c.operator, backend="members.backends.AppointmentBackend")
    assert client.post("/reports/compilation/", wanted).status_code == 403


def test_too_many_at_once_leads_back_to_the_page(c, client, monkeypatch):
    monkeypatch.setattr("exports.limits.MOST_WAITING", 0)
    client.force_login(c.staff, backend="members.backends.AppointmentBackend")
    wanted = {"session": c.session.pk, "audience": "internal", "form": "zip", "replies": "full"}
    page = client.post("/reports/compilation/", wanted).content.decode()
    assert ("在排队" in page, 'href="/reports/compilation/"' in page, "返回提案汇编" in page) == (True, True, True)


@pytest.mark.campaign
@pytest.mark.timeout(600)
@pytest.mark.parametrize("form", ["docx", "pdf", "zip"])
def test_three_hundred_proposals(form, settings, tmp_path):
    """≤ 120 s; prints how long it took and the most memory the process ever had."""
    settings.SOFFICE, settings.PORTAL_DATA = "", tmp_path
    committee = people.organization("committee", "提案委员会", code="proposals")
    staff = people.holder(committee, "staff", "何静")
    session = imported([ledgers.row(n, 承办单位="县教育局") for n in range(1, 301)])
    text = "\n".join(["校门口上下学时段车流集中，家长接送车辆随意停放，存在安全隐患。" * 6] * 6)
    Proposal.objects.update(situation=text)
    Suggestion.objects.all().delete()
    pks = list(Proposal.objects.values_list("pk", flat=True))
    Suggestion.objects.bulk_create(
        [
            Suggestion(proposal_id=pk, position=n, text="建议在校门口设置限时停车位。" * 8)
            for pk in pks
            for n in (1, 2, 3)
        ]
    )
    before, rows = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, Assignment.objects.count()
    began = time.monotonic()
    found = compilation.write(
        {"session": session.pk, "audience": "internal", "form": form, "replies": "full"}, staff, lambda *_: None
    )
    took, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    size = found.path.stat().st_size
    found.path.unlink()
    print(
        f"\n提案汇编 .{form}: {len(pks)} proposals, {rows} shares, {took:.1f} s, {size / 2**20:.1f} MB, memory {before // 1024} → {after // 1024} MB"
    )
    assert (len(pks), took < 120) == (300, True)

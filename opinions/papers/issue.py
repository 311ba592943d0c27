"""《社情民意》 as a .docx: red masthead, 期号, who prints it and when, 主送, the text, 抄送 (domain §12)."""

from docx.document import Document as Paper
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from documents.papers import letter, page
from opinions.credits import attribution
from opinions.kinds import Urgency
from opinions.models import Issue, OpinionReport

NAME, HOUSE = "社情民意", "政协西平县委员会办公室"
MASTHEAD_SIZE = 48
NUMERALS = "一二三四"


def paper_of(report: OpinionReport, issue: Issue | None) -> bytes:
    """The issue, or its proof while it has no number yet."""
    paper = page.new_paper()
    _masthead(paper, report, issue)
    if issue:
        letter.addressee(paper, f"主送：{issue.main_to}")
    else:
        page.line(paper)
    page.title(paper, report.edited_title)
    page.line(paper)
    letter.paragraph(paper, f"{attribution(report)}：")
    _text(paper, report)
    _foot(paper, report, issue)
    return page.content(paper)


def _masthead(paper: Paper, report: OpinionReport, issue: Issue | None) -> None:
    if report.urgency != Urgency.NORMAL:
        page.line(paper, report.get_urgency_display(), page.HEADING)
    head = page.centred(page.line(paper, NAME, page.TITLE, MASTHEAD_SIZE))
    head.paragraph_format.line_spacing = Pt(MASTHEAD_SIZE + 18)
    head.runs[0].font.color.rgb = letter.RED
    page.centred(page.line(paper, f"第 {issue.number} 期" if issue else "（送审稿）"))
    _house_and_day(paper, issue)


def _house_and_day(paper: Paper, issue: Issue | None) -> None:
    """The house on the left, the day on the right, above a red line."""
    table = paper.add_table(rows=1, cols=2)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    page.without_padding(table)
    left, right = table.rows[0].cells
    left.width, right.width = Mm(96), Mm(60)
    page.write(left.paragraphs[0], HOUSE)
    page.write(right.paragraphs[0], letter.dated(issue.issued_on if issue else None))
    right.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _red_line(page.line(paper))


def _red_line(line) -> None:
    line.paragraph_format.line_spacing = Pt(12)
    borders, rule = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "18"), ("space", "1"), ("color", str(letter.RED))):
        rule.set(qn(f"w:{name}"), value)
    borders.append(rule)
    line._p.get_or_add_pPr().insert_element_before(borders, *letter.AFTER_BORDERS)


def _text(paper: Paper, report: OpinionReport) -> None:
    """The parts that were written, numbered in the order in which they stand."""
    parts = [(label, text) for label, text in report.edited_texts.items() if label != "标题" and text.strip()]
    for number, (label, text) in enumerate(parts):
        if len(parts) > 1:
            letter.heading(paper, f"{NUMERALS[number]}、{label}")
        for words in filter(str.strip, text.splitlines()):
            letter.paragraph(paper, words.strip())


def _foot(paper: Paper, report: OpinionReport, issue: Issue | None) -> None:
    names = [
        ("签发", str(report.signed_by or "")),
        ("审核", str(report.reviewed_by or "")),
        ("编辑", str(report.edited_by or "")),
    ]
    page.line(paper)
    page.line(paper, "　　".join(f"{label}：{name}" for label, name in names if name), size=page.SMALL_SIZE)
    if issue and issue.copy_to:
        letter.copies(paper, issue.copy_to)


def name_of(report: OpinionReport, issue: Issue | None) -> str:
    return f"社情民意{issue.year}年第{issue.number}期.docx" if issue else f"社情民意送审稿-{report.number}.docx"

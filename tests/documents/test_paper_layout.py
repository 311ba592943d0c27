"""Every kind of paper keeps to GB/T 9704 as domain §12 has it: what the file declares, and what comes out as a page."""

import io
import re
from itertools import pairwise

import pytest
from docx import Document
from docx.oxml.ns import qn

from documents.papers.templates import filling
from documents.papers.templates.kinds import FORMS, register
from tests.architecture.sources import paths

from .printed import converted, pages

KINDS = sorted(register())
# The papers of the issue, by hand: 答复函 … 审查情况报告, 提案工作情况报告.
WANTED = {
    "proposal_original", "letter_filed", "letter_merged", "letter_rejected", "letter_forwarded", "assignment_slip",
    "unit_list", "reply", "supplementary_reply", "assist_opinion", "rating_form", "supervision_notice",
    "opinion_issue", "consultation_plan", "consultation_minutes", "matter_minutes", "member_list", "review_report",
    "work_report", "outcome_survey", "outcome_advice", "outcome_special", "outcome_inspection", "outcome_supervision",
    "award_notice", "key_summary", "unit_assessment",
}  # fmt: skip
OUTCOMES = {"outcome_survey", "outcome_advice", "outcome_special", "outcome_inspection", "outcome_supervision"}
MARKED = {"reply", *OUTCOMES}  # in the top right corner: the result of a reply, the form of an outcome
LETTERS = {*OUTCOMES, "letter_filed", "letter_merged", "letter_rejected", "letter_forwarded", "reply", "supplementary_reply",
           "assist_opinion", "supervision_notice"}  # fmt: skip
FONTS = {"方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"}
RED = "C00000"


def opened(content: bytes):
    return Document(io.BytesIO(content))


def own(key: str):
    return opened(register()[key].write(register()[key].example()))


def test_every_paper_of_the_issue_is_a_kind():
    assert WANTED - set(KINDS) == set()
    assert {key for key in KINDS if register()[key].form == "letter"} == LETTERS
    assert {register()[key].form for key in KINDS} <= set(FORMS)


@pytest.mark.parametrize("key", KINDS)
def test_what_the_file_declares(key):
    paper = own(key)
    [section] = paper.sections
    sides = (
        section.page_width,
        section.page_height,
        section.top_margin,
        section.bottom_margin,
        section.left_margin,
        section.right_margin,
    )
    across = register()[key].form == "across"  # turned to the left: what is above is then on the right
    assert [round(side.mm) for side in sides] == ([297, 210, 28, 26, 35, 37] if across else [210, 297, 37, 35, 28, 26])
    grid = section._sectPr.find(qn("w:docGrid"))
    assert [grid.get(qn(f"w:{name}")) for name in ("type", "linePitch", "charSpace")] == [
        "linesAndChars",
        "579",
        "-848",
    ]
    assert round(225 / 25.4 * 1440) + 20 >= 22 * 579  # 22 lines fill the text, less than a line is left
    style = paper.styles["Normal"]
    assert (style.font.size.pt, style.element.rPr.find(qn("w:spacing")).get(qn("w:val"))) == (16.0, "-6")
    assert style.element.pPr.find(qn("w:snapToGrid")).get(qn("w:val")) == "0"
    pitches = {
        round(line.paragraph_format.line_spacing.pt, 2)
        for line in paper.paragraphs
        if line.runs and line.runs[0].font.size.pt == 16
    }
    assert pitches <= {28.95, 12.0, 99.2}  # the red line of a masthead, and the space above the name of 纪要
    assert used_fonts(paper) <= FONTS
    assert {"方正小标宋简体", "仿宋_GB2312"} <= used_fonts(paper)
    numbers_of_pages(paper, section)


def used_fonts(paper) -> set[str]:
    parts = [paper.element.body, *(part._element for part in heads(paper))]
    return {fonts.get(qn("w:eastAsia")) for part in parts for fonts in part.iter(qn("w:rFonts"))} - {None}


def heads(paper):
    for section in paper.sections:
        yield from (section.footer, section.even_page_footer, section.first_page_header)


def numbers_of_pages(paper, section) -> None:
    """“— 1 —” in 四号: odd pages to the right, even ones to the left, a character in."""
    assert paper.settings.odd_and_even_pages_header_footer is True
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        [line] = footer.paragraphs
        field = [node.text for node in line._p.iter(qn("w:instrText"))]
        assert (line.text, field, line._p.pPr.find(qn("w:jc")).get(qn("w:val"))) == ("—  —", [" PAGE "], side)
        assert {run.font.size.pt for run in line.runs} == {14.0}


@pytest.mark.parametrize("key", sorted(LETTERS))
def test_a_letter_has_its_red_rules_and_no_number_on_page_one(key):
    paper = own(key)
    [section] = paper.sections
    assert section.different_first_page_header_footer is True
    head, foot = section.first_page_header.paragraphs[-1], section.first_page_footer.paragraphs[0]
    rules = [(line._p.pPr.find(qn("w:pBdr"))[0].tag, line._p.pPr.find(qn("w:pBdr"))[0]) for line in (head, foot)]
    assert [(tag.rpartition("}")[2], rule.get(qn("w:val")), rule.get(qn("w:color"))) for tag, rule in rules] == [
        ("bottom", "thickThinSmallGap", RED), ("top", "thinThickSmallGap", RED),
    ]  # fmt: skip
    width = 210 - 28 - 26 - head.paragraph_format.left_indent.mm - head.paragraph_format.right_indent.mm
    assert round(width) == 170
    marked = 30 - section.header_distance.mm  # above the sender stands the mark
    assert (round(marked), round(section.footer_distance.mm), foot.text) == (12 if key in MARKED else 0, 20, "")
    number = paper.paragraphs[0]
    assert (number.text, number._p.pPr.find(qn("w:jc")).get(qn("w:val"))) == (
        register()[key].example()["文号"],
        "right",
    )
    assert "〔2026〕" in number.text


# What the preview of each letter must say: its title, who writes, to whom, and the words that only this letter has.
SAMPLES = {
    "letter_filed": ("提案立案通知书", "政协西平县委员会提案委员会", "周明远委员", "决定予以立案"),
    "letter_merged": ("提案并案通知书", "政协西平县委员会提案委员会", "周明远委员", "决定并案办理"),
    "letter_rejected": ("提案不予立案通知书", "政协西平县委员会提案委员会", "周明远委员", "决定不予立案"),
    "letter_forwarded": ("关于转送意见建议的函", "政协西平县委员会提案委员会", "县教育局", "转送你单位研究参考"),
    "outcome_survey": ("关于农村道路养护情况的调研报告", "政协西平县委员会", "中共西平县委、西平县人民政府", "调研报告"),
    "outcome_advice": ("关于加强农村道路养护的建议案", "政协西平县委员会", "中共西平县委、西平县人民政府", "建议案"),
    "outcome_special": ("关于“加强农村道路养护”专题协商的报告", "政协西平县委员会", "中共西平县委、西平县人民政府", "协商专报"),
    "outcome_inspection": ("关于乡镇卫生院建设情况的视察报告", "政协西平县委员会", "中共西平县委、西平县人民政府", "视察报告"),
    "outcome_supervision": ("关于校外培训治理的民主监督意见", "政协西平县委员会", "中共西平县委、西平县人民政府", "监督意见"),
    "assist_opinion": ("西平县公安局关于政协西平县第十一届委员会第四次会议第001号提案的会办意见", "西平县公安局", "西平县教育局",
                       "由你单位主办、我单位会办"),
}  # fmt: skip


@pytest.mark.parametrize("key", SAMPLES)
def test_the_example_of_a_letter_is_that_letter(key):
    example = register()[key].example()
    title, sender, to, words = SAMPLES[key]
    addressed = next(example[name] for name in ("收件人", "收件单位", "主送") if name in example)
    assert (example["标题"], example["落款"], addressed) == (title, sender, to)
    if key in OUTCOMES:
        assert own(key).sections[0].first_page_header.paragraphs[0].text == words == register()[key].label
        return
    assert words in example["开头"]
    assert example["文号"].startswith("西公提函" if key == "assist_opinion" else "提案委")


@pytest.mark.parametrize("key", ("review_report", "work_report"))
def test_tables_of_a_report_come_after_the_date(key):
    """附件说明 below the text, then who signs and when, then each table on a page of its own, its rows whole."""
    example = register()[key].example()
    names = [name for name in example if name.endswith("题目")]
    body, signed = [words.strip() for words in words_of(own(key), tables=True)], [example["报告机关"], example["日期"]]
    several = len(names) > 1
    announced = [f"{place}．{example[name]}" if several else example[name] for place, name in enumerate(names, 1)]
    place = body.index(f"附件：{announced[0]}")
    assert body[place : place + len(names)] == [f"附件：{announced[0]}", *announced[1:]]
    assert body[place + len(names) : place + len(names) + 2] == signed
    paper = own(key)
    begun = [line.text for line in paper.paragraphs if line.paragraph_format.page_break_before]
    assert begun == (["附件1", "附件2"] if several else ["附件"])
    rows = [row._tr.trPr for table in paper.tables for row in table.rows[1:]]
    assert rows and all(row.find(qn("w:cantSplit")) is not None for row in rows)
    without = opened(register()[key].write({**example, **dict.fromkeys(names, ""), **{n[:-2]: [] for n in names}}))
    assert words_of(without)[-2:] == signed and without.tables == []


def test_the_form_for_opinions_stays_one_page():
    """What a long title and long names take is taken from the room for 意见或理由."""
    kind = register()["rating_form"]
    long = {"案由": "关" * 67, "提案人": "民" * 25, "承办单位": "西" * 25}
    usual, shrunk = (opened(kind.write(kind.example() | told)).tables[0].rows[-2].height.mm for told in ({}, long))
    assert (round(usual), round(shrunk)) == (34, 18)
    middle = opened(kind.write(kind.example() | {"案由": "关" * 40})).tables[0].rows[-2].height.mm
    assert round(usual - middle, 1) == 4.5  # the second line of the title


def test_a_date_stands_on_one_line_of_its_column():
    """期限 of 交办清单: 2026年12月23日 in 12 points, the number of the row in two characters."""
    widths = [column.width.mm for column in own("unit_list").tables[0].columns]
    assert (round(widths[0]), round(widths[-1]), round(sum(widths))) == (14, 38, 156)
    plan = [round(column.width.mm) for column in own("consultation_plan").tables[0].columns]
    assert (plan, sum(plan)) == ([14, 42, 24, 21, 28, 27], 156)  # 序号 and 协商时间 on one line


def test_a_kind_of_topics_stands_on_the_page_of_its_first_topic():
    rows = [row.cells[0].paragraphs[0] for row in own("consultation_plan").tables[0].rows]
    held = [line.text for line in rows if line.paragraph_format.keep_with_next]
    assert held == ["一、专题协商（1项）", "二、界别视察（1项）"]


def test_no_paper_is_begun_anywhere_else(request):
    """Whoever makes a paper takes the page of documents/papers, so that the checks above hold for all."""
    root = request.config.rootpath
    sources = [path for path in paths() if not {"tests", "var"} & set(path.relative_to(root).parts)]
    begun = {str(path.relative_to(root)) for path in sources if re.search(r"(?<![\w.])Document\(\)", path.read_text())}
    assert begun == {"documents/papers/page.py"}


# Lines of Chinese that must fill a page: 22 of 28 characters.
FULL = "\n".join(["一二三四五六七八九十" * 14] * 10)
LINES = 6  # of each paragraph: 26 characters, four times 28, and two


# Where ink may be, in mm: left, top, right, bottom of the box. The rules of a letter reach over the text on both sides and
# stand 20 mm above the edge, the sender above the text; elsewhere there is the text and, 7 mm below it, the number.
INK = {"letter": (19.5, 17, 190.5, 278), "across": (34, 27, 261, 196)}
ELSEWHERE = (27, 36, 185, 273)


@pytest.mark.campaign
@pytest.mark.timeout(600)
@pytest.mark.parametrize("key", KINDS)
def test_what_comes_out_as_a_page(key, settings, tmp_path):
    """Rendered: A4, the margins free of ink, 22 lines of 28 characters where a page is full."""
    settings.PORTAL_DATA = tmp_path
    kind, values = register()[key], register()[key].example()
    long = next(
        (name for name in ("正文", "具体建议", "后续办理", "处理去向", "要求", "组织实施") if name in values), None
    )
    if long:
        values[long] = FULL
    if "各部分" in values:
        values["各部分"] = [row | {"内容": FULL} for row in values["各部分"]]
    all_pages = pages(converted(kind.write(values)))
    left, top, right, bottom = INK.get(kind.form, ELSEWHERE)
    for one in all_pages:
        assert (round(one.width), round(one.height)) == ((297, 210) if kind.form == "across" else (210, 297))
        ink = one.ink
        assert (left <= ink.left, top <= ink.top, ink.right <= right, ink.bottom <= bottom) == (True,) * 4, ink
    if long or "各部分" in values:
        full = [one for one in all_pages if one.is_full]
        assert full, "no page is full of text"
        # Only the last before the signature may be short: the paragraph above it stands with it, whole, and did not fit.
        last = [one for one, after in pairwise(all_pages) if one.is_full and not one.goes_on and not after.is_full]
        assert {len(one.rows) for one in full if one not in last} == {22}
        assert [one for one in last if not 0 <= 22 - len(one.rows) < LINES] == []
        assert max(len(row) for one in full for row in one.rows) == 28


@pytest.mark.campaign
@pytest.mark.timeout(600)
def test_a_long_form_for_opinions_is_one_page_and_a_date_one_line(settings, tmp_path):
    settings.PORTAL_DATA = tmp_path
    form = register()["rating_form"]
    long = {
        "案由": "关于城乡接合部交通" * 8,
        "提案人": "民盟西平县总支部委员会和农工党支部",
        "承办单位": "西平县住房和城乡建设局（城管局）",
    }
    [form_page] = pages(converted(form.write(form.example() | long)))
    assert "".join(form_page.rows).endswith("请写明理由。")
    handed = register()["unit_list"]
    [list_page] = pages(converted(handed.write(handed.example())))
    assert [row for row in list_page.rows if row.startswith(("序号", "1001"))] == [
        "序号案号案由提案者承办方式期限", "1001关于加强校园周边交周明远独办2026年7月23日",
    ]  # fmt: skip


@pytest.mark.parametrize("key", KINDS)
def test_the_template_to_start_from_gives_the_same_paper(key):
    """One truth of fields: the writer's own paper, and the template made by the same writer, filled with the same."""
    kind = register()[key]
    filled, written = opened(filling.filled(filling.start_of(kind), kind.example())), own(key)
    if key == "member_list":  # three names a line stand in a table there, behind tabs here
        assert "".join(words_of(filled)).replace("\t", "") == "".join(words_of(written, tables=True))
        return
    assert split(filled) == split(written)
    assert [[cell.text for cell in row.cells] for table in filled.tables for row in table.rows] == [
        [cell.text for cell in row.cells] for table in written.tables for row in table.rows
    ]


def words_of(paper, tables: bool = False) -> list[str]:
    if not tables:
        return [line.text for line in paper.paragraphs if line.text.strip()]
    lines = ("".join(text.text or "" for text in node.iter(qn("w:t"))) for node in paper.element.body.iter(qn("w:p")))
    return [line for line in lines if line.strip()]


def split(paper) -> list[str]:
    """A text of two lines is one paragraph with a break where the writer set it, two where a template was filled."""
    return [line for words in words_of(paper) for line in words.split("\n")]

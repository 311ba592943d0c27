"""《社情民意》 as a .docx: red masthead, 期号, who prints it and when, 主送, the text, 抄送 (domain §12)."""

from documents.papers import letter, masthead, page
from documents.papers.templates.filling import made
from documents.papers.templates.kinds import Field, Kind, Rows, Values
from documents.papers.templates.marks import each, given
from opinions.credits import attribution
from opinions.kinds import Urgency
from opinions.models import Issue, OpinionReport

NAME, HOUSE = "社情民意", "政协西平县委员会办公室"
NUMERALS = "一二三四"


def paper_of(report: OpinionReport, issue: Issue | None) -> bytes:
    """The issue, or its proof while it has no number yet."""
    return made(ISSUE, {
        "紧急程度": report.get_urgency_display() if report.urgency != Urgency.NORMAL else "",
        "期号": f"第 {issue.number} 期" if issue else "（送审稿）", "编印单位": HOUSE,
        "日期": letter.dated(issue.issued_on if issue else None), "主送": issue.main_to if issue else "",
        "标题": report.edited_title, "来源": attribution(report), "各部分": _parts(report), "责任人": _names(report),
        "抄送": issue.copy_to if issue else "",
    })  # fmt: skip


def _parts(report: OpinionReport) -> list[dict[str, str]]:
    """The parts that were written, numbered in the order in which they stand; a single one has no heading."""
    parts = [(label, text) for label, text in report.edited_texts.items() if label != "标题" and text.strip()]
    return [
        {"小标题": f"{NUMERALS[number]}、{label}" if len(parts) > 1 else "", "内容": text}
        for number, (label, text) in enumerate(parts)
    ]


def _names(report: OpinionReport) -> str:
    names = (("签发", report.signed_by), ("审核", report.reviewed_by), ("编辑", report.edited_by))
    return "　　".join(f"{label}：{name}" for label, name in names if name)


def _write(values: Values) -> bytes:
    paper = page.new_paper()
    put = lambda tag: page.line(paper, tag)  # noqa: E731 (it is given to all)
    for words in given(values["紧急程度"], put):
        page.line(paper, words, page.HEADING)
    masthead.masthead(paper, NAME)
    page.centred(page.line(paper, values["期号"]))
    masthead.house_and_day(paper, values["编印单位"], values["日期"])
    for words in given(values["主送"], put):
        letter.addressee(paper, f"主送：{words}")
    page.line(paper)
    page.title(paper, values["标题"])
    page.line(paper)
    letter.paragraph(paper, f"{values['来源']}：")
    for part in each(values["各部分"], put):
        for words in given(part["小标题"], put):
            letter.heading(paper, words)
        letter.paragraphs(paper, part["内容"])
    page.line(paper)
    page.line(paper, values["责任人"], size=page.SMALL_SIZE)
    for words in given(values["抄送"], put):
        letter.copies(paper, words)
    return page.content(paper)


ISSUE = Kind("opinion_issue", "社情民意", (
    Field("紧急程度", "加急、特急；一般的为空", "加急"),
    Field("期号", "期号；签发前为“（送审稿）”", "第 12 期", required=True),
    Field("编印单位", "编印单位", HOUSE, required=True),
    Field("日期", "印发日期", "2026年6月5日", required=True),
    Field("主送", "主送机关；送审稿为空", "县委、县政府", required=True),
    Field("标题", "信息的标题", "村级卫生室药品供应不足亟待解决", required=True),
    Field("来源", "反映人的署名", "县政协委员周明远反映", required=True),
    Rows("各部分", "情况、问题、建议等各部分", "部分", (
        Field("小标题", "部分的标题；只有一个部分时为空", "一、基本情况"), Field("内容", "内容，可有多段", "部分村级卫生室常用药缺货。"),
    ), (
        ("一、情况反映", "部分村级卫生室常用药缺货。\n群众要到乡镇卫生院取药。"),
        ("二、意见建议", "建议统一配送，每月盘点一次。"),
    ), required=True),
    Field("责任人", "签发、审核、编辑的姓名", "签发：沈国华　　审核：罗勇　　编辑：何静"),
    Field("抄送", "抄送机关；没有时为空", "县卫生健康委员会", required=True),
), _write, form="masthead")  # fmt: skip
PAPERS = (ISSUE,)


def name_of(report: OpinionReport, issue: Issue | None) -> str:
    return f"社情民意{issue.year}年第{issue.number}期.docx" if issue else f"社情民意送审稿-{report.number}.docx"

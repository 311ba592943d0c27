"""提案审查情况报告 as a .docx."""

from documents.papers import letter as layout
from documents.papers import page
from documents.papers.templates.filling import made
from documents.papers.templates.kinds import Field, Kind, Rows, Values
from members.models import Session
from members.periods import today
from proposals.papers.words import SENDER

from . import report_page
from . import review_sentences as sentences

NAMES = ("类别", "立案", "占比")
TABLE = report_page.Enclosed("附表", ("类别", "立案（件）", "占比"), NAMES, (76, 40, 40), page.SMALL_SIZE)


def write(session: Session, figures: dict, counting: str) -> bytes:
    return made(REPORT, values(session, figures, counting))


def values(session: Session, figures: dict, counting: str) -> Values:
    sections, rows = sentences.sections(session, figures, counting), sentences.categories(figures)
    return {
        "标题": "\n".join(sentences.title_lines(session)), "报告机关": SENDER, "日期": layout.dated(today()),
        "各部分": [{"小标题": one.title, "内容": "\n".join(one.paragraphs)} for one in sections],
        "统计口径": sentences.note(counting), "附表题目": f"{session}立案提案分类统计表" if rows else "",
        "附表": [dict(zip(NAMES, row, strict=True)) for row in rows],
    }  # fmt: skip


def _write(values: Values) -> bytes:
    return report_page.ended(report_page.begun(values), values, [TABLE])


REPORT = Kind("review_report", "提案审查情况报告", (
    Field("标题", "报告的标题，分两行", "政协西平县第十一届委员会第四次会议\n提案审查情况的报告", required=True),
    Field("报告机关", "提出报告的机关", SENDER, required=True),
    Rows("各部分", "报告的各部分，数字已经填好", "部分", (
        Field("小标题", "部分的标题", "一、提案提交和审查情况"), Field("内容", "各段文字", "本次会议共收到提案201件。"),
    ), (
        ("一、提案提交和审查情况", "本次会议共收到提案201件。\n经审查，立案171件，立案率85.1%；并案11件；不予立案19件。"),
        ("二、立案提案的分类情况", "立案的171件提案，按类别统计见附表。"),
    ), required=True),
    Field("统计口径", "并案怎样计数、立案率怎样计算", "统计口径：并案单列。立案率＝立案件数÷收到件数。", required=True),
    Field("附表题目", "附表的题目；没有附表时为空", "十一届四次会议立案提案分类统计表"),
    Rows("附表", "各类别的件数，最后一行是合计", "类", (
        Field("类别", "提案的类别", "社会建设"), Field("立案", "立案件数", "171"), Field("占比", "占立案件数的百分比", "100.0%"),
    ), (("经济建设", "60", "35.1%"), ("社会建设", "111", "64.9%"), ("合计", "171", "100.0%"))),
    Field("日期", "报告的日期", "2026年2月27日"),
), _write)  # fmt: skip
PAPERS = (REPORT,)

"""提案工作情况报告 as a .docx."""

from documents.papers import letter as layout
from documents.papers.templates.filling import made
from documents.papers.templates.kinds import Field, Kind, Rows, Values
from members.periods import today
from proposals.papers.words import SENDER

from . import report_page
from . import work_sentences as sentences
from .work_figures import Work

CATEGORY_HEADS, CATEGORY_WIDTHS = (
    ("类别", "立案（件）", "占比", "A类", "B类", "C类", "D类"),
    (44, 24, 20, 17, 17, 17, 17),
)
UNIT_HEADS, UNIT_WIDTHS = (
    ("承办单位", "承办（件）", "按期办复率", "面商率", "解决率", "结果满意率"),
    (46, 22, 24, 20, 20, 24),
)
# The names of the columns in a template.
CATEGORY_NAMES = ("类别", "立案", "占比", "A类", "B类", "C类", "D类")
UNIT_NAMES = ("承办单位", "承办", "按期办复率", "面商率", "解决率", "结果满意率")
TABLES = (
    report_page.Enclosed("附表一", CATEGORY_HEADS, CATEGORY_NAMES, CATEGORY_WIDTHS),
    report_page.Enclosed("附表二", UNIT_HEADS, UNIT_NAMES, UNIT_WIDTHS),
)


def write(work: Work) -> bytes:
    return made(REPORT, values(work))


def values(work: Work) -> Values:
    categories, units = category_rows(work), unit_rows(work)
    return {
        "标题": "\n".join(sentences.title_lines(work.session)), "报告机关": SENDER, "日期": layout.dated(today()),
        "各部分": [{"小标题": one.title, "内容": "\n".join(one.paragraphs)} for one in sentences.sections(work)],
        "统计口径": sentences.note(),
        "附表一题目": f"{work.session}立案提案分类统计表" if categories else "", "附表一": _named(CATEGORY_NAMES, categories),
        "附表二题目": f"{work.session}提案承办单位情况表" if units else "", "附表二": _named(UNIT_NAMES, units),
    }  # fmt: skip


def _named(names: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[dict[str, str]]:
    return [dict(zip(names, row, strict=True)) for row in rows]


def category_rows(work: Work) -> list[tuple[str, ...]]:
    """The lines of the table, the total last; empty when nothing was filed."""
    rows = [
        (line.name, str(line.filed), line.share, *(str(line.results.get(key, 0)) for key in "ABCD"))
        for line in work.categories
    ]
    total = ("合计", str(work.figures["filed"]), "100.0%", *(str(work.figures["by_result"][key]) for key in "ABCD"))
    return [*rows, total] if rows else []


def unit_rows(work: Work) -> list[tuple[str, ...]]:
    return [(line.name, str(line.handled), *line.shares) for line in work.unit_lines]


def _write(values: Values) -> bytes:
    return report_page.ended(report_page.begun(values), values, TABLES)


REPORT = Kind("work_report", "提案工作情况报告", (
    Field("标题", "报告的标题，分两行", "政协西平县第十一届委员会第四次会议以来\n提案工作情况的报告", required=True),
    Field("报告机关", "提出报告的机关", SENDER, required=True),
    Rows("各部分", "报告的各部分，数字已经填好", "部分", (
        Field("小标题", "部分的标题", "一、提案提交和立案情况"), Field("内容", "各段文字", "共收到提案201件。"),
    ), (
        ("一、提案提交和立案情况", "十一届四次会议以来，共收到提案201件。\n经审查，立案171件，立案率85.1%；并案11件；不予立案19件。"),
        ("二、提案办理情况", "共交办提案171件，交8个单位承办。已答复171件，办复率100.0%。"),
    ), required=True),
    Field("统计口径", "各项比率怎样计算", "统计口径：并案单列。办复率＝已答复件数÷已交办件数。", required=True),
    Field("附表一题目", "附表一的题目；没有附表时为空", "十一届四次会议立案提案分类统计表"),
    Rows("附表一", "各类别的件数，最后一行是合计", "类", (
        Field("类别", "提案的类别", "社会建设"), Field("立案", "立案件数", "171"), Field("占比", "占立案件数的百分比", "100.0%"),
        *(Field(f"{key}类", f"已答复的，办理结果为 {key} 类的件数", "0") for key in "ABCD"),
    ), (
        ("经济建设", "60", "35.1%", "40", "15", "5", "0"), ("社会建设", "111", "64.9%", "97", "10", "4", "0"),
        ("合计", "171", "100.0%", "137", "25", "9", "0"),
    )),
    Field("附表二题目", "附表二的题目；没有附表时为空", "十一届四次会议提案承办单位情况表"),
    Rows("附表二", "各承办单位的情况，承办多的在前", "单位", (
        Field("承办单位", "单位名称", "县教育局"), Field("承办", "独办、主办、分办的件数", "23"),
        Field("按期办复率", "按期答复的比率", "100.0%"), Field("面商率", "和提案者面商的比率", "100.0%"),
        Field("解决率", "办理结果为 A 类的比率", "87.0%"), Field("结果满意率", "对办理结果满意的比率", "95.7%"),
    ), (("县教育局", "23", "100.0%", "100.0%", "87.0%", "95.7%"), ("县水利局", "18", "94.4%", "100.0%", "77.8%", "—"))),
    Field("日期", "报告的日期", "2026年12月15日"),
), _write)  # fmt: skip
PAPERS = (REPORT,)

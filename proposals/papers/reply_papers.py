"""答复函, 补充答复函 and 会办意见 as kinds of paper: their fields, and how they are laid out (信函格式, domain §3.4)."""

from docx.document import Document as Paper

from documents.papers import letter as layout
from documents.papers import page
from documents.papers.templates.kinds import Field, Kind, Rows, Values
from documents.papers.templates.marks import each, given, lines

CASE = "政协西平县第十一届委员会第四次会议第001号"
UNIT = "西平县教育局"
LEADING, ASSISTING = ("西教提〔2026〕12号", UNIT), ("西公提函〔2026〕5号", "西平县公安局")


def _letter(values: Values, mark: str = "") -> Paper:
    paper = layout.new_letter(values["落款"], values["文号"], mark=mark)
    page.title(paper, values["标题"])
    layout.addressee(paper, values.get("收件人") or values["收件单位"])
    layout.paragraphs(paper, values["开头"])
    layout.paragraphs(paper, values["正文"])
    return paper


def _foot(paper: Paper, values: Values) -> bytes:
    layout.paragraphs(paper, values["结尾"])
    layout.signature(paper, values["落款"], values["日期"])
    if "联系人" in values:
        _whom_to_ask(paper, values)
    for words in given(values["抄送"], lambda tag: page.line(paper, tag)):
        layout.copies(paper, words)
    return page.content(paper)


def _reply(values: Values) -> bytes:
    paper = _letter(values, values["办理结果"])
    put = lambda tag: page.line(paper, tag)  # noqa: E731 (it is given to three)
    for words in given(values["逐条答复开头"], put):
        layout.paragraph(paper, words)
    for row in each(values["逐条答复"], put):
        layout.heading(paper, f"{row['序号']}、关于“{row['建议']}”的建议")
        layout.paragraphs(paper, row["答复"])
    for words in given(values["承诺事项"], put):
        layout.heading(paper, "承诺事项")
        layout.paragraphs(paper, words)
    return _foot(paper, values)


def _plain(values: Values) -> bytes:
    return _foot(_letter(values), values)


def _whom_to_ask(paper: Paper, values: Values) -> None:
    page.line(paper)
    for words in given(values["负责领导"], lambda tag: page.line(paper, tag)):
        layout.paragraph(paper, f"负责领导：{words}")
    for words in lines(f"联系人：{values['联系人']}　联系电话：{values['联系电话']}"):
        layout.paragraph(paper, words)


def _common(title: str, to: Field, opening: str, body: str, closing: str, sender: tuple[str, str]) -> tuple[Field, ...]:
    """`sender`: the number and the name of the unit that writes the example."""
    number, unit = sender
    return (
        Field("文号", "发文字号；复核前序号处留空", number, required=True),
        Field("标题", "函的标题", title),
        to,
        Field("开头", "第一段", opening, required=True),
        Field("正文", "正文各段", body, required=True),
        Field("结尾", "结束语", closing),
        Field("落款", "发文单位", unit, required=True),
        Field("日期", "发文日期", "2026年7月10日", required=True),
        Field("抄送", "抄送单位", "县政协提案委、县政府督查室", required=True),
    )


THANKS = "专此答复。感谢您对我们工作的关心和支持。"
PROPOSER = Field("收件人", "提案人姓名加“委员”，或单位名称", "周明远委员", required=True)
LEAD = Field("收件单位", "主办单位", UNIT, required=True)
ASK = (
    Field("负责领导", "负责领导姓名，没有登记时为空", "王建国"),
    Field("联系人", "经办人姓名", "李文", required=True),
    Field("联系电话", "经办人电话", "0396-6220000", required=True),
)
REPLY = Kind("reply", "答复函", (
    Field("办理结果", "右上角的办理结果标注", "A类", required=True),
    *_common(f"{UNIT}关于对{CASE}提案的答复", PROPOSER, "您提出的《关于加强校园周边交通管理的提案》（第001号）收悉，现答复如下：",
             "接到提案后，我局会同县公安局到现场查看，并当面听取了您的意见。\n现将办理情况说明如下。", THANKS, LEADING),
    Field("逐条答复开头", "引出逐条答复的一段；没有逐条答复时为空", "对您提出的各条建议，逐条答复如下："),
    Rows("逐条答复", "对每条建议的答复", "条", (
        Field("序号", "一、二、三", "一"), Field("建议", "建议的第一句", "设置限时停车位"),
        Field("采纳情况", "采纳、部分采纳或未采纳", "采纳"), Field("答复", "采纳情况和说明，可有多段", "采纳。已设置限时停车位20个。"),
    ), (
        ("一", "在校门口设置限时停车位", "采纳", "采纳。已设置限时停车位20个。"),
        ("二", "上下学时段安排交警值守", "部分采纳", "部分采纳。县城六所学校已安排值守。"),
    ), required=True),
    Field("承诺事项", "承诺的事项，每项一段；没有时为空", "1．增设减速带（责任单位：县公安局，2026年9月1日前完成）。"),
    *ASK,
), _reply, form="letter")  # fmt: skip
SUPPLEMENT = Kind("supplementary_reply", "补充答复函", (
    *_common(f"{UNIT}关于对{CASE}提案的补充答复", PROPOSER, "您提出的提案，我单位已以西教提〔2026〕12号函答复。现将有关情况补充答复如下：",
             "承诺增设的减速带已于2026年8月20日全部完成。", THANKS, LEADING),
    *ASK,
), _plain, form="letter")  # fmt: skip
OPINION = Kind("assist_opinion", "会办意见", _common(
    f"西平县公安局关于{CASE}提案的会办意见", LEAD,
    "周明远委员提出的《关于加强校园周边交通管理的提案》（第001号）由你单位主办、我单位会办。经研究，提出如下会办意见：",
    "上下学时段可以安排交警在重点路口值守。", "以上意见，供你单位答复提案人时参考。", ASSISTING,
), _plain, form="letter")  # fmt: skip
PAPERS = (REPLY, SUPPLEMENT, OPINION)

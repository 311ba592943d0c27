"""The four letters as kinds of paper: their fields, and how they are laid out (信函格式)."""

from dataclasses import dataclass

from documents.papers import letter as layout
from documents.papers import page
from documents.papers.templates.kinds import Field, Kind, Values
from documents.papers.templates.marks import given
from members.periods import today

from . import outcome
from .enclosed import enclose, text_of
from .outcome import Letter
from .words import SENDER, proposers

TITLE = "关于加强校园周边交通管理的提案"
# What the first part may say; the example stands for all letters that have it.
FACTS = {
    "原案号": Field("原案号", "并案前已经编定的案号；没有编号时为空", "县政协十一届四次会议第002号"),
    "案号": Field("案号", "届次和案号；没有编号时为“待编号”", "县政协十一届四次会议第001号"),
    "案由": Field("案由", "提案的题目", TITLE, required=True),
    "提案人": Field("提案人", "第一提案人和联名人，或集体名称", "周明远（第一提案人）、李素芬"),
    "类别": Field("类别", "提案的业务类别", "教科文卫体"),
    "承办单位": Field("承办单位", "承办单位和承办方式", "县教育局（主办）、县公安局（会办）"),
    "并入": Field("并入", "主提案的案号、题目和提案者", "县政协十一届四次会议第001号《关于校车安全的提案》（提案人：郭建业）"),
    "情形": Field("情形", "不予立案的情形", "超出本县职权范围"),
    "说明": Field("说明", "对不予立案的说明", "事项属省级事权。"),
}  # fmt: skip


@dataclass(frozen=True)
class Form:
    """What differs from letter to letter: the parts with their headings, and an example of the words around them."""

    facts_heading: str
    facts: tuple[str, ...]
    told_heading: str
    told: str  # the field's name
    example: str
    opening: str
    closing: str
    addressee: str = "周明远委员"


YOURS = f"您提出的《{TITLE}》（县政协十一届四次会议第001号）收悉。根据政协提案工作条例的有关规定，经审查，"
ASK = "您如有疑问，请与提案委员会联系。"
FORMS = {
    outcome.FILED: Form(
        "一、立案情况", ("案号", "案由", "提案人", "类别", "承办单位"), "二、后续办理", "后续办理",
        "提案将交承办单位办理。承办单位应在交办之日起3个月内书面答复您，最迟不超过6个月。\n收到答复后，请您在15个工作日内作出评价。",
        f"{YOURS}决定予以立案。现将有关事项通知如下：", f"请将以上情况转告各联名委员。\n{ASK}\n特此通知。",
    ),
    outcome.MERGED: Form(
        "一、并案情况", ("原案号", "案由", "提案人", "并入", "承办单位"), "二、后续办理", "后续办理",
        "您的提案原文、署名和编号都予以保留，随主提案一并交承办单位研究办理。\n您对并案有不同意见的，请及时向提案委员会提出。",
        f"{YOURS.replace('001', '002')}该提案与另一件提案内容相同或相近，决定并案办理。现将有关事项通知如下：",
        f"请将以上情况转告各联名委员。\n{ASK}\n特此通知。",
    ),
    outcome.REJECTED: Form(
        "一、不予立案的情形", ("案由", "提案人", "情形", "说明"), "二、处理去向", "处理去向",
        "提案内容作为意见建议，转县教育局研究参考。",
        f"您提出的《{TITLE}》（流水号11-4-0007）收悉。根据政协提案工作条例关于不予立案情形的规定，经审查，决定不予立案。"
        "现将有关情况告知如下：",
        f"{ASK}\n感谢对政协提案工作的支持，欢迎继续提出意见和建议。\n特此通知。",
    ),
    outcome.FORWARDED: Form(
        "", (), "", "正文", "请你单位结合工作实际认真研究。可以采纳的，请在工作中吸收。\n意见建议不编提案案号，不计入提案办理。",
        f"周明远委员提出的《{TITLE}》（流水号11-4-0007），经审查未予立案，内容涉及你单位职责，现作为意见建议转送你单位研究参考。",
        f"附件：{TITLE}", "县教育局",
    ),
}  # fmt: skip
ENCLOSED = (
    Field("附件题目", "转送的提案题目", TITLE),
    Field("提案者称谓", "“提案人”或“提案单位”", "提案人"),
    Field("附件提案人", "提案人全部署名", "周明远（第一提案人）、李素芬"),
    Field("情况分析", "提案的情况分析，可有多段", "校门口上下学时段车流集中。\n家长接送车辆随意停放。"),
    Field("具体建议", "提案的各条建议，每条一段", "1．在校门口设置限时停车位。\n2．上下学时段安排交警值守。"),
)


def values(letter: Letter) -> Values:
    """The fields of a letter, by the names its kind has them under."""
    form, year = FORMS[letter.kind], (letter.dated_on or today()).year
    found = {
        "文号": f"提案委〔{year}〕　　号", "标题": letter.title, "收件人": letter.addressee, "开头": letter.opening,
        **dict.fromkeys(form.facts, ""), **dict(letter.facts), form.told: "\n".join(letter.told),
        "结尾": "\n".join(letter.closing), "落款": SENDER, "日期": layout.dated(letter.dated_on),
    }  # fmt: skip
    if letter.enclosed is not None:
        who, situation, suggestions = text_of(letter.enclosed)
        found |= {
            "附件题目": str(letter.enclosed), "提案者称谓": who, "附件提案人": proposers(letter.case),
            "情况分析": situation, "具体建议": suggestions,
        }  # fmt: skip
    return found


def _writer(form: Form):
    def write(values: Values) -> bytes:
        paper = layout.new_letter(values["落款"], values["文号"])
        page.title(paper, values["标题"])
        layout.addressee(paper, values["收件人"])
        layout.paragraphs(paper, values["开头"])
        _parts(paper, form, values)
        layout.paragraphs(paper, values["结尾"])
        layout.signature(paper, values["落款"], values["日期"])
        if "附件题目" in values:
            enclose(paper, *(values[field.name] for field in ENCLOSED))
        return page.content(paper)

    return write


def _parts(paper, form: Form, values: Values) -> None:
    if form.facts_heading:
        layout.heading(paper, form.facts_heading)
    for label in form.facts:
        for words in given(values[label], lambda tag: page.line(paper, tag)):
            layout.item(paper, label, words)
    if form.told_heading:
        layout.heading(paper, form.told_heading)
    layout.paragraphs(paper, values[form.told])


def _kind(key: str) -> Kind:
    form = FORMS[key]
    told = Field(form.told, "正文各段", form.example, required=True)
    enclosed = ENCLOSED if key == outcome.FORWARDED else ()
    fields = (*_head(key, form), *(FACTS[name] for name in form.facts), told, *_foot(form), *enclosed)
    return Kind(f"letter_{key}", outcome.TITLES[key], fields, _writer(form), form="letter")


def _head(key: str, form: Form) -> tuple[Field, ...]:
    return (
        Field("文号", "发文字号，序号处留空", "提案委〔2026〕　　号", required=True),
        Field("标题", "通知书或函的标题", outcome.HEADINGS[key]),
        Field("收件人", "委员姓名加“委员”，或单位名称", form.addressee, required=True),
        Field("开头", "第一段：何人的哪件提案、什么决定", form.opening, required=True),
    )


def _foot(form: Form) -> tuple[Field, ...]:
    return (
        Field("结尾", "结尾各段，如联系方式、“特此通知。”", form.closing),
        Field("落款", "发文机关", SENDER, required=True),
        Field("日期", "作出决定的日期", "2026年2月27日", required=True),
    )


KINDS = {key: _kind(key) for key in FORMS}
PAPERS = tuple(KINDS.values())

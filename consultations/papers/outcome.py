"""协商成果 as a paper, one for each form it may have: its text, and the recommendations with the units they are for."""

from consultations.kinds import OutcomeKind
from consultations.models import Outcome
from documents.papers import letter as layout
from documents.papers import page
from documents.papers.templates.filling import made
from documents.papers.templates.kinds import Field, Kind, Rows, Values
from documents.papers.templates.marks import each, given
from members.chinese_numbers import chinese_number

SENDER = "政协西平县委员会"
ADVICE = "协商建议"


def write(outcome: Outcome) -> bytes:
    items = [
        {"序号": chinese_number(n), "建议": item.text.rstrip("。"), "承办单位": str(item.unit)}
        for n, item in enumerate(outcome.items.select_related("unit").order_by("position"), start=1)
    ]
    return made(KINDS[outcome.kind], {
        "文号": outcome.document_number or "〔　　〕　号", "标题": outcome.title, "主送": outcome.sent_to, "正文": outcome.text,
        "建议标题": ADVICE if items else "", "协商建议": items, "落款": SENDER, "日期": layout.dated(outcome.sent_on),
        "抄送": outcome.copied_to,
    })  # fmt: skip


def _writer(kind: OutcomeKind):
    def write(values: Values) -> bytes:
        paper = layout.new_letter(values["落款"], values["文号"], kind.label)
        put = lambda tag: page.line(paper, tag)  # noqa: E731 (it is given to all)
        page.title(paper, values["标题"])
        for name in given(values["主送"], put):
            layout.addressee(paper, name)
        layout.paragraphs(paper, values["正文"])
        for words in given(values["建议标题"], put):
            layout.heading(paper, words)
        for row in each(values["协商建议"], put):
            layout.paragraph(paper, f"（{row['序号']}）{row['建议']}。（承办单位：{row['承办单位']}）")
        layout.signature(paper, values["落款"], values["日期"])
        for words in given(values["抄送"], put):
            layout.copies(paper, words)
        return page.content(paper)

    return write


# What the example of each form is called and says; who reads the preview sees which paper it is.
EXAMPLES = {
    OutcomeKind.SURVEY: ("关于农村道路养护情况的调研报告", "2026年4月，县政协组织委员到5个乡镇调研农村道路养护情况。\n现将情况报告如下。"),
    OutcomeKind.ADVICE: ("关于加强农村道路养护的建议案", "县政协十一届二十次常委会会议围绕农村道路养护进行协商，形成本建议案。"),
    OutcomeKind.SPECIAL: ("关于“加强农村道路养护”专题协商的报告", "5月12日，县政协召开专题协商会，15名委员发言。\n现将协商意见报告如下。"),
    OutcomeKind.INSPECTION: ("关于乡镇卫生院建设情况的视察报告", "9月10日，医药卫生界委员视察了4所乡镇卫生院。\n现将视察情况报告如下。"),
    OutcomeKind.SUPERVISION: ("关于校外培训治理的民主监督意见", "县政协对校外培训治理开展民主监督。\n经研究，提出以下监督意见。"),
}  # fmt: skip


def _kind(kind: OutcomeKind) -> Kind:
    title, text = EXAMPLES[kind]
    return Kind(f"outcome_{kind.value}", kind.label, (
        Field("文号", "发文字号；报送前序号处留空", "西政协文〔2026〕8号", required=True),
        Field("标题", "成果的标题", title, required=True),
        Field("主送", "报送的机关；没有填写时为空", "中共西平县委、西平县人民政府"),
        Field("正文", "正文各段", text, required=True),
        Field("建议标题", "“协商建议”；没有逐条建议时为空", ADVICE),
        Rows("协商建议", "逐条建议和承办单位", "条", (
            Field("序号", "一、二、三", "一"), Field("建议", "建议的文字，末尾不带句号", "建立农村公路养护台账"),
            Field("承办单位", "这条建议的承办单位", "县交通运输局"),
        ), (("一", "建立农村公路养护台账", "县交通运输局"), ("二", "把养护经费列入年度预算", "县财政局")), required=True),
        Field("落款", "发文机关", SENDER, required=True),
        Field("日期", "报送的日期；报送前留空", "2026年5月20日", required=True),
        Field("抄送", "抄送机关；没有时为空", "县交通运输局、县财政局"),
    ), _writer(kind), form="letter")  # fmt: skip


KINDS = {kind.value: _kind(kind) for kind in OutcomeKind}
PAPERS = tuple(KINDS.values())

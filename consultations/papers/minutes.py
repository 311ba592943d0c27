"""协商会议纪要: who was there, what was reported, asked, answered and said, what was agreed (纪要格式)."""

from consultations.kinds import SpeechKind
from consultations.models import Meeting
from documents.papers import letter as layout
from documents.papers import masthead, page
from documents.papers.templates.filling import made
from documents.papers.templates.kinds import Field, Kind, Rows, Values
from documents.papers.templates.marks import each, given

SENDER = "政协西平县委员会办公室"
PARTS = (
    (SpeechKind.BRIEFING, "情况通报"), (SpeechKind.QUESTION, "委员提问"), (SpeechKind.ANSWER, "部门解答"),
    (SpeechKind.SPEECH, "协商发言"),
)  # fmt: skip
NUMBERS = "一二三四五六七八"
PEOPLE = ("出席委员", "其他出席", "请假")


def write(meeting: Meeting) -> bytes:
    """`meeting` with its topic; its speeches and people are read here."""
    topic, form = meeting.topic, meeting.get_form_display()
    present = "、".join(person.name for person in meeting.present.order_by("pinyin", "pk"))
    return made(MINUTES, {
        "编号": meeting.minutes_number or topic.number, "编印单位": SENDER, "日期": layout.dated(meeting.minutes_on),
        "标题": f"关于“{topic}”的{form}纪要",
        "开头": f"{layout.dated(meeting.on)}，县政协在{meeting.place}召开{form}，围绕“{topic}”进行协商。会议由{meeting.chair}主持。"
                "现将有关情况纪要如下。",
        "各部分": _parts(meeting), "出席委员": present, "其他出席": meeting.others, "请假": meeting.absent,
    })  # fmt: skip


def _parts(meeting: Meeting) -> list[dict[str, str]]:
    speeches = list(meeting.speeches.select_related("person", "unit").order_by("pk"))
    found = [(label, [f"{one.who}：{one.text}" for one in speeches if one.kind == kind]) for kind, label in PARTS]
    parts = [(label, "\n".join(rows)) for label, rows in found if rows]
    numbered = enumerate([*parts, ("协商情况和共识", meeting.summary)])
    return [{"小标题": f"{NUMBERS[n]}、{label}", "内容": text} for n, (label, text) in numbered]


def _write(values: Values) -> bytes:
    paper = page.new_paper()
    put = lambda tag: page.line(paper, tag)  # noqa: E731 (it is given to all)
    masthead.minutes_head(paper, "协商会议纪要")
    page.centred(page.line(paper, values["编号"]))
    masthead.house_and_day(paper, values["编印单位"], values["日期"])
    page.title(paper, values["标题"])
    page.line(paper)
    layout.paragraphs(paper, values["开头"])
    for part in each(values["各部分"], put):
        layout.heading(paper, part["小标题"])
        layout.paragraphs(paper, part["内容"])
    page.line(paper)
    for label in PEOPLE:
        for names in given(values[label], put):
            layout.item(paper, label, names)
    return page.content(paper)


MINUTES = Kind("consultation_minutes", "会议纪要", (
    Field("编号", "纪要的编号", "西政协纪〔2026〕5号", required=True),
    Field("编印单位", "编印单位", SENDER, required=True),
    Field("日期", "印发日期；印发前留空", "2026年5月20日", required=True),
    Field("标题", "纪要的标题", "关于“加强农村道路养护”的专题协商会纪要", required=True),
    Field("开头", "时间、地点、议题、主持人", "2026年5月12日，县政协在机关会议室召开专题协商会。会议由沈国华主持。现将有关情况纪要如下。", required=True),
    Rows("各部分", "情况通报、委员提问、部门解答、协商发言、共识", "部分", (
        Field("小标题", "部分的标题", "一、情况通报"), Field("内容", "发言内容，每人一段", "县交通运输局：全县农村公路1200公里。"),
    ), (
        ("一、情况通报", "县交通运输局：全县农村公路1200公里。"),
        ("二、协商发言", "周明远：要有专人养护。\n李素芬：养护经费要列入预算。"),
        ("三、协商情况和共识", "会议同意建立养护台账。"),
    ), required=True),
    Field("出席委员", "出席的委员，按姓名拼音", "郭建业、李素芬、周明远", required=True),
    Field("其他出席", "其他出席人员；没有时为空", "县交通运输局局长王建国"),
    Field("请假", "请假的人员；没有时为空", "陈立"),
), _write, form="minutes")  # fmt: skip
PAPERS = (MINUTES,)

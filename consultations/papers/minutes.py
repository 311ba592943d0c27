"""协商会议纪要: who was there, what was reported, asked, answered and said, what was agreed (纪要格式)."""

from docx.document import Document as Paper

from consultations.kinds import SpeechKind
from consultations.models import Meeting
from documents.papers import letter as layout
from documents.papers import page

SENDER = "政协西平县委员会办公室"
PARTS = (
    (SpeechKind.BRIEFING, "情况通报"), (SpeechKind.QUESTION, "委员提问"), (SpeechKind.ANSWER, "部门解答"),
    (SpeechKind.SPEECH, "协商发言"),
)  # fmt: skip
NUMBERS = "一二三四五六七八"


def write(meeting: Meeting) -> bytes:
    """`meeting` with its topic; its speeches and people are read here."""
    topic = meeting.topic
    paper = layout.new_letter("协商会议纪要", meeting.minutes_number or f"{topic.number}")
    page.title(paper, f"关于“{topic}”的{meeting.get_form_display()}纪要")
    page.line(paper)
    day = layout.dated(meeting.on)
    layout.paragraph(paper, f"{day}，县政协在{meeting.place}召开{meeting.get_form_display()}，围绕“{topic}”进行协商。"
                            f"会议由{meeting.chair}主持。现将有关情况纪要如下。")  # fmt: skip
    _parts(paper, meeting)
    _people(paper, meeting)
    layout.signature(paper, SENDER, meeting.minutes_on)
    return page.content(paper)


def _parts(paper: Paper, meeting: Meeting) -> None:
    speeches = list(meeting.speeches.select_related("person", "unit").order_by("pk"))
    found = [(label, [one for one in speeches if one.kind == kind]) for kind, label in PARTS]
    parts = [(label, [f"{one.who}：{one.text}" for one in rows]) for label, rows in found if rows]
    for n, (label, lines) in enumerate([*parts, ("协商情况和共识", meeting.summary.split("\n"))]):
        layout.heading(paper, f"{NUMBERS[n]}、{label}")
        for line in lines:
            if line.strip():
                layout.paragraph(paper, line.strip())


def _people(paper: Paper, meeting: Meeting) -> None:
    present = "、".join(person.name for person in meeting.present.order_by("pinyin", "pk"))
    for label, names in (("出席委员", present), ("其他出席", meeting.others), ("请假", meeting.absent)):
        if names:
            layout.item(paper, label, names)

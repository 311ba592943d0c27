"""What a unit's desk shows in the demonstration: 发文代字, internal notes, 会办 letters, 补充答复."""

from datetime import timedelta

from django.utils import timezone

from proposals.acts import AssignmentAct
from proposals.kinds import SupplementStage
from proposals.letter_words import opinion_word_of
from proposals.models import Assignment, Reply, SupplementaryReply
from proposals.numbering import opinion_series
from proposals.states import AssignmentState

LETTER_CODES = {
    "县委办公室": "西办提", "县委宣传部": "西宣提", "县发展改革委": "西发改提", "县教育局": "西教提", "县公安局": "西公提",
    "县民政局": "西民提", "县财政局": "西财提", "县自然资源局": "西自然资提", "县住房城乡建设局": "西建提",
    "县城市管理局": "西城管提", "县交通运输局": "西交提", "县水利局": "西水提", "县农业农村局": "西农提",
    "县卫生健康委": "西卫提", "县市场监管局": "西市监提", "县文化广电旅游局": "西文旅提",
}  # fmt: skip
NOTES = (
    "已转业务股室，请下周三前报初稿。",
    "上次同类提案的答复存在办公室，起草时可参考。",
    "先到现场看一看，再约提案人。",
)
PROGRESS = "答复以后，有关工作又有新进展：{measure}一事已列入本年度重点工作，资金落实，近期开工，完成后再向您反馈。"
EVERY_NOTE, EVERY_SUPPLEMENT = 9, 6
LATER, SIGNED_AFTER = timedelta(days=34, hours=2), timedelta(hours=20)


def note(share) -> None:
    """Now and then a unit leaves itself a word, an hour after signing for it. Draws nothing from the story's chance."""
    at = share.clock.at + timedelta(hours=1)
    if share.clock.at.minute % EVERY_NOTE or at > share.clock.now:
        return
    words = NOTES[share.clock.at.minute // EVERY_NOTE % len(NOTES)]
    share.story.note(AssignmentAct.NOTE, share.leader, at, case=share.row, reason=words)


def supplement(stories, now) -> None:
    """Some time after a B reply its unit tells how things went on; the latest still waits to be signed."""
    sent = [(story, reply) for story in stories for reply in story.rows.get("Reply", ()) if _goes_on(reply)]
    for story, reply in sent[::EVERY_SUPPLEMENT]:
        if reply.sent_at + LATER < now:
            _write(story, reply, now)


def _goes_on(reply: Reply) -> bool:
    share = reply.assignment
    return reply.result_class == "B" and share.state == AssignmentState.REPLIED and reply.round == share.round == 1


def _write(story, reply: Reply, now) -> None:
    share, county, at = reply.assignment, story.county, reply.sent_at + LATER
    operator, leader = county.operators[share.unit_id], county.leaders[share.unit_id]
    body = PROGRESS.format(measure=story.suggestions[0].text.rstrip("。"))
    row = story.add(SupplementaryReply(reply=reply, body=body, written_by=county.user(operator), written_at=at))
    story.note(AssignmentAct.WRITE_SUPPLEMENT, operator, at, case=share)
    signed = at + SIGNED_AFTER
    if signed > now:
        share.supplement_stage = SupplementStage.TO_SIGN
        return
    row.signed_by, row.signed_at, row.letter_year = county.user(leader), signed, timezone.localdate(signed).year
    story.note(AssignmentAct.SIGN_SUPPLEMENT, leader, signed, case=share)


def number_opinions(stories, last: dict[str, int]) -> None:
    """In the order in which they were signed; `last` remembers each series."""
    given = [row for story in stories for row in story.rows.get("Assignment", ()) if row.opinion_at]
    for row in sorted(given, key=_signed):
        row.opinion_year = timezone.localdate(row.opinion_at).year
        series = opinion_series(row.unit, row.opinion_year)
        last[series] += 1
        row.opinion_word, row.opinion_serial = opinion_word_of(row.unit), last[series]


def _signed(row: Assignment):
    return row.opinion_at

"""督 in the demonstration county: what became of the promises, B 类转 A 类, urging, letters to the slowest units."""

from contextlib import suppress
from datetime import datetime, time, timedelta
from random import Random

from django.utils import timezone

from proposals import urging
from proposals.acts import AssignmentAct as A
from proposals.acts import CommitmentAct as M
from proposals.commitment_states import CommitmentState as S
from proposals.kinds import LateStep, UrgeKind
from proposals.models import (
    Assignment,
    Commitment,
    CommitmentNote,
    NumberSeries,
    Reply,
    Upgrade,
    Urge,
    UrgeNotice,
)
from proposals.states import AssignmentState

from .clock import Present
from .story import Story

REPORTS = ("已列入年度计划，方案经局党组会研究通过。", "项目已招标，施工单位已进场。", "主体工作完成，正在收尾。")
RESULT = "已按承诺办结，现场已经验收，群众反映良好。"
DONE, LATE, POSTPONED = 0.5, 0.7, 0.85  # how far the dice go for each
LETTERS_FROM = 3  # every so manieth urged case gets a letter


def fill(county, stories: list[Story], moment: datetime) -> None:
    """Adds to the stories before they are saved; the letters' rows are saved here, what refers to them with the rest."""
    letters: list[UrgeNotice] = []
    late: list[tuple | None] = []
    for story in stories:
        for row in story.rows.get("Assignment", ()):
            _keep_promises(story, row, moment)
            late.append(_lateness(story, row, moment))
    for found in sorted(filter(None, late), key=lambda one: one[0]):
        _urge(*found, letters)
    NumberSeries.objects.bulk_create(
        NumberSeries(name=urging.notice_series(code, year), last=max(n.serial for n in letters if n.year == year))
        for code, year in sorted({(n.code, n.year) for n in letters})
    )
    UrgeNotice.objects.bulk_create(letters)


def _at(moment: datetime, days: int) -> datetime:
    day = timezone.localdate(moment) + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time(9, 30)))


# --- promises ---


def _keep_promises(story: Story, row: Assignment, moment: datetime) -> None:
    sent = [reply for reply in story.rows.get("Reply", ()) if reply.assignment is row and reply.sent_at]
    for reply, later in zip(sent, [*sent[1:], None], strict=False):
        for promise in (one for one in story.rows.get("Commitment", ()) if one.reply is reply):
            _life(story, promise, moment, later)
    last = sent[-1] if sent else None
    if last is not None and row.state == AssignmentState.REPLIED and last.round == row.round:
        _upgrade(story, row, last, moment)


def _life(story: Story, promise: Commitment, moment: datetime, later: Reply | None) -> None:
    reply, county = promise.reply, story.county
    promise.promised_on = promise.due_on
    story.note(M.BEGIN, None, reply.sent_at, S.OPEN, case=promise)
    if later is not None:
        reason = f"已由第 {later.round} 轮答复代替。"
        story.note(M.SUPERSEDE, None, later.sent_at, S.VOIDED, case=promise, reason=reason)
        return
    operator = county.operators[reply.assignment.unit_id]
    random = Random(f"{promise.measure}{promise.due_on}")
    dice, at = random.random(), _at(reply.sent_at, random.randint(20, 50))
    if at >= moment:
        return
    text = random.choice(REPORTS)
    story.note(M.REPORT_PROGRESS, operator, at, case=promise, shown=[("进展情况", text)])
    _note(story, promise, "progress", operator, at, text)
    if dice < DONE:
        _finish(story, promise, operator, random, moment)
    elif LATE <= dice < POSTPONED:
        _put_off(story, promise, operator, moment)


def _finish(story: Story, promise: Commitment, operator, random: Random, moment: datetime) -> None:
    at = _at(promise.reply.sent_at, random.randint(60, 85))
    if at >= moment:
        return
    promise.done_on, promise.result = timezone.localdate(at), RESULT
    story.note(M.REPORT_DONE, operator, at, S.REPORTED, case=promise, shown=[("办结情况", RESULT)])
    _note(story, promise, "reported", operator, at, RESULT)
    confirmed = _at(at, random.randint(3, 9))
    if confirmed < moment and random.random() < 0.95:
        office = story.county.dispatcher_for(promise.reply.assignment.unit)
        story.note(M.CONFIRM_DONE, office, confirmed, S.DONE, case=promise)


def _put_off(story: Story, promise: Commitment, operator, moment: datetime) -> None:
    at, old = _at(promise.reply.sent_at, 80), promise.due_on
    if at >= moment:
        return
    promise.due_on = old + timedelta(days=120)
    why = "配套资金下半年到位，申请顺延。"
    story.note(M.POSTPONE, operator, at, case=promise, reason=why)
    _note(story, promise, "postponed", operator, at, why, old_due_on=old, new_due_on=promise.due_on)


def _note(story: Story, promise: Commitment, kind: str, person, at: datetime, text: str, **more) -> None:
    story.add(
        CommitmentNote(
            commitment=promise, kind=kind, on=timezone.localdate(at), text=text, by=story.county.user(person), at=at,
            **more,
        )
    )  # fmt: skip


def _upgrade(story: Story, row: Assignment, reply: Reply, moment: datetime) -> None:
    """One kept promise in three is followed by it; one of four proposers declines."""
    mine = [one for one in story.rows.get("Commitment", ()) if one.reply is reply]
    random = Random(f"{row.unit}{reply.sent_at}")
    if not mine or reply.result_class != "B" or any(one.state != S.DONE for one in mine) or random.random() > 0.4:
        return
    county, at = story.county, _at(reply.sent_at, 110)
    operator, head = county.operators[row.unit_id], county.heads[0]
    if _at(at, 9) >= moment:
        return
    upgrade = story.add(
        Upgrade(reply=reply, reason="承诺事项已全部办结，提请转为 A 类。", asked_by=county.user(operator), asked_at=at)
    )
    story.note(A.PROPOSE_UPGRADE, operator, at, case=row, reason=upgrade.reason)
    upgrade.answered_at = answered = _at(at, 4)
    if random.random() < 0.25:
        upgrade.answer, upgrade.answer_reason = "declined", "还想再看一段时间的效果。"
        story.note(A.DECLINE_UPGRADE, story.author, answered, case=row, reason=upgrade.answer_reason)
        return
    upgrade.answer, upgrade.decision, upgrade.decided_at = "consented", "granted", _at(at, 8)
    upgrade.decided_by = county.user(head)
    reply.upgraded_to, reply.upgraded_at = "A", upgrade.decided_at
    story.note(A.CONSENT_UPGRADE, story.author, answered, case=row)
    story.note(A.GRANT_UPGRADE, head, upgrade.decided_at, case=row, old_class="B", new_class="A")


# --- urging ---


def get_stuck(share) -> None:
    """The unit signs and speaks with the proposer, or does not even sign; then nothing more comes."""
    with suppress(Present):
        if len(str(share.story.proposal)) % 3:
            share.sign()
            share.contact(2, 14)


def _lateness(story: Story, row: Assignment, moment: datetime) -> tuple | None:
    """When this share is urged and for what: two days after the date it missed; None for one in time."""
    step, due = _missed(row, timezone.localdate(moment))
    if due is None:
        return None
    last = max(event.happened_at for case, event in story.history._steps if case is row or case is story.proposal)
    at = max(_at(moment, (due - timezone.localdate(moment)).days + 2), last + timedelta(hours=1))
    return (at, story, row, step, due) if at < moment else None


def _urge(at: datetime, story: Story, row: Assignment, step: str, due, letters: list[UrgeNotice]) -> None:  # noqa: PLR0913
    """The first case and some others get a letter."""
    county, is_letter = story.county, not letters or Random(f"{row.unit}{due}").random() < 1 / LETTERS_FROM
    notice = _letter(county, row, at, letters) if is_letter else None
    kind, person = UrgeKind.NOTICE if notice else UrgeKind.URGE, county.staff[0]
    text = "" if notice else "请抓紧办理，并说明进度。"
    story.add(
        Urge(
            assignment=row, kind=kind, text=text, by=county.user(person), on=timezone.localdate(at), at=at, step=step,
            due_on=due, notice=notice,
        )
    )  # fmt: skip
    shown = [("方式", kind.label), *([("文号", notice.number)] if notice else [])]
    story.note(A.URGE, person, at, case=row, reason=text, shown=shown, urge_kind=kind.label)


def _missed(row: Assignment, today) -> tuple:
    if row.state == AssignmentState.AWAITING_SIGN and row.sign_due_on < today - timedelta(days=2):
        return LateStep.SIGN, row.sign_due_on
    if row.state in AssignmentState.OPEN and row.due_on and row.due_on < today - timedelta(days=2):
        return LateStep.OPINION if row.is_assist else LateStep.REPLY, row.due_on
    return "", None


def _letter(county, row: Assignment, at: datetime, letters: list[UrgeNotice]) -> UrgeNotice:
    year = timezone.localdate(at).year
    serial = 1 + sum(1 for one in letters if one.year == year)
    notice = UrgeNotice(
        issuer=county.organizations["committee:提案委员会"], unit=row.unit, code=urging.COMMITTEE_CODE, year=year, serial=serial,
        required_on=timezone.localdate(at) + timedelta(days=10), issued_by=county.user(county.staff[0]), issued_at=at,
    )  # fmt: skip
    letters.append(notice)
    return notice

"""The county's plan of 2025 with its topics at different points of their lives, and the next years' plans being made."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from consultations import dates, snapshots
from consultations.acts import IdeaAct, ItemAct, OpinionAct, OutcomeAct, PlanAct, TopicAct
from consultations.effects.topic import due_dates
from consultations.kinds import Answer, Channel, OutcomeKind, Source, StepKind
from consultations.models import (
    Idea,
    Instruction,
    ItemNote,
    Meeting,
    Opinion,
    Outcome,
    OutcomeVersion,
    Participant,
    Plan,
    PlanStep,
    Recommendation,
    Survey,
    Topic,
    TopicKind,
)  # fmt: skip
from consultations.states import IdeaState, ItemState, OpinionState, OutcomeState, PlanState, TopicState
from deadlines.working_days import ONE_DAY
from workflow.histories import History

from . import consultation_texts as words
from .county import County
from .house import OFFICE

FIRST = 2025
STEPS = (
    (PlanAct.CONSULT, PlanState.CONSULTING, StepKind.CONSULTED, 10, "西协办〔{}〕1号"),
    (PlanAct.RECORD_VIEW, None, StepKind.PARTY, 17, ""), (PlanAct.RECORD_VIEW, None, StepKind.GOVERNMENT, 20, ""),
    (PlanAct.SUBMIT, PlanState.CHAIRMEN, StepKind.SUBMITTED, 25, ""),
    (PlanAct.PASS_CHAIRMEN, PlanState.STANDING, StepKind.CHAIRMEN, 34, "主席会议纪要〔{}〕2号"),
    (PlanAct.PASS_STANDING, PlanState.APPROVED, StepKind.STANDING, 48, "县委常委会会议纪要〔{}〕5号"),
    (PlanAct.ISSUE, PlanState.ISSUED, StepKind.ISSUED, 62, "西办〔{}〕12号"),
)  # fmt: skip
FORM = {"closed": 4, "tracking": 4, "answering": 4, "signing": 3, "held": 2, "asking": 1, "noticing": 1, "waiting": 0}


def at(day: date, hour: int = 9) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def fill(county: County, moment: datetime) -> int:
    """Returns how many events were written."""
    return _Telling(county, moment).tell()


class _Telling:
    def __init__(self, county: County, moment: datetime):
        self.county, self.now = county, moment
        self.today = timezone.localdate(moment)
        self.office = county.user(county.house[OFFICE])
        self.leader = county.members[1]
        self.kinds = {kind.name: kind for kind in TopicKind.objects.all()}
        self.history = History()

    def tell(self) -> int:
        plan = self.plan(FIRST, STEPS)
        for n, theme in enumerate(words.PLAN_2025, start=1):
            self.topic(plan, n, theme)
        self.freeze(plan)
        following = self.plan(FIRST + 1, STEPS[:4])
        for n, theme in enumerate(words.NEXT, start=1):
            self.topic(following, n, theme)
        self.freeze(following)
        self.collect(self.plan(FIRST + 2, ()))
        return self.history.write()

    def user(self, body: str):
        person = self.county.house.get(body) or self.county.staff[0]
        return self.county.user(person)

    # --- plans ---
    def plan(self, year: int, steps) -> Plan:
        begun = min(date(year, 1, 6), self.today - 40 * ONE_DAY)
        plan = Plan(year=year, aim=words.AIM, duties=words.DUTIES, changed_at=self.now)
        self.history.note(plan, PlanAct.OPEN, self.office, at(begun), PlanState.DRAFT)
        for act, to, _kind, days, _number in steps:
            self.history.note(plan, act, self.office, at(begun + days * ONE_DAY), to)
        if plan.state == PlanState.ISSUED:
            plan.issued_on, plan.document_number = begun + 62 * ONE_DAY, f"西办〔{year}〕12号"
        plan.save(force_insert=True)
        PlanStep.objects.bulk_create(
            PlanStep(
                plan=plan, kind=kind, on=begun + days * ONE_DAY, document_number=number.format(year),
                note="" if number else "无不同意见。", at=at(begun + days * ONE_DAY), by=self.office,
            )
            for _act, _to, kind, days, number in steps
        )  # fmt: skip
        return plan

    def freeze(self, plan: Plan) -> None:
        """The topics as they stood at every step; the first step had one less."""
        rows, texts = snapshots.rows_of(plan), snapshots.texts_of(plan)
        for n, step in enumerate(plan.steps.order_by("at", "pk")):
            step.rows, step.texts = rows[1:] if n == 0 else rows, texts
            step.save(update_fields=["rows", "texts"])

    def collect(self, plan: Plan) -> None:
        """The call for topics of the year after next is open."""
        plan.called_at, plan.call_until = self.now - 8 * ONE_DAY, self.today + 30 * ONE_DAY
        plan.save(update_fields=["called_at", "call_until"])
        self.history.note(plan, PlanAct.CALL, self.office, self.now - 8 * ONE_DAY)
        sources = (Source.MEMBER, Source.PUBLIC, Source.UNIT)
        for (title, because), source in zip(words.IDEAS, sources, strict=True):
            self.idea(plan, title, because, source)

    def idea(self, plan: Plan, title: str, because: str, source: Source) -> None:
        member = source == Source.MEMBER
        author = self.county.user(self.county.featured[0]) if member else self.office
        idea = Idea(
            plan=plan, title=title, because=because, source=source, entered_by=author, entered_at=self.now - 5 * ONE_DAY,
            channel=Channel.PORTAL if member else Channel.LETTER, changed_at=self.now,
            person=self.county.featured[0] if member else None, contributor="王大爷" if source == Source.PUBLIC else "",
            organization=self.county.organizations["unit:县民政局"] if source == Source.UNIT else None,
        )  # fmt: skip
        self.history.note(idea, IdeaAct.SUGGEST, author, self.now - 5 * ONE_DAY, IdeaState.WAITING)
        idea.save(force_insert=True)

    # --- topics ---
    def topic(self, plan: Plan, serial: int, theme: words.Theme) -> Topic:
        county, steps = self.county, FORM.get(theme.stage, 0)
        topic = Topic(
            year=plan.year, serial=serial, plan=plan, kind=self.kinds[theme.kind], form=theme.form, title=theme.title,
            month=theme.month, lead=county.organizations[f"committee:{theme.lead}"], attending=words.ATTENDING,
            background=f"围绕{theme.title}开展协商，摸清情况，提出可行的建议。", changed_at=self.now,
            leader=self.leader if steps else None,
        )  # fmt: skip
        opened = min(date(plan.year, 1, 8), self.today - 38 * ONE_DAY)
        self.history.note(topic, TopicAct.OPEN, self.office, at(opened), TopicState.WAITING)
        held = self.held_on(theme)
        self.prepare(topic, theme, held)
        topic.save(force_insert=True)
        topic.units.set([county.organizations[f"unit:{name}"] for name in theme.units])
        if steps:
            self.around(topic, theme, held)
        return topic

    def held_on(self, theme: words.Theme) -> date:
        """Two are still to be held; one was held just now; the rest in the month of the plan."""
        ahead = {"asking": 45, "noticing": 24, "held": -4, "signing": -30, "answering": -40}
        if theme.stage in ahead:
            return self.today + ahead[theme.stage] * ONE_DAY
        return min(date(FIRST, theme.month, 18), self.today - 60 * ONE_DAY)

    def prepare(self, topic: Topic, theme: words.Theme, held: date) -> None:
        """The acts on the topic itself, and what they wrote."""
        steps, who, begun = (
            FORM.get(theme.stage, 0),
            self.user(theme.lead),
            min(held - 40 * ONE_DAY, self.today - 9 * ONE_DAY),
        )
        note = self.history.note
        if steps < 1:
            return
        note(topic, TopicAct.START, who, at(begun), TopicState.PREPARING)
        note(topic, TopicAct.SET_DATE, who, at(begun, 10))
        note(topic, TopicAct.INVITE, who, at(begun, 11))
        topic.scheme, topic.meets_on, topic.place, topic.dated_at = (
            words.SCHEME,
            held,
            "县政协二楼会议室",
            at(begun, 10),
        )
        topic.meets_at = time(9)
        for name, day in due_dates(held).items():
            setattr(topic, name, day)
        if theme.stage == "asking":
            note(topic, TopicAct.ASK_OPINIONS, who, at(begun, 14))
            topic.mode, topic.question, topic.asked_at = (
                "mixed",
                "您身边的议事平台用得怎样，怎样才能用好？",
                at(begun, 14),
            )
            topic.opinions_until = self.today + 12 * ONE_DAY
        if steps >= 2:
            self.hold(topic, who, held)
        if steps >= 4:
            note(topic, TopicAct.REPORT, None, at(held + 14 * ONE_DAY, 15), TopicState.TRACKING)
            topic.reported_on = held + 14 * ONE_DAY
        if theme.stage == "closed":
            self.close(topic, who, held)

    def hold(self, topic: Topic, who, held: date) -> None:
        """The notice was out on its last day, the materials too; the meeting was held."""
        topic.notice_on, topic.materials_on = topic.notice_due_on, topic.materials_due_on
        topic.notice, topic.materials = "请围绕议题准备发言，按时参加。", "有关情况介绍见附件。"
        self.history.note(topic, TopicAct.SEND_NOTICE, who, at(topic.notice_on, 15))
        self.history.note(topic, TopicAct.SEND_MATERIALS, who, at(topic.materials_on, 15))
        self.history.note(topic, TopicAct.HOLD, who, at(held, 17), TopicState.HELD)
        topic.held_on, topic.report_due_on = held, held + 28 * ONE_DAY

    def close(self, topic: Topic, who, held: date) -> None:
        topic.fed_back_on = topic.closed_on = min(held + 120 * ONE_DAY, self.today - ONE_DAY)
        topic.feedback = "协商建议已全部落实，感谢各位委员的参与。"
        self.history.note(topic, TopicAct.FEED_BACK, who, at(topic.fed_back_on, 10))
        self.history.note(topic, TopicAct.CLOSE, who, at(topic.closed_on, 11), TopicState.CLOSED)

    def around(self, topic: Topic, theme: words.Theme, held: date) -> None:
        """Who is invited, the survey, the opinions, the meeting, the outcome with its recommendations."""
        people = [*self.county.featured, *self.county.members[40 + topic.serial : 48 + topic.serial]]
        invited_at = topic.dated_at
        Participant.objects.bulk_create(Participant(topic=topic, person=who, invited_at=invited_at) for who in people)
        survey = Survey.objects.create(
            topic=topic, first_day=timezone.localdate(invited_at) + 2 * ONE_DAY, last_day=timezone.localdate(invited_at) + 3 * ONE_DAY,
            places="出山镇、盆尧镇、嫘祖镇", others="承办专委会、协办单位负责人", findings=words.FINDINGS,
        )  # fmt: skip
        survey.team.set(people[2:6])
        self.opinions(topic, people[2:5])
        steps = FORM[theme.stage]
        if steps >= 2:
            meeting = Meeting.objects.create(
                topic=topic, form=topic.form, on=held, place=topic.place, chair=f"副主席{self.leader}", summary=words.SUMMARY,
                others="、".join(theme.units) + "负责人", minutes_due_on=dates.after(dates.MINUTES, held),
                minutes_on=held + 6 * ONE_DAY if steps >= 3 else None,
            )  # fmt: skip
            meeting.present.set(people[:7])
        if steps >= 3:
            self.outcome(topic, theme, held)

    def opinions(self, topic: Topic, people: list) -> None:
        for who, (heading, text) in zip(people, words.OPINIONS, strict=True):
            when = topic.dated_at + timedelta(days=3)
            one = Opinion(
                topic=topic,
                person=who,
                text=text,
                heading=heading,
                saved_at=when,
                submitted_at=when,
                state=OpinionState.DRAFT,
            )
            self.history.note(one, OpinionAct.SUBMIT, self.county.user(who), when, OpinionState.SUBMITTED)
            one.save(force_insert=True)

    def outcome(self, topic: Topic, theme: words.Theme, held: date) -> None:
        who, kind = self.user(theme.lead), topic.kind.outcomes[0]
        day, note = held + 10 * ONE_DAY, self.history.note
        one = Outcome(
            topic=topic, kind=kind, title=f"关于{theme.title}的{OutcomeKind(kind).label}",
            text=words.OUTCOME, author=who, state=OutcomeState.DRAFT, saved_at=at(day),
        )  # fmt: skip
        note(one, OutcomeAct.SUBMIT, who, at(day, 16), OutcomeState.SUBMITTED)
        if theme.stage != "signing":
            leader = self.county.user(self.leader)
            note(one, OutcomeAct.SIGN, leader, at(day + 2 * ONE_DAY), OutcomeState.SIGNED)
            note(one, OutcomeAct.SEND, who, at(day + 4 * ONE_DAY), OutcomeState.SENT)
            one.signed_by, one.signed_on, one.sent_on = str(leader), day + 2 * ONE_DAY, day + 4 * ONE_DAY
            one.sent_to, one.document_number = "县委、县政府", f"西协〔{one.sent_on.year}〕{20 + topic.serial}号"
        one.save(force_insert=True)
        OutcomeVersion.objects.create(
            outcome=one, serial=1, title=one.title, text=one.text, by_name=str(who), at=at(day, 16)
        )
        if one.sent_on and theme.stage != "answering":
            Instruction.objects.create(
                outcome=one, leader=self.county.county_leaders[1], leader_name=f"县长 {self.county.county_leaders[1]}",
                text="建议很好，请有关单位认真研究落实。", on=one.sent_on + 6 * ONE_DAY,
            )  # fmt: skip
        self.items(one, theme)

    def items(self, outcome: Outcome, theme: words.Theme) -> None:
        units = [self.county.organizations[f"unit:{name}"] for name in theme.units]
        for n, text in enumerate(words.RECOMMENDATIONS):
            item = Recommendation(
                topic=outcome.topic,
                outcome=outcome,
                position=n + 1,
                text=text,
                unit=units[n % len(units)],
                state=ItemState.WAITING,
            )
            if outcome.sent_on:
                item.asked_at, item.answer_due_on = at(outcome.sent_on, 10), outcome.sent_on + 30 * ONE_DAY
            if outcome.sent_on and theme.stage != "answering":
                self.answered(item, n, theme.stage == "closed")
            else:
                item.save(force_insert=True)

    def answered(self, item: Recommendation, n: int, closed: bool) -> None:
        """The first was done, the second is being done, the third was partly taken up or declined."""
        operator = self.county.user(self.county.operators[item.unit_id])
        on = item.answer_due_on - 6 * ONE_DAY
        item.answer = (
            Answer.ADOPTED if n < 2 else Answer.PARTLY if closed or item.topic.serial != 3 else Answer.DECLINED
        )
        declined = item.answer == Answer.DECLINED
        item.measure = (
            "涉及上级政策，现阶段条件不具备，将继续争取。" if declined else "已列入年度工作计划，明确专人负责。"
        )
        item.answered_on = on
        item.due_on = item.promised_on = None if declined else on + 150 * ONE_DAY
        self.history.note(
            item, ItemAct.ANSWER, operator, at(on, 10), ItemState.DECLINED if declined else ItemState.DOING
        )
        if not declined and (n == 0 or closed):
            item.done_on, item.result = on + 60 * ONE_DAY, "已经落实到位，群众反映良好。"
            self.history.note(item, ItemAct.REPORT_DONE, operator, at(item.done_on, 10), ItemState.REPORTED)
            self.history.note(item, ItemAct.CONFIRM, self.office, at(item.done_on + 5 * ONE_DAY, 10), ItemState.DONE)
        item.save(force_insert=True)
        words_ = f"{Answer(item.answer).label}：{item.measure}"
        ItemNote.objects.create(item=item, kind=ItemNote.Kind.ANSWERED, on=on, text=words_, by=operator, at=at(on, 10))

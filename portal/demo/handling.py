"""办 and 评 in the demonstration stories: units, replies, ratings, further rounds."""

from datetime import timedelta

from django.utils import timezone

from members.models import Organization
from proposals.acts import AssignmentAct, ProposalAct
from proposals.clocks import comment_due, rating_due, start_clocks, start_round
from proposals.commitment_states import CommitmentState
from proposals.models import (
    Assignment,
    Commitment,
    Contact,
    QualityRating,
    Rating,
    Reply,
    SuggestionAnswer,
    TripartiteMeeting,
)
from proposals.states import AssignmentState as A
from proposals.states import ProposalState as P

from . import promises, unit_desk
from .clock import Clock, Present
from .story import Story

VERDICTS = {"A": "adopted", "B": "partly", "C": "not_adopted", "D": "not_adopted"}
ANSWERS = {
    "A": "已采纳，相关工作已经完成并建立长效机制。",
    "B": "部分采纳，已列入年度工作计划，正在推进。",
    "C": "受资金和用地条件限制，目前暂难实施，已说明情况。",
    "D": "建议有参考价值，留作今后工作参考。",
}
PHONE = "0396-0000000"  # no such number
CLASSES, CLASS_WEIGHTS = ("A", "B", "C", "D"), (58, 32, 8, 2)


class Share:
    """One unit's part in a story, on a clock of its own."""

    def __init__(self, story: Story, row: Assignment, clock: Clock):
        self.story, self.row, self.clock, self.random = story, row, clock, story.random
        county = story.county
        self.operator, self.leader = county.operators[row.unit_id], county.leaders[row.unit_id]
        self.dispatcher = county.dispatcher_for(row.unit)
        self.slow = not story.fate and self.random.random() < 0.05

    def note(self, act, person, to=None, **more):
        return self.story.note(act, person, self.clock.at, to, case=self.row, **more)

    def sign(self) -> None:
        self.row.signed_at = self.clock.wait(0, 4)
        self.note(AssignmentAct.SIGN_FOR, self.operator, A.HANDLING)
        unit_desk.note(self)

    def contact(self, least: int, most: int) -> None:
        on = timezone.localdate(self.clock.wait(least, most))
        self.story.add(
            Contact(
                assignment=self.row, round=self.row.round, stage="before", method="visit", on=on,
                participants=f"{self.story.author.name}、{self.operator.name}",
                content="当面听取意见，就办理思路和时间安排交换了意见。",
                recorded_by=self.story.county.user(self.operator), recorded_at=self.clock.at,
            )
        )  # fmt: skip
        self.note(AssignmentAct.LOG_CONTACT, self.operator)

    def give_opinion(self) -> None:
        self.sign()
        self.clock.wait(6, 22)
        self.row.opinion = "经研究，我单位将在职责范围内予以配合，相关经费和人员已作安排。"
        self.note(AssignmentAct.GIVE_OPINION, self.operator, A.AWAITING_SIGN_OFF)
        self.row.opinion_at = self.clock.wait(1, 3)
        self.note(AssignmentAct.SIGN_OFF, self.leader, A.OPINION_GIVEN)

    def miss_opinion(self, at) -> None:
        """The lead unit has replied without it."""
        self.clock.at = at
        self.note(AssignmentAct.MISS_OPINION, None, A.OPINION_MISSED)

    def reply(self, least: int, most: int) -> Reply:
        self.clock.wait(least, most)
        reply = self._write(self.random.choices(CLASSES, CLASS_WEIGHTS)[0])
        reply.saved_at = reply.draft_sent_at = self.clock.at
        reply.comment_due_on = comment_due(self.clock.at)
        self.note(AssignmentAct.SEND_DRAFT, self.operator)
        reply.comment, reply.commented_at = "同意。", self.clock.wait(1, 6)
        self.note(AssignmentAct.COMMENT_ON_DRAFT, self.story.author, shown=[("对答复稿的意见", "同意。")])
        self.clock.wait(0, 2)
        self.note(AssignmentAct.SUBMIT_REPLY, self.operator, A.AWAITING_SIGN_OFF)
        self._pass_on(reply)
        return reply

    def _pass_on(self, reply: Reply) -> None:
        county = self.story.county
        reply.signed_by, reply.signed_at = county.user(self.leader), self.clock.wait(1, 3)
        self.note(AssignmentAct.SIGN_OFF, self.leader, A.AWAITING_CHECK)
        reply.checked_by, reply.checked_at = county.user(self.dispatcher), self.clock.wait(1, 4)
        self.note(AssignmentAct.CHECK, self.dispatcher)
        reply.sent_at = self.row.replied_at = self.clock.wait(0, 2)
        reply.letter_year = timezone.localdate(reply.sent_at).year
        self.row.rating_due_on, reply.due_on = rating_due(reply.sent_at), self.row.due_on
        self.note(AssignmentAct.SEND, self.operator, A.REPLIED, result_class=reply.result_class)

    def _write(self, result: str) -> Reply:
        reply = Reply(
            assignment=self.row, round=self.row.round, result_class=result,
            body="您提出的提案收悉，现将办理情况答复如下。我单位高度重视，成立专班，逐条研究了您的建议。",
            handler_name=self.operator.name, handler_phone=PHONE, leader_name=self.leader.name, version=2,
        )  # fmt: skip
        self.story.add(reply)
        for item in self.story.suggestions:
            self.story.add(
                SuggestionAnswer(reply=reply, suggestion=item, verdict=VERDICTS[result], text=ANSWERS[result])
            )
        if result == "B":
            due = timezone.localdate(self.clock.at) + timedelta(days=self.random.choice((90, 180, 270)))
            self.story.add(
                Commitment(
                    proposal=self.story.proposal, reply=reply, owner=self.row.unit, state=CommitmentState.DRAFT,
                    measure=f"落实：{self.story.suggestions[0].text}", due_on=due,
                )
            )  # fmt: skip
        return reply

    def rate(self, reply: Reply, grade: str) -> Rating:
        at = self.clock.wait(1, 12)
        rating = Rating(
            reply=reply, person=self.story.author, deciding=True, at=at, contacted=True,
            attitude="satisfied" if grade != "basically" else "basically", result=grade,
            hearing="visit", pertinence="to_the_point" if grade == "satisfied" else "mostly",
            comment="问题没有得到实际解决，请再研究。" if grade == "dissatisfied" else "",
            entered_by=self.story.county.user(self.story.author),
        )  # fmt: skip
        again = grade == "dissatisfied" and self.row.round < 2
        to = A.HANDLING if again else A.REPLIED
        self.story.add(rating)
        self.note(AssignmentAct.RATE, self.story.author, to, reason=rating.comment)
        if grade != "dissatisfied" and reply.result_class == "B":
            self._rate_proposal(reply)
        return rating

    def _rate_proposal(self, reply: Reply) -> None:
        """Some units rate the proposal too."""
        overall = "excellent" if len(self.story.suggestions) > 3 else "good"
        grades = dict.fromkeys(("topic", "substance", "form", "benefit"), overall)
        rating = QualityRating(
            reply=reply, **grades, overall=overall, at=self.clock.at, entered_by=self.story.county.user(self.operator),
            comment="选题准，建议具体，便于办理。",
        )  # fmt: skip
        self.story.add(rating)
        self.note(AssignmentAct.RATE_PROPOSAL, self.operator, shown=[("总体评价", rating.get_overall_display())])


def assign(story: Story, at, units: list[Organization]) -> list[Share]:
    """Hand the story's proposal to units: mostly one, sometimes 主办＋会办, seldom 分办."""
    dice = story.random.random()
    if len(units) == 1 or dice < 0.66 or story.fate:
        kinds = [("sole", units[0])]
    elif dice < 0.92:
        kinds = [("lead", units[0]), *(("assist", unit) for unit in units[1:])]
    else:
        kinds = [("separate", unit) for unit in units]
    story.proposal.assigned_at = at
    names = "、".join(f"{unit.name}" for _kind, unit in kinds)
    story.note(ProposalAct.ASSIGN, story.county.staff[0], at, P.HANDLING, shown=[("承办单位", names)])
    shares, lead = [], None
    for position, (kind, unit) in enumerate(kinds):
        row = Assignment(
            proposal=story.proposal, unit=unit, kind=kind, position=position, first_assigned_at=at,
            state=A.AWAITING_SIGN, lead=lead if kind == "assist" else None,
        )  # fmt: skip
        start_clocks(row, at, story.proposal.timing, book=story.clock.book)
        lead = lead or row
        story.add(row)
        shares.append(Share(story, row, story.clock.fork()))
    return shares


def handle(story: Story, shares: list[Share]) -> None:
    """Let every unit work until the present, then the ratings."""
    if story.fate == "stuck":
        promises.get_stuck(shares[0])
        return
    for share in (s for s in shares if s.row.is_assist):
        _as_far_as(share.give_opinion)
    answering = [s for s in shares if not s.row.is_assist]
    replies = {id(share): _first_reply(share, shares) for share in answering}
    if None in replies.values():
        return
    story.clock.at = max(share.clock.at for share in answering)
    for share in (s for s in shares if s.row.is_assist and s.row.opinion_at is None):
        share.miss_opinion(story.clock.at)
    _all_replied(story)
    if len(answering) > 1:
        _rate_separately(story, answering, replies)
    else:
        _as_far_as(_rounds, story, answering[0], replies[id(answering[0])])


def _as_far_as(act, *args):
    try:
        return act(*args)
    except Present:
        return None


def _first_reply(share: Share, shares: list[Share]) -> Reply | None:
    def work() -> Reply:
        share.sign()
        share.contact(2, 14)
        opinions = [s.row.opinion_at for s in shares if s.row.is_assist]
        if opinions:
            share.clock.until(max((at for at in opinions if at), default=share.clock.at))
            if None in opinions:
                share.clock.wait(32, 36)
        return share.reply(95, 160) if share.slow else share.reply(20, 60)

    return _as_far_as(work)


def _all_replied(story: Story) -> None:
    story.proposal.replied_at = story.clock.at
    story.note(ProposalAct.ALL_REPLIED, None, story.clock.at, P.REPLIED)


def _close(story: Story, at, unrated: bool = False) -> None:
    act = ProposalAct.CLOSE_UNRATED if unrated else ProposalAct.CLOSE
    story.proposal.closed_at, story.proposal.closed_unrated = at, unrated
    story.note(act, None, at, P.CLOSED)


def _rate_separately(story: Story, shares: list[Share], replies: dict) -> None:
    for share in shares:
        share.clock.at = story.clock.at
        if _as_far_as(share.rate, replies[id(share)], "satisfied") is None:
            return
    _close(story, max(share.clock.at for share in shares))


def _rounds(story: Story, share: Share, reply: Reply) -> None:
    """First rating, and what a dissatisfied one leads to."""
    if story.fate == "waiting" and share.row.rating_due_on >= timezone.localdate(share.clock.now):
        return
    if not story.fate and story.random.random() < 0.05:
        _leave_unrated(story, share)
        return
    grade = _grade(story, 4)
    share.rate(reply, grade)
    if grade != "dissatisfied":
        _close(story, share.clock.at)
        return
    start_round(share.row, share.clock.at)
    story.note(ProposalAct.REOPEN, None, share.clock.at, P.HANDLING)
    share.contact(1, 5)
    second = share.reply(8, 16)
    story.clock.at = share.clock.at
    _all_replied(story)
    grade = _grade(story, 30)
    share.rate(second, grade)
    _meet(story, share) if grade == "dissatisfied" else _close(story, share.clock.at)


def _grade(story: Story, dissatisfied: int) -> str:
    if story.fate == "unhappy":
        return "dissatisfied"
    return story.random.choices(("satisfied", "basically", "dissatisfied"), (86, 10, dissatisfied))[0]


def _leave_unrated(story: Story, share: Share) -> None:
    due = share.row.rating_due_on + timedelta(days=1)
    at = timezone.make_aware(timezone.datetime(due.year, due.month, due.day, 0, 5))
    share.clock.until(at)
    _close(story, at, unrated=True)


def _meet(story: Story, share: Share) -> None:
    story.note(ProposalAct.TO_TRIPARTITE, None, share.clock.at, P.TRIPARTITE)
    if story.fate == "unhappy":
        return  # the meeting is still to come
    at = share.clock.wait(5, 20)
    story.add(
        TripartiteMeeting(
            proposal=story.proposal, on=timezone.localdate(at), place="县政协会议室",
            participants=f"{story.author.name}、{share.row.unit}、提案委",
            findings="三方就未解决事项逐条商定了措施和时间。", outcome="agreed",
            recorded_by=story.county.user(story.county.staff[0]), recorded_at=at,
        )
    )  # fmt: skip
    story.proposal.closed_at = at
    story.note(ProposalAct.RECORD_MEETING, story.county.staff[0], at, P.CLOSED)

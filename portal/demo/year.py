"""A session's year: its plenary proposals, the review night, and the 平时提案 after it."""

from contextlib import suppress
from datetime import datetime, timedelta

from django.utils import timezone

from members.models import Session
from proposals.acts import ProposalAct
from proposals.states import ProposalState as P

from . import awards, unit_desk
from .assigning import ask_for_time
from .clock import Clock, Present
from .county import County
from .handling import assign, handle
from .story import Story

OUTCOMES, WEIGHTS = ("file", "merge", "reject"), (86, 5, 9)


class Year:
    def __init__(self, county: County, tables: dict, session: Session, cases, book, now: datetime):
        self.county, self.tables, self.session = county, tables, session
        self.cases, self.book, self.now = cases, book, now
        self.random = county.random
        self.stories: list[Story] = []
        self.mains: list[Story] = []

    def run(self, plenary: int, adjourned: int, drafts: int = 0) -> list[Story]:
        """Every story of the year, in the order of submission."""
        closes = self.session.window_closes
        for _ in range(plenary):
            self._tell(closes - timedelta(hours=self.random.randint(2, 24 * 70)), plenary=True)
        end = min(self.now, closes + timedelta(days=260))
        span = max(int((end - closes).total_seconds() // 3600) - 24, 24)
        for _ in range(adjourned):
            hours = int(self.random.triangular(12, span, span))
            self._tell(closes + timedelta(hours=hours), plenary=False)
        if drafts:
            self._present(drafts)
            ask_for_time(self.stories, self.now)
        self._number()
        unit_desk.supplement(self.stories, self.now)
        awards.choose(self.stories, self.county, self.session, self.now)
        return self.stories

    def _present(self, drafts: int) -> None:
        """What is going on just now, with the turns that chance brings too seldom."""
        for index in range(drafts):
            at = self.now - timedelta(hours=self.random.randint(2, 40))
            self._start(at, joint=float(index % 2), featured=index < 3)
        turns = [("return", 8), ("return", 10), ("unhappy", 170), ("unhappy", 190)]
        turns += [("waiting", days) for days in range(44, 84, 4)]
        turns += [("", days) for days in (*range(1, 15), *range(48, 96, 2))][: drafts * 2]
        turns += [("stuck", days) for days in (46, 118, 133, 150, 203, 206, 209, 212)]
        for fate, days in turns:
            at = self.now - timedelta(days=days, hours=-9 - days % 8)  # in office hours
            self._tell(max(at, self._first_adjourned()), False, fate)

    def _first_adjourned(self) -> datetime:
        return self.session.window_closes + timedelta(hours=12)

    def _story(self, at: datetime, featured: bool = False) -> Story:
        topic, place = next(self.cases)
        clock = Clock(self.random, self.book, at, self.now)
        author = self.county.featured[0] if featured else None
        story = Story(self.county, self.tables, self.session, topic, place, clock, author)
        self.stories.append(story)
        return story

    def _start(self, at: datetime, joint: float, featured: bool) -> None:
        """A draft, or one whose co-signing is going on."""
        with suppress(Present):
            self._story(at, featured).write(joint)

    def _tell(self, submitted: datetime, plenary: bool, fate: str = "") -> None:
        featured = fate == "waiting" and self.random.random() < 0.4
        story = self._story(submitted - timedelta(hours=self.random.randint(2, 90)), featured)
        story.fate = fate
        story.proposal.timing = "plenary" if plenary else "adjourned"
        with suppress(Present):
            story.write()
            story.submit(submitted)
            self._decide(story, plenary)

    def _decide(self, story: Story, plenary: bool) -> None:
        if not story.fate and self.random.random() < 0.01:
            at = story.clock.wait(0, 1)
            story.note(ProposalAct.WITHDRAW, story.author, at, P.WITHDRAWN, reason="拟进一步调研后再提。")
            return
        outcome = self._outcome(story)
        night = self.session.window_closes + timedelta(hours=6)
        story.review(self._night(story, night) if plenary else story.clock.wait(1, 4), outcome)
        at = self._night(story, night) if plenary else story.clock.wait(1, 4)
        main = self.random.choice(self.mains) if outcome == "merge" else None
        story.decide(at, outcome, main)
        if outcome == "file":
            self._handle(story, plenary)

    def _night(self, story: Story, night: datetime) -> datetime:
        at = max(night, story.clock.at) + timedelta(minutes=self.random.randint(1, 150))
        return story.clock.until(at)

    def _outcome(self, story: Story) -> str:
        if story.fate:
            return "return" if story.fate == "return" else "file"
        outcome = self.random.choices(OUTCOMES, WEIGHTS)[0]
        return "file" if outcome == "merge" and not self.mains else outcome

    def _handle(self, story: Story, plenary: bool) -> None:
        story.number(story.clock.until(self._numbering_time()) if plenary else story.clock.wait(0, 2))
        meeting = self.session.window_closes + timedelta(days=16, hours=-5)
        at = story.clock.until(meeting) if plenary else story.clock.wait(2, 7)
        units = [self.county.organizations[f"unit:{name}"] for name in story.topic.units]
        handle(story, assign(story, at, units))
        if story.proposal.state == P.CLOSED:
            self._publish(story)
        if plenary:
            self.mains.append(story)

    def _numbering_time(self) -> datetime:
        return self.session.window_closes + timedelta(days=1, hours=-4)

    def _publish(self, story: Story) -> None:
        proposal = story.proposal
        if not proposal.publish_consent or self.random.random() < 0.3:
            return
        at = proposal.closed_at + timedelta(days=self.random.randint(1, 12))
        if at < self.now:
            proposal.published_at = at
            story.note(ProposalAct.PUBLISH, self.county.staff[0], at)

    def _number(self) -> None:
        """Receipts in the order of submission; case numbers in the order of numbering and category."""
        received = [s for s in self.stories if s.proposal.submitted_at]
        received.sort(key=lambda s: s.proposal.submitted_at)
        for index, story in enumerate(received, start=1):
            story.proposal.receipt_number = f"{self.session.code}-{index:04d}"
        numbered = [s for s in self.stories if s.numbered_at]
        numbered.sort(key=lambda s: (s.numbered_at, s.proposal.business_category.order))
        for serial, story in enumerate(numbered, start=1):
            story.give_serial(serial)


def now() -> datetime:
    """The day's first moment: who fills the county twice on one day gets the same rows twice."""
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)

"""One proposal's life, made up along the tables: writing, review and decision."""

from datetime import datetime, timedelta

from django.utils import timezone

from members.models import Person, Session
from proposals.acts import CosignatureAct, ProposalAct
from proposals.collective import digest
from proposals.kinds import CollectiveProof
from proposals.models import Category, Cosignature, Proposal, Review, Suggestion, TextSnapshot
from proposals.states import CosignatureState as C
from proposals.states import ProposalState as P
from workflow.histories import History

from .clock import Clock
from .county import County
from .topics import Topic, title_of

REJECTIONS = (
    ("empty", "opinion", "建议较笼统，已转社情民意参考。"),
    ("beyond", "opinion", "所提事项超越本级事权，已转社情民意向上反映。"),
    ("private", "letter", "涉及个人具体问题，已转来信办理。"),
    ("several", "back", "一件提案反映多个问题，请拆分后另行提出。"),
)


class Story:
    """The rows of one proposal in memory; `bulk.save` writes many stories at once."""

    def __init__(
        self, county: County, tables: dict, session: Session, topic: Topic, place: str, clock: Clock,
        author: Person | None = None,
    ):  # fmt: skip
        self.county, self.tables, self.topic, self.clock = county, tables, topic, clock
        self.random = county.random
        self.history = History()
        self.fate = ""  # "return", "waiting" or "unhappy": a turn that chance alone brings too seldom
        self.cosignatures: list[Cosignature] = []
        self.rows: dict[str, list] = {}
        self.numbered_at: datetime | None = None
        self.proposal = self._draft(session, place, author)
        self.suggestions = [
            Suggestion(proposal=self.proposal, position=n, text=f"{text}。")
            for n, text in enumerate(topic.suggestions, start=1)
        ]

    def add(self, row):
        """Remember a row that belongs to the story."""
        self.rows.setdefault(type(row).__name__, []).append(row)
        return row

    def _draft(self, session: Session, place: str, author: Person | None) -> Proposal:
        overall: Category = self.tables["overall"][self.topic.overall]
        business: Category = self.tables["business"][self.topic.category]
        text = f"近期走访{place}了解到：{self.topic.situation}群众对此反映较多，有必要抓紧研究解决。"
        proposal = Proposal(
            session=session, title=title_of(self.topic, place), situation=text,
            overall_category=overall, business_category=business, no_secrets=True, own_work=True,
            publish_consent=self.random.random() < 0.92,
        )  # fmt: skip
        if not proposal.publish_consent:
            proposal.publish_refusal = "涉及尚在协商的事项，暂不宜公开。"
        proposal.saved_at = self.clock.at
        proposal.accepts_support = session.allows_support and author is None and self.random.random() < 0.4
        self._choose_proposer(proposal, author)
        return proposal

    def _choose_proposer(self, proposal: Proposal, author: Person | None) -> None:
        if author is None and self.random.random() < 0.12:
            body, contact = self.random.choice(self.county.collectives)
            proposal.kind, proposal.organization, proposal.drafter = "collective", body, contact
            proposal.accepts_support = False
            return
        if author is None:
            author = self.random.choice(self.county.members)
        proposal.kind, proposal.first_proposer, proposal.drafter = "individual", author, author

    @property
    def author(self) -> Person:
        return self.proposal.drafter

    def note(self, act, person: Person | None, at, to=None, case=None, **more):
        user = self.county.user(person) if person else None
        return self.history.note(case or self.proposal, act, user, at, to, **more)

    # --- 提 ---
    def write(self, joint: float = 0.28) -> None:
        """The draft, and with this probability its co-signing."""
        self.proposal.created_at = self.clock.at
        self.note(ProposalAct.CREATE, self.author, self.clock.at, P.DRAFT)
        if self.proposal.kind == "individual" and self.random.random() < joint:
            self._cosign()

    def _cosign(self) -> None:
        friend = self.county.featured[1]
        others = [m for m in self.county.members if m not in (self.author, friend)]
        people = self.random.sample(others, self.random.randint(1, 5))
        if self.random.random() < 0.2 and friend is not self.author:
            people.append(friend)
        at = self.clock.until(self.clock.at + timedelta(minutes=self.random.randint(20, 50)))
        self.proposal.cosigning_closes = at + timedelta(days=3)
        names = "、".join(p.name for p in people)
        self.note(ProposalAct.INVITE, self.author, at, P.COSIGNING, shown=[("邀请联名的委员", names)])
        for position, person in enumerate(people, start=1):
            self.cosignatures.append(
                Cosignature(
                    proposal=self.proposal, person=person, position=position, invited_at=at, state=C.INVITED
                )
            )  # fmt: skip
        for row in self.cosignatures:
            self._answer(row)

    def _answer(self, row: Cosignature) -> None:
        if self.random.random() < 0.15:
            return
        at = row.invited_at + timedelta(hours=self.random.randint(1, 40))
        if at > self.clock.now:
            return
        agreed = self.random.random() < 0.93
        act, to = (CosignatureAct.AGREE, C.AGREED) if agreed else (CosignatureAct.DECLINE, C.DECLINED)
        row.answered_at = at
        self.note(act, row.person, at, to, case=row)

    def submit(self, at: datetime) -> None:
        proposal = self.proposal
        if proposal.cosigning_closes:
            at = self.clock.until(max(at, proposal.cosigning_closes))
        self.clock.until(at)
        for row in self.cosignatures:
            if row.state == C.INVITED:
                self.note(CosignatureAct.EXPIRE, None, at, C.EXPIRED, case=row)
        if proposal.organization:
            self._confirm(at)
        act = ProposalAct.CLOSE_COSIGNING if self.cosignatures else ProposalAct.SUBMIT
        proposal.submitted_at = at
        if any(row.state == C.AGREED for row in self.cosignatures):
            proposal.kind = "joint"
        self.note(act, None if self.cosignatures else self.author, at, P.SUBMITTED)
        self.add(
            TextSnapshot(
                proposal=proposal, occasion="提交", title=proposal.title, situation=proposal.situation,
                suggestions=[s.text for s in self.suggestions], by=self.county.user(self.author), at=at,
            )
        )  # fmt: skip

    def _confirm(self, at: datetime) -> None:
        """By submitting, where the convener has written it; otherwise some time before."""
        proposal, convener = self.proposal, self.county.conveners[self.proposal.organization.pk]
        proposal.collective_proof, proposal.confirmed_by, proposal.confirmed_at = CollectiveProof.CONVENER, convener, at
        proposal.confirmed_text = digest(proposal.title, proposal.situation, [s.text for s in self.suggestions])
        if convener is not proposal.drafter:
            proposal.confirmed_at = at - (at - proposal.created_at) / 2
            self.note(ProposalAct.CONFIRM_COLLECTIVE, convener, proposal.confirmed_at)

    # --- 立 ---
    def review(self, at: datetime, outcome: str) -> None:
        reviewer = self.random.choice(self.county.reviewers)
        advice = {"file": "file", "merge": "merge", "reject": "reject", "return": "return"}[outcome]
        review = Review(
            proposal=self.proposal, reviewer=self.county.user(reviewer), recommendation=advice,
            business_category=self.proposal.business_category, at=at, note="",
        )  # fmt: skip
        self.add(review)
        self.note(
            ProposalAct.PRE_REVIEW, reviewer, at, P.REVIEWED, shown=[("初审建议", review.get_recommendation_display())]
        )

    def decide(self, at: datetime, outcome: str, main: "Story | None" = None) -> None:
        head, proposal = self.county.heads[0], self.proposal
        if outcome == "file":
            proposal.filed_at = at
            self.note(ProposalAct.FILE, head, at, P.FILED)
        elif outcome == "merge":
            proposal.merged_into = main.proposal
            self.note(ProposalAct.MERGE, head, at, P.MERGED, reason="内容相同，合并办理。")
        elif outcome == "return":
            proposal.change_due_on = timezone.localdate(at) + timedelta(days=7)
            self.note(ProposalAct.RETURN, head, at, P.RETURNED, reason="请补充具体建议后再提交。")
        else:
            code, disposition, reason = self.random.choice(REJECTIONS)
            proposal.rejection_reason = self.tables["reason"][code]
            proposal.disposition = disposition
            self.note(ProposalAct.REJECT, head, at, P.NOT_FILED, reason=reason, disposition=disposition)

    def number(self, at: datetime) -> None:
        self.numbered_at = at
        self._numbering = self.note(ProposalAct.NUMBER, self.county.staff[0], at)

    def give_serial(self, serial: int) -> None:
        self.proposal.serial = serial
        self._numbering.data["serial"] = serial

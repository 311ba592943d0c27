"""The county's leaders, and 重点提案 of the present session: candidates, decided ones, supervision, 批示, reports."""

from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from members.models import Appointment, Organization, Person, User
from proposals.acts import AssignmentAct, ProposalAct
from proposals.kinds import KeyStatus, SupervisionForm
from proposals.models import Demand, KeyConsultation, KeyProposal, Supervision
from proposals.states import AssignmentState as A
from proposals.states import ProposalState as P

from .county import County
from .story import Story

# body, post, name: invented people in the posts that every county has
LEADERS = (
    ("县委", "县委书记", "高振邦"), ("县政府", "县长", "林志远"), ("县政府", "副县长", "顾长河"), ("县政府", "副县长", "许文静"),
)  # fmt: skip
DECIDED, CANDIDATES = 5, 2
FINDINGS = (
    (SupervisionForm.INSPECTION, "实地察看了现场，工作已经启动，但进度偏慢，部门之间配合不够。"),
    (SupervisionForm.TALK, "提案人和承办单位面对面交换了意见，对办理思路看法一致，资金安排还需落实。"),
    (SupervisionForm.BRIEFING, "听取了承办单位的汇报，上次提出的要求已经落实，后续管护需要建立制度。"),
)
DEMANDS = ("倒排工期，每月书面报告一次进展。", "商县财政局落实所需资金。", "听取周边群众意见，完善方案。")
REASON = "群众反映集中，关系民生，办好以后带动作用大。"


def people(county: County) -> None:
    """Persons, posts and accounts of the county's leaders."""
    starts = county.sessions[0].term.starts
    bodies = {
        name: Organization.objects.create(kind="leadership", name=name, starts=starts, order=900 + n)
        for n, name in enumerate(("县委", "县政府"))
    }
    for n, (body, title, name) in enumerate(LEADERS):
        who = Person(name=name, gender="男", employer=body, position=title, phone=f"199000098{n:02d}")
        who.set_keys()
        who.save()
        Appointment.objects.create(person=who, organization=bodies[body], post="leader", title=title, starts=starts)
        user = User(username=f"ld{n:04d}", person=who, phone=who.phone, password=make_password(None))
        user.save()
        county.users[who.pk] = user
        county.county_leaders.append(who)


def fill(county: County, stories: list[Story], moment: datetime) -> None:
    """Add the rows and events to stories of the session that units have had for some weeks; they are saved with them."""
    ready = [story for story in stories if _has_been_handled(story, moment)]
    late = [story for story in ready if story.proposal.state == P.HANDLING]
    chosen = [*late[:3], *(story for story in ready if story not in late[:3])][: DECIDED + CANDIDATES]
    for n, story in enumerate(chosen):
        _Telling(county, story, n, moment).tell(decided=n < DECIDED)


def _has_been_handled(story: Story, moment: datetime) -> bool:
    proposal = story.proposal
    if proposal.assigned_at is None or proposal.assigned_at > moment - timedelta(days=45):
        return False
    return proposal.state in P.HANDED_ON and proposal.state != P.TRIPARTITE


class _Telling:
    """One 重点提案 along its dates; `at` goes on from the day on which the units got the case."""

    def __init__(self, county: County, story: Story, n: int, moment: datetime):
        self.county, self.story, self.n, self.moment = county, story, n, moment
        self.at = story.proposal.assigned_at + timedelta(hours=2)
        self.shares = [row for row in story.rows["Assignment"] if row.state != A.RECALLED]

    def tell(self, decided: bool) -> None:
        entry = self._put_up()
        if decided:
            self._decide(entry)
            self._name_leaders(entry)
            for k in range(1 + self.n % 2):
                self._supervise(entry, k)
            if self.n < 2:
                self._instruct(entry)

    def _go_on(self, days: int) -> datetime:
        self.at = min(self.at + timedelta(days=days), self.moment - timedelta(hours=12 - self.n))
        return self.at

    def _note(self, act, person, case=None, **more) -> None:
        """The state of the case on that day, not the one in which the story ended."""
        event = self.story.note(act, person, self.at, case=case, **more)
        event.from_state = event.to_state = self._state_then() if case is None else self._share_then(case)

    def _state_then(self) -> str:
        proposal = self.story.proposal
        if proposal.closed_at and proposal.closed_at <= self.at:
            return P.CLOSED
        return P.REPLIED if proposal.state in P.ANSWERED and proposal.replied_at <= self.at else P.HANDLING

    def _share_then(self, share) -> str:
        return (
            share.state
            if share.state in A.OPEN or share.replied_at is None or share.replied_at <= self.at
            else A.HANDLING
        )

    def _put_up(self) -> KeyProposal:
        staff = self.county.staff[0]
        entry = self.story.add(
            KeyProposal(
                proposal=self.story.proposal, year=timezone.localdate(self.at).year, reason=REASON,
                put_up_by=self.county.user(staff), put_up_at=self.at,
            )
        )  # fmt: skip
        self._note(ProposalAct.NOMINATE_KEY, staff, reason=REASON)
        self._go_on(2)
        self.story.add(
            KeyConsultation(
                entry=entry, asked="民盟西平支部", on=timezone.localdate(self.at), supports=True, opinion="选题准，建议抓紧办理。",
                recorded_by=self.county.user(staff), recorded_at=self.at,
            )
        )  # fmt: skip
        self._note(ProposalAct.CONSULT_KEY, staff, shown=[("征求对象", "民盟西平支部")])
        return entry

    def _decide(self, entry: KeyProposal) -> None:
        self._go_on(3)
        entry.status, entry.decided_on = KeyStatus.DECIDED, timezone.localdate(self.at)
        entry.document_number = f"西协办〔{entry.year}〕12号"
        self._note(ProposalAct.DECIDE_KEY, self.county.heads[0], shown=[("决定文号", entry.document_number)])

    def _name_leaders(self, entry: KeyProposal) -> None:
        self._go_on(1)
        place = 1 if self.n < 2 else self.n % len(LEADERS)  # the printed log-in leads two of them
        entry.leader, entry.leader_title = self.county.county_leaders[place], LEADERS[place][1]
        entry.supervisor, entry.supervisor_title = self.county.members[1 + self.n % 2], "县政协副主席"
        entry.committee = next(b for b in self.county.organizations.values() if b.kind == "committee")
        entry.plan = "六月实地视察，八月协商座谈，十月听取办理情况汇报。"
        entry.finish_by = timezone.localdate(self.at) + timedelta(days=150)
        names = [("领办领导", str(entry.leader)), ("督办领导", str(entry.supervisor))]
        self._note(ProposalAct.NAME_LEADERS, self.county.staff[0], shown=names)

    def _supervise(self, entry: KeyProposal, k: int) -> None:
        self._go_on(14)
        staff, (form, findings) = self.county.staff[0], FINDINGS[(self.n + k) % len(FINDINGS)]
        day = timezone.localdate(self.at)
        record = self._record(entry.supervisor, entry.supervisor_title, staff, form=form, findings=findings,
                              participants=f"提案人、{self.shares[0].unit}、提案委",
                              next_check_on=timezone.localdate(self.moment) + timedelta(days=10 + 5 * self.n),
                              tells_proposer=True)  # fmt: skip
        self._note(ProposalAct.SUPERVISE, staff, shown=[("督办方式", form.label)])
        share = self.shares[0]
        first = self._demand(record, share, 1, DEMANDS[(self.n + k) % 3], day + timedelta(days=15))
        self._demand(
            record,
            share,
            2,
            DEMANDS[(self.n + k + 1) % 3],
            timezone.localdate(self.moment) + timedelta(days=6 * self.n - 5),
        )
        self._go_on(8)
        operator = self.county.operators[share.unit_id]
        first.answer, first.answered_by, first.answered_at = (
            "已按要求制定方案，明确专人负责，每月报告。",
            self.county.user(operator),
            self.at,
        )
        self._note(AssignmentAct.ANSWER_DEMAND, operator, case=share)

    def _instruct(self, entry: KeyProposal) -> None:
        self._go_on(3)
        record = self._record(entry.leader, entry.leader_title, entry.leader, form=SupervisionForm.INSTRUCTION,
                              findings="请承办单位抓紧办理，主要负责同志亲自过问，有困难及时报告。", tells_proposer=self.n == 0)  # fmt: skip
        self._note(ProposalAct.INSTRUCT, entry.leader, shown=[("作批示的领导", entry.leader_name)])
        self._demand(
            record, self.shares[0], 1, "请反馈批示的落实情况。", timezone.localdate(self.moment) + timedelta(days=9)
        )

    def _record(self, leader, title: str, by: Person, **values) -> Supervision:
        return self.story.add(
            Supervision(
                proposal=self.story.proposal, on=timezone.localdate(self.at), leader=leader, leader_title=title,
                recorded_by=self.county.user(by), recorded_at=self.at, **values,
            )
        )  # fmt: skip

    def _demand(self, record: Supervision, share, n: int, text: str, due_on) -> Demand:
        return self.story.add(Demand(record=record, assignment=share, position=n, text=text, due_on=due_on))

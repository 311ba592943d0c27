"""Random people doing random things to a handful of proposals, reproducible by a seed."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from django import forms
from django.db.models import Exists, OuterRef
from django.utils import timezone

from documents.models import Attachment
from documents.uploads import attach
from members.models import Session, User
from proposals import awards, by_date, drafting, replies, telling
from proposals.acts import AssignmentAct as A
from proposals.acts import CommitmentAct as M
from proposals.acts import ProposalAct as P
from proposals.forms.changing import SuggestionsField
from proposals.models import (
    Assignment,
    Category,
    ChangeRequest,
    Commitment,
    Cosignature,
    ExtensionRequest,
    Proposal,
    Reply,
)
from proposals.roles import Role
from proposals.states import AssignmentState, CosignatureState, ProposalState
from tests.factories import county as make
from tests.factories import people
from workflow.engine import perform
from workflow.errors import Refused
from workflow.transition import Step, process_of

OPEN_PROPOSALS = 6
TEXTS = (
    "",
    "   ",
    "同意。",
    "请尽快办理",
    "a" * 501,
    "'; DROP TABLE proposals_proposal; --",
    "<b>粗体</b>\n第二行",
    "😀𠮷",
    "0",
)
SUGGESTIONS = (["建议1"], ["建议0", "建议1"], ["建议2", "新建议", "建议0"])
# Acts that end or undo a case come seldom, or no case would ever reach its end.
SELDOM = {P.WITHDRAW, P.MOVE_OFFLINE, P.REJECT, P.MERGE, P.UNDO_DECISION, P.BACK_TO_DRAFT, P.RETURN, P.REVIEW_AGAIN, A.REQUEST_RETURN,
          A.REFUSE_SIGN_OFF, A.CHECK_BACK, P.UNPUBLISH, P.CORRECT, A.LOG_CONTACT, P.ASK_WITHDRAWAL,
          P.ADMIT_LATE, P.REVOKE_ADMISSION, P.EXTEND_COSIGNING, P.WITHDRAW_SUPPORT,
          A.URGE, M.URGE, M.VOID, M.POSTPONE, M.NOT_DONE, A.NOTE, A.WRITE_SUPPLEMENT, P.NOMINATE_KEY, P.CONSULT_KEY,
          P.DECIDE_KEY, P.DECLINE_KEY, P.NAME_LEADERS, P.REVOKE_KEY, P.SUMMARISE_KEY, P.SUPERVISE, P.INSTRUCT, P.VOID_SUPERVISION, A.VOID_RATING,
          A.REASSIGN, A.CORRECT_REPLY, A.VOID_CONTACT}  # fmt: skip

WAY = (A.SEND, A.CHECK, A.SIGN_OFF, A.SUBMIT_REPLY, A.COMMENT_ON_DRAFT, A.SEND_DRAFT, A.LOG_CONTACT, A.SIGN_FOR)


class Clock:
    """The time of the walk. `now` stands in for timezone.now."""

    def __init__(self, begins: datetime):
        self._now = begins

    def now(self) -> datetime:
        return self._now

    def go_on(self, **span) -> None:
        self._now += timedelta(**span)


@dataclass
class Done:
    """What a step came to: the act, the case, and the code of the refusal if there was one."""

    act: str
    case: object = None
    by: str = ""
    code: str = ""

    def __str__(self) -> str:
        return f"{self.by} {self.act} {self.case!r} {self.code}"


@dataclass
class Walk:
    c: make.County
    random: Random
    clock: Clock
    trail: list[Done] = field(default_factory=list)

    def step(self) -> Done:
        """One thing that somebody does or tries; remembered in the trail."""
        self.clock.go_on(hours=self.random.choice((1, 1, 5, 30, 100)))
        done = None
        while done is None:
            done = self._something()
        self.trail.append(done)
        return done

    def _something(self) -> Done | None:
        """None when there was nothing to do it to."""
        many = Proposal.objects.exclude(state__in=ProposalState.FINISHED).count() >= OPEN_PROPOSALS
        doings = (self.begin, self.write, self.add_file, self.write_reply, self.let_time_pass, self.lead_on, self.act)
        doing = self.random.choices(doings, weights=(0.2 if many else 5, 3, 2, 7, 3, 20, 80))[0]
        try:
            return doing()
        except Refused as refused:
            return Done(doing.__name__, code=refused.code)

    # --- what people do besides acts of the tables ---
    def begin(self) -> Done:
        party = self.c.party if self.random.random() < 0.3 else None
        case = drafting.create(self.c.contact if party else self.anybody(members=True), party)
        return Done("begin", case)

    def write(self) -> Done | None:
        open_ones = Proposal.objects.filter(state__in=ProposalState.EDITABLE)
        case = self.one(open_ones) or self.one(Proposal.objects.all())
        if case is None:
            return None
        whole = self.random.random() < 0.85
        data = {
            "title": "关于某事的提案" if whole else self.random.choice(TEXTS)[:100],
            "situation": "情况如此。" if whole else "", "no_secrets": True, "own_work": True,
            "publish_consent": self.random.choice((True, True, False)), "publish_refusal": "不便公开",
            "business_category": self.one(Category.objects.filter(system="business")), "accepts_support": True,
        }  # fmt: skip
        suggestions = [f"建议{n}" for n in range(self.random.randint(0 if not whole else 1, 3))]
        drafting.save(case, self.player(case, Role.AUTHOR), data, suggestions=suggestions)
        return Done("write", case)

    def add_file(self) -> Done | None:
        case = self.one(Proposal.objects.filter(state__in=ProposalState.EDITABLE))
        if case is None:
            return None
        writer = self.player(case, Role.AUTHOR)
        attach([make.scan(writer, "附件.png").pk], writer, "proposals.proposal", case.pk)
        return Done("add_file", case)

    def write_reply(self) -> Done | None:
        share = self.one(self._to_write())
        if share is None:
            return None
        suggestions = share.proposal.suggestions.all()
        answers = {s.pk: (self.random.choice(("adopted", "partly", "not_adopted")), "已研究。") for s in suggestions}
        if self.random.random() < 0.1 and answers:
            answers.popitem()
        promises = [(share.unit, "年内完成", date(2027, 6, 1))] if self.random.random() < 0.7 else []
        data = {"body": "现答复如下。", "result_class": self.random.choice("AABBCD"), "disclosure": "public"}
        replies.save_draft(share, self.player(share, Role.OPERATOR), data, answers=answers, commitments=promises)
        return Done("write_reply", share)

    def _to_write(self):
        """Mostly those not sent to the proposer yet: another class has to be sent again, and nothing would ever go out."""
        rows = Assignment.objects.filter(state=AssignmentState.HANDLING)
        if self.random.random() < 0.05:
            return rows
        mine = Reply.objects.filter(assignment=OuterRef("pk"), round=OuterRef("round"))
        return rows.filter(~Exists(mine.filter(draft_sent_at__isnull=False)))

    def let_time_pass(self) -> Done:
        self.clock.go_on(days=self.random.choice((1, 3, 10, 25)))
        by_date.advance_all()
        return Done("let_time_pass")

    # --- acts of the tables ---
    def act(self) -> Done | None:
        case = self.any_case()
        if case is None:
            return None
        row = self.some_row(case)
        return None if row is None else self._carry_out(case, row)

    def lead_on(self) -> Done | None:
        """The next act on the way to a reply; left to chance alone, hardly one would ever be sent."""
        share = self.one(Assignment.objects.for_acting().answering().open())
        if share is None:
            return None
        now, process = Step(share, self.c.head, self.clock.now()), process_of(share)
        rows = [row for act in WAY for row in process.rows_of(act) if share.state in row.sources]
        row = next((row for row in rows if row.refusal(now) is None), None)
        return None if row is None else self._carry_out(share, row)

    def _carry_out(self, case, row) -> Done:
        role = self.random.choice(row.roles)
        actor = self.player(case, role) if self.random.random() < 0.93 else self.anybody()
        seen = case.version - (self.random.random() < 0.03)
        data = self.filled(row, case, actor) if row.form else None
        done = Done(str(row.act), case, str(actor))
        try:
            perform(row.act, case, actor, data, seen_version=seen)
        except Refused as refused:
            done.code = refused.code
        return done

    def any_case(self):
        """Children twice as likely: there the handling is."""
        model = self.random.choice(
            (Proposal, Assignment, Assignment, Cosignature, ChangeRequest, ExtensionRequest, Commitment)
        )
        return self.one(model.objects.for_acting())

    def some_row(self, case):
        """Mostly one that leads on from here; now and then any row at all."""
        process = process_of(case)
        rows = process.transitions if self.random.random() < 0.05 else process.from_state(case.state)
        rows = [row for row in rows if row.roles != (Role.SYSTEM,)]
        if self.random.random() < 0.8:
            now = Step(case, self.c.head, self.clock.now())
            rows = [row for row in rows if row.refusal(now) is None] or rows
        if not rows:
            return None
        return self.random.choices(rows, weights=[0.06 if row.act in SELDOM else 1 for row in rows])[0]

    def filled(self, row, case, actor) -> dict:
        form = row.form(case=case, actor=actor)
        typed = {name: self.value(each, actor) for name, each in form.fields.items()}
        if row.act == A.REQUEST_EXTENSION and case.due_on:
            typed["wanted_on"] = (case.due_on + timedelta(days=self.random.choice((-1, 5, 40)))).isoformat()
        if process_of(case).name == "extension":
            typed["granted_on"] = ""
        return {name: value for name, value in typed.items() if self.random.random() < 0.98}

    def value(self, given: forms.Field, actor: User):
        """Something a person could enter here; mostly right, at times nonsense."""
        if self.random.random() < 0.04:
            return self.random.choice(TEXTS)
        match given:
            case forms.ModelMultipleChoiceField():
                keys = list(given.queryset.values_list("pk", flat=True)[:6])
                return self.random.sample(keys, min(len(keys), self.random.randint(0, 3)))
            case forms.ModelChoiceField() if given.queryset.model is Attachment:
                return make.sealed(actor).pk
            case forms.ModelChoiceField():
                keys = list(given.queryset.values_list("pk", flat=True)[:6])
                return self.random.choice([*keys, *([] if given.required and keys else [""])])
            case forms.MultipleChoiceField() | forms.ChoiceField():
                return self.random.choice([key for key, _label in given.choices])
            case forms.DateTimeField():
                return f"{self.clock.now() + timedelta(hours=self.random.randint(-1, 90)):%Y-%m-%d %H:%M}"
            case forms.DateField():
                return (self.clock.now() + timedelta(days=self.random.choice((-3, -1, 0, 0, 0, 1)))).date().isoformat()
            case forms.NullBooleanField() | forms.BooleanField():
                return self.random.choice(("true", "false", ""))
        words = self.random.choice(SUGGESTIONS) if isinstance(given, SuggestionsField) else "经研究，意见如下。"
        return words if self.random.random() < 0.85 else self.random.choice(TEXTS)

    # --- who ---
    def player(self, case, role: str) -> User:
        """Somebody who holds the role on the case; for want of one, anybody."""
        proposal = case if isinstance(case, Proposal) else case.proposal
        match role:
            case Role.AUTHOR | Role.CONTACT:
                return self.c.contact if proposal.organization_id else proposal.first_proposer.user
            case Role.COSIGNER:
                signed = self.one(proposal.cosignatures.filter(state=CosignatureState.AGREED))
                return signed.person.user if signed else self.anybody()
            case Role.SECONDER:
                joined = self.one(proposal.cosignatures.filter(state=CosignatureState.AGREED, is_support=True))
                return joined.person.user if joined else self.anybody()
            case Role.SUPPORTER:
                return self.anybody(members=True)
            case Role.CONVENER:
                return make.convener_of(self.c)
            case Role.LEADING:
                entry = self.one(proposal.key_entries.filter(leader__isnull=False))
                return entry.leader.user if entry else self.anybody()
            case Role.INVITEE:
                return case.person.user if isinstance(case, Cosignature) else self.anybody()
            case Role.OPERATOR | Role.UNIT_LEADER:
                return self.of_unit(case, role)
        staff = {Role.REVIEWER: self.c.reviewer, Role.STAFF: self.c.staff, Role.HEAD: self.c.head}
        return {**staff, Role.DISPATCH: self.c.dispatch}.get(role) or self.anybody()

    def of_unit(self, case, role: str) -> User:
        holders = User.objects.filter(person__appointments__post=role)
        case = telling.share_of(case) or case
        if isinstance(case, Assignment):
            holders = holders.filter(person__appointments__organization=case.unit_id)
        if isinstance(case, Commitment):
            holders = holders.filter(person__appointments__organization=case.reply.assignment.unit_id)
        return self.one(holders) or self.anybody()

    def anybody(self, members: bool = False) -> User:
        users = User.objects.filter(person__isnull=False)
        return self.one(users.filter(person__seats__isnull=False) if members else users)

    def one(self, rows):
        found = list(rows.order_by("pk"))
        return self.random.choice(found) if found else None


def begin(seed: int, monkeypatch) -> Walk:
    """A county in the weeks before its plenary, with a case at each of the stages where much can happen."""
    clock = Clock(datetime(2026, 3, 2, 9, tzinfo=people.SHANGHAI))
    monkeypatch.setattr(timezone, "now", clock.now)
    c = make.county()
    people.appoint(people.user("侯志远"), c.third_unit, "unit_leader")
    make.convener_of(c)
    people.holder(people.organization("leadership", "县政府"), "leader", "林志远")
    people.member("沈国华", seat_kind="vice_chair")
    Session.objects.update(allows_support=True)
    make.cosigning(c)
    make.reviewed(c)
    make.signed(c)
    make.signed(c, division="lead")
    make.signed(c, division="separate")
    awards.open_selection(c.session)
    return Walk(c, Random(seed), clock)


def belongings() -> dict[int, tuple]:
    """For each proposal, who has agreed to co-sign and which files it and its shares have."""
    files: dict[tuple, set] = {}
    for subject, pk, key in Attachment.objects.exclude(subject="").values_list("subject", "subject_id", "pk"):
        files.setdefault((subject, pk), set()).add(key)
    found = {}
    for proposal in Proposal.objects.prefetch_related("cosignatures", "assignments"):
        agreed = {s.person_id for s in proposal.cosignatures.all() if s.state == CosignatureState.AGREED}
        papers = set(files.get(("proposals.proposal", proposal.pk), set()))
        for share in proposal.assignments.all():
            papers |= files.get(("proposals.assignment", share.pk), set())
        found[proposal.pk] = (frozenset(agreed), frozenset(papers))
    return found

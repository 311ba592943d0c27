"""Writes a plan that has no errors: new people and bodies, then the cases through the engine."""

from datetime import date, datetime, time

from django.utils import timezone

from deadlines import book as books
from members.models import Member, Person
from proposals.acts import AssignmentAct, CosignatureAct, ProposalAct
from proposals.clocks import rating_due, start_clocks
from proposals.kinds import AssignmentKind, Kind, Origin
from proposals.models import (
    Assignment,
    Cosignature,
    Proposal,
    Rating,
    Reply,
    Suggestion,
)
from proposals.numbering import as_receipt, case_series, next_block, receipt_series, reserve
from proposals.states import AssignmentState, CosignatureState, ProposalState
from workflow.recording import Record, record_many, record_parts

from . import states
from .entries import Entry
from .keys import remembered
from .plan import Plan

BATCH = 1000
NOON = time(12)


def write(plan: Plan, user) -> None:
    """Everything in the caller's transaction; the caller has made sure that there are no errors."""
    if not plan.entries:
        return
    _save_session(plan)
    for register in (plan.sectors, plan.units, plan.collectives, plan.categories):
        register.save_new()
    _save_people(plan)
    cases = _Cases(plan)
    cases.record(str(user or ""))
    cases.record_parts()
    _reserve_numbers(plan)


def _save_session(plan: Plan) -> None:
    session = plan.setting.session
    if session.pk is None:
        if session.term.pk is None:
            session.term.save()
        session.save()


def _save_people(plan: Plan) -> None:
    """Former members of this session only: no account, a seat from the ledger, outside 应到."""
    session, added = plan.setting.session, list(plan.roll.new)
    people = [newcomer.person for newcomer in added]
    for person in people:
        person.set_keys()
    Person.objects.bulk_create(people, batch_size=BATCH)
    Member.objects.bulk_create(
        (
            Member(
                person=newcomer.person, term=session.term, number=newcomer.number, sector=newcomer.sector,
                starts=session.opens, ends=session.closes, from_ledger=True,
            )
            for newcomer in added
        ),
        batch_size=BATCH,
    )  # fmt: skip


def _reserve_numbers(plan: Plan) -> None:
    serials = [entry.number.serial for entry in plan.entries if entry.number and entry.number.serial]
    if serials:
        reserve(case_series(plan.setting.session), max(serials))


def moment(day: date | None) -> datetime | None:
    """A ledger knows days only: noon, so that no time zone moves it to another day."""
    return day and timezone.make_aware(datetime.combine(day, NOON))


class _Cases:
    """The cases of the plan's entries with their children."""

    def __init__(self, plan: Plan):
        self.plan, self.session = plan, plan.setting.session
        self.book = books.load()
        self.cases: dict[int, Proposal] = {}
        self.now = timezone.now()

    def record(self, on_behalf_of: str) -> None:
        """The mains before those merged into them."""
        entries = self.plan.entries
        numbers = next_block(receipt_series(self.session), len(entries))
        receipts = {id(e): as_receipt(self.session, n) for e, n in zip(entries, numbers, strict=True)}
        for merged in (False, True):
            batch = [entry for entry in entries if (entry.main is not None) == merged]
            records = [self._record(entry, receipts[id(entry)]) for entry in batch]
            record_many(ProposalAct.RECORD_FROM_LEDGER, records, origin=Origin.LEDGER, on_behalf_of=on_behalf_of)

    def _record(self, entry: Entry, receipt: str) -> Record:
        case = self._case(entry, receipt)
        self.cases[id(entry)] = case
        facts = {
            "file": self.plan.report.file, "sheet": entry.reader.sheet, "line": entry.reader.number,
            "row": remembered(entry.values()),
            "shown": [["来源", f"台账《{self.plan.report.file}》第 {entry.reader.number} 行"]],
        }  # fmt: skip
        return Record(case, {"state": states.proposal_state(entry)}, facts, self._happened_at(entry))

    def _happened_at(self, entry: Entry) -> datetime:
        """The latest day the row knows of."""
        days = [day for day in (entry.replied, entry.assigned, entry.submitted) if day]
        return min(moment(max(days, default=self.session.closes)), self.now)

    def _case(self, entry: Entry, receipt: str) -> Proposal:
        people = entry.resolved.get("people") or [None]
        number = entry.number
        main = self.cases[id(entry.main)] if isinstance(entry.main, Entry) else entry.main
        handled = entry.is_handled
        return Proposal(
            session=self.session, kind=entry.kind, timing=self.plan.setting.timing(entry.submitted),
            title=entry.title, situation=entry.body,
            first_proposer=people[0] if entry.kind != Kind.COLLECTIVE else None,
            organization=entry.resolved.get("organization"),
            business_category=entry.resolved.get("category"),
            submitted_at=moment(entry.submitted), receipt_number=receipt,
            serial=number and number.serial, ledger_number=number.text if number else "",
            disposition=entry.disposition if entry.outcome == ProposalState.NOT_FILED else "",
            disposition_unit=entry.resolved.get("disposition_unit"), merged_into=main,
            assigned_at=moment(entry.assigned) if handled else None,
            replied_at=moment(entry.replied) if handled else None,
            origin=Origin.LEDGER, ledger_key=entry.key, missing_facts=states.missing_facts(entry),
        )  # fmt: skip

    def record_parts(self) -> None:
        entries = self.plan.entries
        record_parts(CosignatureAct.RECORD_FROM_LEDGER, [r for e in entries for r in self._cosignatures(e)])
        Suggestion.objects.bulk_create(
            (
                Suggestion(proposal=self.cases[id(entry)], position=position, text=text)
                for entry in entries
                for position, text in enumerate(entry.suggestions, start=1)
            ),
            batch_size=BATCH,
        )
        handled = [entry for entry in entries if entry.resolved.get("units")]
        shares = {id(entry): self._shares(entry) for entry in handled}
        leads = [record for records in shares.values() for record in records]
        record_parts(AssignmentAct.RECORD_FROM_LEDGER, leads)
        record_parts(
            AssignmentAct.RECORD_FROM_LEDGER,
            [r for entry in handled for r in self._assistants(entry, shares[id(entry)][0].case)],
        )
        self._save_replies([(entry, r.case) for entry in handled for r in shares[id(entry)]])

    def _cosignatures(self, entry: Entry):
        case = self.cases[id(entry)]
        at = case.submitted_at or moment(self.session.opens)
        for position, person in enumerate(entry.resolved.get("people", [])[1:], start=1):
            signature = Cosignature(proposal=case, person=person, position=position, invited_at=at, answered_at=at)
            yield Record(signature, {"state": CosignatureState.AGREED})

    def _shares(self, entry: Entry) -> list[Record]:
        units = entry.resolved["units"]
        if len(units) > 1:
            kind = AssignmentKind.SEPARATE
        else:
            kind = AssignmentKind.LEAD if entry.resolved["assistants"] else AssignmentKind.SOLE
        state = {"state": states.share_state(entry)}
        return [Record(self._share(entry, unit, kind, n), state) for n, unit in enumerate(units)]

    def _assistants(self, entry: Entry, lead: Assignment):
        state = {"state": states.share_state(entry, is_assist=True)}
        for position, unit in enumerate(entry.resolved["assistants"], start=1):
            yield Record(self._share(entry, unit, AssignmentKind.ASSIST, position, lead), state)

    def _share(self, entry: Entry, unit, kind: str, position: int, lead=None) -> Assignment:
        """Without 交办日期 the share has no due date, and its time of assignment is only a stand-in."""
        case = self.cases[id(entry)]
        stand_in = moment(entry.replied or entry.submitted or self.session.closes)
        at = case.assigned_at or stand_in
        share = Assignment(
            proposal=case, unit=unit, kind=kind, position=position, lead=lead, assigned_at=at, first_assigned_at=at
        )
        if case.assigned_at:
            self._start_clocks(share, case)
        if entry.is_replied and lead is None:
            share.replied_at = case.replied_at
            share.rating_due_on = self._rating_due(entry, case)
        return share

    def _start_clocks(self, share: Assignment, case: Proposal) -> None:
        try:
            start_clocks(share, case.assigned_at, case.timing, book=self.book)
        except books.NoRule:
            share.due_on = None

    def _rating_due(self, entry: Entry, case: Proposal) -> date | None:
        """Only a rating that is still awaited has a date: an old ledger is not closed by the clock."""
        if entry.replied is None or entry.attitude or entry.rating:
            return None
        try:
            due = rating_due(case.replied_at, case.timing)
        except books.NoRule:
            return None
        return due if due >= timezone.localdate() else None

    def _save_replies(self, shares: list[tuple[Entry, Assignment]]) -> None:
        answered = [(entry, share) for entry, share in shares if share.state == AssignmentState.REPLIED]
        replies = [
            Reply(assignment=share, result_class=entry.result, sent_at=share.replied_at, due_on=share.due_on)
            for entry, share in answered
        ]
        Reply.objects.bulk_create(replies, batch_size=BATCH)
        Rating.objects.bulk_create(
            (
                self._rating(entry, reply)
                for (entry, _share), reply in zip(answered, replies, strict=True)
                if entry.attitude or entry.rating
            ),
            batch_size=BATCH,
        )

    def _rating(self, entry: Entry, reply: Reply) -> Rating:
        case = self.cases[id(entry)]
        at = reply.sent_at or self._happened_at(entry)
        return Rating(
            reply=reply, person=case.first_proposer, deciding=True, attitude=entry.attitude,
            result=entry.rating, at=at,
        )  # fmt: skip

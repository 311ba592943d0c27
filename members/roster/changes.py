"""What a row would change: worked out on the objects in memory, saved by `recording`."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from members.models import Appointment, EndReason, Member, Person, Post, Term
from workflow.changes.values import MASKED, NOTHING, masked

from .columns import TITLES
from .entries import PERSON_FIELDS, Entry
from .plan import Plan


@dataclass
class Change:
    """new_person, new_seat: to be inserted. fields: names of changed fields, by model, to be updated.

    words: what of somebody known changes, as "工作单位：县一中 → 县教育局"."""

    entry: Entry
    person: Person
    new_person: bool = False
    seat: Member | None = None
    new_seat: bool = False
    ended_seat: Member | None = None
    spare_seats: list[Member] = field(default_factory=list)
    appointment: Appointment | None = None
    person_fields: list[str] = field(default_factory=list)
    seat_fields: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def set(self, name: str, value, title: str) -> None:
        """Change one field of the person or the seat, and say so where it is somebody known."""
        is_personal = name in PERSON_FIELDS
        target = self.person if is_personal else self.seat
        before = getattr(target, name)
        if before == value:
            return
        setattr(target, name, value)
        (self.person_fields if is_personal else self.seat_fields).append(name)
        if not self.new_person:
            self.words.append(f"{title}：{_shown(target, name, before)} → {_shown(target, name, value)}")

    @property
    def is_new(self) -> bool:
        return self.new_person or self.new_seat

    @property
    def is_nothing(self) -> bool:
        return not (self.is_new or self.words)


def work_out(plan: Plan) -> list[Change]:
    """One change for each row, also where nothing changes. Call it only when the plan has no errors."""
    posts = _posts_held(plan)
    return [_change(entry, plan, posts) for entry in plan.entries]


def _change(entry: Entry, plan: Plan, posts: dict) -> Change:
    term = plan.terms[entry.term]
    person = entry.person or Person(name=entry.name)
    change = Change(entry, person, new_person=entry.person is None)
    for name, value in entry.facts.items():
        change.set(name, value, TITLES[name])
    seats = plan.people.seats_of(person, entry.term) if person.pk else []
    _seat(change, seats, term)
    _post(change, posts, term)
    return change


def _seat(change: Change, seats: list[Member], term: Term) -> None:
    """In office: corrected. Moved from a later day on: the old seat ends and a new one begins."""
    entry, real = change.entry, [seat for seat in seats if not seat.from_ledger]
    if not real:
        _first_seat(change, seats, term)
        return
    seat = real[-1]
    if seat.ends is not None and not (entry.since and entry.since > seat.ends):
        change.seat = seat
        entry.reader.note("name", f"{entry.name}的席位已于 {seat.ends:%Y-%m-%d} 结束，席位没有改动")
        return
    moved = entry.since and entry.since > seat.starts and _other_place(entry, seat)
    if moved or seat.ends is not None:
        _next_seat(change, seat, entry.since, term)
    else:
        change.seat = seat
        _correct(change)


def _first_seat(change: Change, ledger_seats: list[Member], term: Term) -> None:
    """Someone known only from a ledger takes over that seat: it becomes a real one."""
    starts = change.entry.since or term.starts
    if ledger_seats:
        change.seat, change.spare_seats = ledger_seats[0], ledger_seats[1:]
        change.seat.starts, change.seat.ends, change.seat.from_ledger = starts, None, False
        change.seat_fields += ["starts", "ends", "from_ledger"]
        change.words.append("由台账补记的委员转为在册委员")
    else:
        change.seat, change.new_seat = Member(person=change.person, term=term, starts=starts), True
    _fill(change, change.seat)


def _next_seat(change: Change, old: Member, starts: date, term: Term) -> None:
    if old.ends is None:
        old.ends, old.end_reason = starts - timedelta(days=1), EndReason.MOVED
        change.ended_seat = old
    change.seat = Member(
        person=change.person, term=term, starts=starts, number=old.number, sector=old.sector, group=old.group,
        seat_kind=old.seat_kind,
    )  # fmt: skip
    change.new_seat = True
    _fill(change, change.seat)


def _wanted(entry: Entry) -> dict:
    wanted = {
        "number": entry.number, "sector": entry.bodies.get("sector"), "group": entry.bodies.get("group"),
        "seat_kind": entry.seat_kind,
    }  # fmt: skip
    return {name: value for name, value in wanted.items() if value}


def _fill(change: Change, seat: Member) -> None:
    for name, value in _wanted(change.entry).items():
        setattr(seat, name, value)
        if not change.new_seat:
            change.seat_fields.append(name)


def _correct(change: Change) -> None:
    for name, value in _wanted(change.entry).items():
        change.set(name, value, "席位" if name == "seat_kind" else TITLES[name])
    if change.entry.since:
        change.set("starts", change.entry.since, "任职日期")


def _other_place(entry: Entry, seat: Member) -> bool:
    wanted = _wanted(entry)
    return any(name in wanted and wanted[name] != getattr(seat, name) for name in ("sector", "group"))


def _posts_held(plan: Plan) -> dict[tuple[int, int], Appointment]:
    """(person, committee) → the membership in force."""
    people = [entry.person.pk for entry in plan.entries if entry.person]
    held = Appointment.objects.filter(person__in=people, post=Post.MEMBER, ends__isnull=True)
    return {(row.person_id, row.organization_id): row for row in held}


def _post(change: Change, posts: dict, term: Term) -> None:
    """A member of a committee, whatever the title: rights are given in the admin, never by a roster."""
    entry, committee = change.entry, change.entry.bodies.get("committee")
    if committee is None:
        return
    held = posts.get((change.person.pk, committee.pk)) if change.person.pk and committee.pk else None
    if held is None:
        starts = max(entry.since or term.starts, committee.starts)
        change.appointment = Appointment(
            person=change.person, organization=committee, post=Post.MEMBER, title=entry.committee_title, starts=starts
        )
        change.words.append(f"专委会：加入{committee.name}")
    elif entry.committee_title and held.title != entry.committee_title:
        change.words.append(f"专委会职务：{held.title or NOTHING} → {entry.committee_title}")
        held.title, change.appointment = entry.committee_title, held


def _shown(target, name: str, value) -> str:
    """The word people know for a choice, otherwise the value itself; of contact data only head and tail."""
    if value in (None, ""):
        return NOTHING
    if name in MASKED:
        return masked(str(value))
    labels = dict(target._meta.get_field(name).flatchoices)
    return str(labels[value] if isinstance(value, str) and value in labels else value)

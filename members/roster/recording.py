"""Writes a plan that has no errors."""

from members.models import Appointment, Member, Person

from .changes import Change
from .plan import Plan

BATCH = 500


def write(plan: Plan, changes: list[Change]) -> None:
    """In the caller's transaction: terms and bodies, people, seats, committee memberships."""
    for term in plan.new_terms:
        term.save()
    for register in plan.registers.values():
        register.save_new()
    _save_people(changes)
    _save_seats(changes)
    _save_posts(changes)


def _save_people(changes: list[Change]) -> None:
    new = [change.person for change in changes if change.new_person]
    for person in new:
        person.set_keys()
    Person.objects.bulk_create(new, batch_size=BATCH)
    for change in changes:
        if change.person_fields and not change.new_person:
            change.person.save(update_fields=change.person_fields)


def _save_seats(changes: list[Change]) -> None:
    """Old seats end before new ones begin: one person has one open seat in a term."""
    for change in changes:
        if change.ended_seat is not None:
            change.ended_seat.save(update_fields=["ends", "end_reason"])
        for seat in change.spare_seats:
            seat.delete()
    for change in changes:
        if change.seat_fields and not change.new_seat:
            change.seat.save(update_fields=sorted(set(change.seat_fields)))
    Member.objects.bulk_create([change.seat for change in changes if change.new_seat], batch_size=BATCH)


def _save_posts(changes: list[Change]) -> None:
    rows = [change.appointment for change in changes if change.appointment is not None]
    Appointment.objects.bulk_create([row for row in rows if row.pk is None], batch_size=BATCH)
    for row in rows:
        if row.pk is not None and row.title:
            row.save(update_fields=["title"])

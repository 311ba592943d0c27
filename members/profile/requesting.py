"""Asking for a correction."""

from django.db import transaction
from django.utils import timezone

from members.models import Outcome, Person, ProfileChange

from .fields import CORRECTABLE


@transaction.atomic
def request(person: Person, wanted: dict[str, str]) -> list[ProfileChange]:
    """One waiting change for each item that shall differ; the new ones are returned.

    A later request for the same item takes the place of the waiting one; asking for what is already there
    takes the waiting one back.
    """
    now = Person.objects.select_for_update().get(pk=person.pk)
    waiting = {change.field: change for change in now.profile_changes.waiting().select_for_update()}
    return [made for field in CORRECTABLE if field in wanted and (made := _ask(now, field, wanted[field], waiting))]


def _ask(person: Person, field: str, new: str, waiting: dict[str, ProfileChange]) -> ProfileChange | None:
    old, before = getattr(person, field), waiting.get(field)
    if before and before.new == new and before.old == old:
        return None
    if before:
        _end(before, Outcome.WITHDRAWN if new == old else Outcome.REPLACED)
    return ProfileChange.objects.create(person=person, field=field, old=old, new=new) if new != old else None


def _end(change: ProfileChange, outcome: Outcome) -> None:
    change.outcome, change.decided_at = outcome, timezone.now()
    change.save(update_fields=["outcome", "decided_at"])

"""退办 that no dispatch office can decide as the unit wishes: it belongs to the units of another office."""

from django.db.models import Exists, Q

from members.models import Organization
from members.models.organization import OrganizationKind
from members.periods import today
from members.posts import DISPATCHED


def goes_elsewhere() -> Q:
    """Shares whose suggested unit no dispatch office in force covers together with the unit that has it.

    Then the head of 提案委 decides. An office without a system covers all.
    """
    offices = Organization.objects.filter(kind=OrganizationKind.DISPATCH).on(today())
    covered = Q(Exists(offices.exclude(system__in=DISPATCHED)))
    for office, systems in DISPATCHED.items():
        both = Q(unit__system__in=systems, return_suggestion__system__in=systems)
        covered |= both & Exists(offices.filter(system=office))
    return Q(return_suggestion__isnull=False) & ~covered

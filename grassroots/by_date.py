"""What happens by date alone, found set-based; safe to run twice."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from members.periods import today
from workflow.actors import SYSTEM
from workflow.engine import perform
from workflow.errors import Refused

from .acts import Act
from .models import Matter
from .states import State


def close_unrated() -> int:
    """Matters whose rating nobody gave in time; 逾期未评 is never 满意."""
    closed = 0
    for matter in Matter.objects.filter(state=State.ANSWERED, due_on__lt=today()).order_by("pk"):
        try:
            perform(Act.CLOSE_UNRATED, matter, SYSTEM)
        except Refused:
            continue
        closed += 1
    return closed


def forget_contacts() -> int:
    """Names and numbers of citizens whose matter ended long enough ago; returns how many matters lost theirs."""
    before = today() - timedelta(days=settings.CITIZEN_CONTACT_DAYS)
    kept = ~Q(contact_name="") | ~Q(contact_phone="")
    rows = Matter.objects.filter(kept, state__in=State.FINISHED, closed_on__lte=before)
    return rows.update(contact_name="", contact_phone="", contact_deleted_at=timezone.now())

"""Our own limit on how often a provider is asked, below the provider's; one row a provider, for all workers.

The row holds until when the quota is used up. Half of a minute's quota may go at once and the other half comes back
evenly, so no span of a minute, wherever it begins, sees more than the quota. Granting is one UPDATE by the
database's clock: two workers cannot take the same place.
"""

from datetime import timedelta

from django.db.models import F, Q
from django.db.models.functions import Greatest, Now
from django.utils import timezone

from notices.models import Pace

MINUTE = timedelta(minutes=1)
REST = MINUTE
NOTHING = timedelta(0)


def take(provider: str, per_minute: int) -> timedelta:
    """Zero when the provider may be asked now; otherwise how long to wait."""
    if _take(provider, per_minute):
        return NOTHING
    row, made = Pace.objects.get_or_create(provider=provider)
    if made and _take(provider, per_minute):
        return NOTHING
    begins = row.full_until - _ahead(per_minute)
    if row.rests_until:
        begins = max(begins, row.rests_until)
    return max(begins - timezone.now(), timedelta(seconds=1))


def rest(provider: str) -> None:
    """It did not work: nobody asks it for a minute."""
    Pace.objects.filter(pk=provider).update(rests_until=Now() + REST)


def _take(provider: str, per_minute: int) -> bool:
    awake = Q(rests_until=None) | Q(rests_until__lte=Now())
    free = Pace.objects.filter(awake, pk=provider, full_until__lte=Now() + _ahead(per_minute))
    return bool(free.update(full_until=Greatest(F("full_until"), Now()) + _interval(per_minute)))


def _burst(per_minute: int) -> int:
    return max(per_minute // 2, 1)


def _interval(per_minute: int) -> timedelta:
    return MINUTE / max(per_minute - _burst(per_minute), 1)


def _ahead(per_minute: int) -> timedelta:
    return _interval(per_minute) * (_burst(per_minute) - 1)

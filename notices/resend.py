"""Second lives for what was given up. Only dead rows are touched, so pressing twice sends once."""

from django.db.models.functions import Now

from .models import Delivery


def resend_outbox(rows) -> int:
    """`rows`: a queryset of Outbox; returns how many will be tried again."""
    dead = rows.filter(pk__in=rows.model.objects.dead().values("pk"))
    return dead.update(attempts=0, next_try_at=Now(), lease_until=None)


def resend_deliveries(rows) -> int:
    dead = rows.filter(state=Delivery.State.DEAD)
    return dead.update(state=Delivery.State.PENDING, attempts=0, next_try_at=Now())

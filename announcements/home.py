"""What of the announcements stands on the home page."""

from members.periods import today

from .kinds import PRIORITY_TONES
from .models import Recipient

SHOWN = 3


def newest_of(user) -> list[Recipient]:
    """The newest that are important and unread, or not signed for; one query. `tone`: of its badge."""
    rows = Recipient.objects.of(user).live(today()).to_notice().select_related("announcement__issuer")
    found = list(rows.order_by("-announcement__published_at", "-pk")[:SHOWN])
    for row in found:
        row.tone = PRIORITY_TONES[row.announcement.priority]
    return found

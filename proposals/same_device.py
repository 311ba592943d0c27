"""同一设备: a rating given in a browser that a unit's account used the same day is flagged to the audit.

Neither the rater nor the unit is told. An address alone flags nothing: a whole office shares one (docs/decisions).
"""

from datetime import date, timedelta

from django.db import transaction

from members import browsers
from members.models import Post
from members.periods import today
from members.posts import posts_of

from .models import Rating, UnitBrowser

KEPT_DAYS = 30


def seen(day: date, rater) -> dict[str, str]:
    """What is stored with a rating given now: the browser's mark, and the unit accounts of others that used it this day."""
    mark = browsers.current()
    if not mark:
        return {}
    accounts = UnitBrowser.objects.filter(mark=mark, on=day).exclude(user=rater)
    accounts = accounts.order_by("seen_at").values_list("user__username", flat=True)
    return {"device": mark, "device_note": "、".join(accounts)[:200]}


def note_use(user, mark: str) -> None:
    """Remember that a unit's account is used in this browser today; ratings given in it before are flagged too."""
    if not posts_of(user).organizations(Post.OPERATOR, Post.UNIT_LEADER, kind="unit"):
        return
    day = today()
    with transaction.atomic():
        _made, is_new = UnitBrowser.objects.get_or_create(mark=mark, user=user, on=day)
        if is_new:
            rated = Rating.every.filter(device=mark, at__date=day, device_note="").exclude(entered_by=user)
            rated.update(device_note=user.get_username()[:200])
            UnitBrowser.objects.filter(on__lt=day - timedelta(days=KEPT_DAYS)).delete()

"""Writing the text of an announcement: a draft is stored as it is, complete or not."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from members.models import Organization
from workflow.engine import open_case
from workflow.errors import NotAllowed, NotFound, Refused, TooLate
from workflow.querysets import roles_on

from .acts import Act
from .models import Announcement
from .roles import Role
from .states import State

TEXT = ("issuer", "title", "body", "priority", "receipt_required", "expires_on", "for_everybody", "people")
STALE = "stale_page"


def create(user, issuer: Organization) -> Announcement:
    """A new, empty draft in the name of the body, which the caller has found to be one of the user's."""
    one = Announcement(issuer=issuer, author=user, state=State.DRAFT)
    open_case(Act.BEGIN, "起草", one, user)
    return one


def just_begun(user, data: dict) -> Announcement | None:
    """The draft that the same text made a moment ago: a double click begins one, not two."""
    recent = timezone.now() - timedelta(minutes=1)
    same = Announcement.objects.filter(
        author=user, state=State.DRAFT, title=data["title"], body=data["body"], saved_at__gte=recent
    )
    return same.exclude(title="", body="").order_by("-pk").first()


@transaction.atomic
def save(announcement: Announcement, user, data: dict, seen: int | None = None) -> Announcement:
    """Store what the form gave and return the draft. `seen`: the version the page showed.

    Raises NotFound, NotAllowed, or Refused: published meanwhile, or a newer text.
    """
    one = _locked(announcement.pk, user)
    if seen is not None and seen != one.version:
        raise TooLate("这份草稿刚刚被同事改过。", "您写的内容还在下面，请对照后再保存。", code=STALE)
    for name in TEXT:
        if name in data:
            setattr(one, name, data[name])
    one.saved_at = one.changed_at = timezone.now()
    one.version += 1
    one.save(update_fields=[*TEXT, "saved_at", "changed_at", "version"])
    for name in ("organizations", "persons"):
        if name in data:
            getattr(one, name).set(data[name])
    return one


def _locked(pk: int, user) -> Announcement:
    Announcement._base_manager.filter(pk=pk).select_for_update().values("pk").first()
    one = Announcement.objects.for_acting().filter(pk=pk).read_by(user)
    if one is None:
        raise NotFound
    check_writable(one)
    return one


def check_writable(one: Announcement) -> None:
    """Raises Refused unless the reader for whom the row was read may write its text now."""
    if Role.WRITER not in roles_on(one):
        raise NotAllowed("只有发布单位的负责人和工作人员可以修改。", "如有错漏，请告诉发布单位。")
    if one.state != State.DRAFT:
        raise Refused(
            f"这份通知公告{one.get_state_display()}，文字不能再改。", "确有错漏的，请撤回后另发一份。", code="not_draft"
        )

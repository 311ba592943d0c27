"""Writing the text of an announcement: a draft is stored as it is, complete or not."""

from django.db import transaction

from members.models import Organization
from workflow import drafts
from workflow.engine import open_case
from workflow.errors import NotAllowed, Refused
from workflow.querysets import roles_on

from .acts import Act
from .models import Announcement
from .roles import Role
from .states import State

TEXT = ("issuer", "title", "body", "priority", "receipt_required", "expires_on", "for_everybody", "people")


def create(user, issuer: Organization) -> Announcement:
    """A new, empty draft in the name of the body, which the caller has found to be one of the user's."""
    one = Announcement(issuer=issuer, author=user, state=State.DRAFT)
    open_case(Act.BEGIN, "起草", one, user)
    return one


def just_begun(user, data: dict) -> Announcement | None:
    rows = Announcement.objects.filter(author=user, state=State.DRAFT)
    return drafts.just_begun(rows, title=data["title"], body=data["body"])


@transaction.atomic
def save(announcement: Announcement, user, data: dict, seen: int | None = None) -> Announcement:
    """Store what the form gave and return the draft. `seen`: the version the page showed.

    Raises NotFound, NotAllowed, or Refused: published meanwhile, or a newer text.
    """
    one = drafts.locked(Announcement, announcement.pk, user, check_writable)
    drafts.check_seen(one, seen, "这份草稿刚刚被同事改过。")
    drafts.store(one, TEXT, data)
    for name in ("organizations", "persons"):
        if name in data:
            getattr(one, name).set(data[name])
    return one


def check_writable(one: Announcement) -> None:
    """Raises Refused unless the reader for whom the row was read may write its text now."""
    if Role.WRITER not in roles_on(one):
        raise NotAllowed("只有发布单位的负责人和工作人员可以修改。", "如有错漏，请告诉发布单位。")
    if one.state != State.DRAFT:
        raise Refused(
            f"这份通知公告{one.get_state_display()}，文字不能再改。", "确有错漏的，请撤回后另发一份。", code="not_draft"
        )

"""Taking a matter in, and finding it again by number and code."""

import hashlib
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from deadlines import rules
from members.personal_numbers import bare_phone, hide_numbers
from members.query_codes import NOBODYS, code_hash, is_right, new_code
from workflow.actors import SYSTEM
from workflow.engine import open_case
from workflow.errors import Refused

from . import clocks
from .acts import Act
from .kinds import Came, Source
from .models import Matter, Series, Stay, Venue
from .states import State

TEXTS = ("title", "text", "place")


@dataclass(frozen=True)
class Taken:
    """A matter with the code that is told once, "" for who has an account; `hidden`: numbers were taken out."""

    matter: Matter
    code: str
    hidden: bool


@transaction.atomic
def take(venue: Venue, data: dict, form_key: str, user=None, source: str = Source.CITIZEN) -> Taken:
    """Save a matter. Whoever brings their own with an account follows it by that; a citizen's has a code.

    Raises Refused when the room takes nothing now, or when this form was sent before.
    """
    if not Venue.objects.open().with_host().filter(pk=venue.pk).exists():
        raise Refused("这个议事室现在不接收议题。", "请另选一个议事室，或拨打 12345 热线。", code="venue_closed")
    given = {name: data.get(name, "") for name in TEXTS}
    texts, now = {name: hide_numbers(text) for name, text in given.items()}, timezone.now()
    receipt, code = next_receipt(timezone.localdate(now).year), new_code() if source == Source.CITIZEN else ""
    matter = Matter(
        venue=venue, state=State.WAITING, receipt=receipt, code_hash=code_hash(receipt, code) if code else "",
        form_key=hashlib.sha256(form_key.encode()).hexdigest(), source=source, received_at=now,
        brought_by=None if code else user, entered_by=user if code else None,
        contact_name=data.get("contact_name", ""), contact_phone=bare_phone(data.get("contact_phone", "")),
        step=clocks.SELECT, step_from=timezone.localdate(now), due_on=rules.due(clocks.SELECT, now).on,
        **{name: text[: Matter._meta.get_field(name).max_length] for name, text in texts.items()},
    )  # fmt: skip
    _open(matter, user)
    return Taken(matter, code, texts != given)


def _open(matter: Matter, user) -> None:
    behalf = "提出议题的群众" if matter.code_hash else ""
    try:
        with transaction.atomic():
            open_case(Act.BRING, "提交议题", matter, user or SYSTEM, on_behalf_of=behalf)
    except IntegrityError:
        raise Refused("这件议题已经提交过了。", "不用再提交；请凭得到的编号查询。", code="sent_before") from None
    Stay.objects.create(matter=matter, venue=matter.venue, how=Came.BROUGHT, since=matter.received_at)


def next_receipt(year: int) -> str:
    """YS2026-0001. Holds the year's row until the transaction ends, so that a refusal gives the number back."""
    Series.objects.get_or_create(year=year)
    Series.objects.filter(year=year).update(last=F("last") + 1)
    return f"YS{year}-{Series.objects.get(year=year).last:04d}"


def find(receipt: str, code: str) -> Matter | None:
    """The matter whose number and code these are. A wrong number takes as long as a wrong code."""
    receipt = receipt.strip().upper()
    matter = Matter.objects.for_list().filter(receipt=receipt).exclude(code_hash="").first()
    return matter if is_right(matter.code_hash if matter else NOBODYS, receipt, code) else None

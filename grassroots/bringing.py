"""Taking a matter in, and finding it again by number and code."""

import hashlib
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from members.personal_numbers import bare_phone, hide_numbers
from members.query_codes import NOBODYS, code_hash, code_of_form, is_right
from workflow.actors import SYSTEM
from workflow.engine import open_case
from workflow.errors import Refused

from . import clocks
from .acts import Act
from .kinds import Came, Source
from .models import Matter, Series, Stay, Venue
from .states import State

TEXTS = ("title", "text", "place")
IS_USED, SENT_BEFORE = "sent_before", "这件议题已经提交过了。"


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
    given, texts, now = _given(data), _kept(data), timezone.now()
    is_citizens, day = source == Source.CITIZEN, timezone.localdate(now)
    receipt, code = next_receipt(day.year), code_of_form(form_key) if is_citizens else ""
    matter = Matter(
        venue=venue, state=State.WAITING, receipt=receipt, code_hash=code_hash(receipt, code) if code else "",
        form_key=_mark(form_key), source=source, received_at=now,
        brought_by=None if code else user, entered_by=user if code else None,
        contact_name=data.get("contact_name", "") if is_citizens else "",
        contact_phone=bare_phone(data.get("contact_phone", "")) if is_citizens else "",
        step=clocks.SELECT, step_from=day, due_on=clocks.due_of(clocks.SELECT, day), **texts,
    )  # fmt: skip
    _open(matter, user)
    return Taken(matter, code, texts != given)


def taken_before(data: dict, form_key: str, user=None) -> Taken | None:
    """What came in with this very form and these very words, told again: after a double click it is the second answer
    that people see. None when the form was sent with other words."""
    rows, texts = Matter.objects.for_list().filter(form_key=_mark(form_key)), _kept(data)
    matter = rows.filter(
        Q(brought_by=user) | Q(entered_by=user) if user else Q(brought_by=None, entered_by=None)
    ).first()
    if matter is None or any(getattr(matter, name) != text for name, text in texts.items()):
        return None
    return Taken(matter, code_of_form(form_key) if matter.code_hash else "", texts != _given(data))


def _mark(form_key: str) -> str:
    return hashlib.sha256(form_key.encode()).hexdigest()


def _given(data: dict) -> dict[str, str]:
    return {name: data.get(name, "") for name in TEXTS}


def _kept(data: dict) -> dict[str, str]:
    """The texts as they are kept: without the numbers of people."""
    return {name: hide_numbers(text)[: Matter._meta.get_field(name).max_length] for name, text in _given(data).items()}


def _open(matter: Matter, user) -> None:
    behalf = "提出议题的群众" if matter.code_hash else ""
    try:
        with transaction.atomic():
            open_case(Act.BRING, "提交议题", matter, user or SYSTEM, on_behalf_of=behalf)
    except IntegrityError:
        raise Refused(SENT_BEFORE, "不用再提交；如果这是另一件事，请过几秒再点一次提交。", code=IS_USED) from None
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

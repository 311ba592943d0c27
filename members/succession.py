"""撤并: a body ends and another goes on with what it left open, in one dated act (design §5).

Nothing is renamed and nothing deleted: the old body stays as it was, with the day on which it ended and the body
that stands in its place. Whoever holds a post in that body sees what the old one had (`members.posts`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from workflow.errors import Refused

from . import appointing
from .models import Appointment, Member, Organization
from .models.organization import PROPOSAL_COMMITTEE
from .periods import today


@dataclass(frozen=True)
class Succession:
    old: Organization
    new: Organization
    first_day: date
    document: str
    by: str

    @property
    def last_day(self) -> date:
        return self.first_day - timedelta(days=1)


@dataclass(frozen=True)
class Heir:
    """What an app does about it: `matters` counts what a body leaves open ({what: count}), `hand_over` hands it over."""

    matters: dict[str, Callable[[Organization], int]]
    hand_over: Callable[[Succession], None]


_heirs: list[Heir] = []


def register(heir: Heir) -> None:
    _heirs.append(heir)


def of_body(field: str, body: Organization) -> Q:
    """Rows of this body, or of one that was merged into it before: where nothing is moved, they are its own to hand on."""
    return Q(**{field: body}) | Q(**{f"{field}__successor": body})


def open_matters(body: Organization) -> list[tuple[str, int]]:
    """What the body has left open, as (what, how many); empty when it may simply end."""
    counted = [(label, count(body)) for heir in _heirs for label, count in heir.matters.items()]
    return [(label, count) for label, count in counted if count]


def posts_of_body(body: Organization, first_day: date):
    """The posts that do not end by themselves before that day."""
    return Appointment.objects.filter(organization=body).on_or_after(first_day).select_related("person")


def prepare(old: Organization, new: Organization, first_day: date, document: str, by) -> Succession:
    """Raises ValidationError with the field's name; nothing is written. `by`: the user who registers it."""
    if old.code == PROPOSAL_COMMITTEE:
        raise ValidationError("提案委员会管理全部提案，不能撤并。更名请直接修改名称。")
    if old.ends is not None and old.ends < today():
        raise ValidationError(f"{old}已于 {old.ends:%Y-%m-%d} 撤销，不能再办撤并。")
    if first_day > today():
        raise ValidationError({"first_day": "撤并从这一天起立即生效，请到这一天再办。"})
    if first_day <= old.starts:
        raise ValidationError({"first_day": f"{old} {old.starts:%Y-%m-%d} 才设立，撤并应在这之后，请核对。"})
    _check_successor(old, new, first_day)
    _check_seats(old)
    _check_posts(old, first_day)
    return Succession(old, new, first_day, document, str(by))


def _check_successor(old: Organization, new: Organization, first_day: date) -> None:
    if new.pk == old.pk:
        raise ValidationError({"new": "接续的机构不能是它自己，请另选。"})
    if new.kind != old.kind:
        raise ValidationError({"new": f"{new}是{new.get_kind_display()}，请选择另一个{old.get_kind_display()}。"})
    if not (new.in_force(first_day) and new.in_force(today())):
        raise ValidationError({"new": f"{new}在 {first_day:%Y-%m-%d} 没有设立或已经撤销，请另选，或先登记新机构。"})


def _check_seats(old: Organization) -> None:
    seats = Member.objects.in_office(today())
    count = seats.filter(sector=old).count() + seats.filter(group=old).count()
    if count:
        raise ValidationError(f"{old}还有 {count} 名在任委员，请先在“委员”里逐名办理“界别（组别）调整”，再办撤并。")


def _check_posts(old: Organization, first_day: date) -> None:
    late = posts_of_body(old, first_day).filter(starts__gte=first_day).first()
    if late:
        raise ValidationError(
            {"first_day": f"{late.person}在 {late.starts:%Y-%m-%d} 才任职，不早于撤并日期，请核对任职或日期。"}
        )


def refusal(user, old: Organization, new: Organization, moving: Iterable[Appointment]) -> str:
    """Why this user may not register it: taking over posts is giving them. "" when the way is free."""
    moved = [_moved(post, new, post.starts, "") for post in moving]
    sentences = (appointing.appointment_refusal(user, post) for post in moved)
    return appointing.organization_refusal(user, old, old) or next((said for said in sentences if said), "")


@transaction.atomic
def succeed(succession: Succession, moving: set[int]) -> list[tuple[str, int]]:
    """The new body takes over; `moving`: keys of the posts that go on there. Returns what was handed over, counted.

    Raises ValidationError when somebody registered it meanwhile, or an open matter refuses.
    """
    old = Organization.objects.select_for_update(no_key=True).get(pk=succession.old.pk)
    if old.successor_id:
        raise ValidationError(f"{old}已经并入{old.successor}，不能再办。请刷新页面核对。")
    handed = open_matters(old)
    _close(old, succession)
    _move_posts(succession, moving)
    for heir in _heirs:
        try:
            heir.hand_over(succession)
        except Refused as refused:
            raise ValidationError(f"{refused.sentence}没有办理撤并，请刷新页面后重试。") from None
    # Last: until then what the old body had from those before it is found by its name (of_body).
    Organization.objects.filter(successor=old).update(successor=succession.new)
    return handed


def _close(old: Organization, succession: Succession) -> None:
    Organization.objects.filter(parent=old).update(parent=succession.new)
    old.ends, old.successor, old.end_document = succession.last_day, succession.new, succession.document
    old.save(update_fields=["ends", "successor", "end_document"])


def _move_posts(succession: Succession, moving: set[int]) -> None:
    """Every post in the old body ends; those chosen go on in the new one, unless they are held there already."""
    posts = list(posts_of_body(succession.old, succession.first_day))
    theirs = Appointment.objects.filter(organization=succession.new).on_or_after(succession.first_day)
    held = set(theirs.values_list("person_id", "post"))
    for post in posts:
        if post.pk in moving and (post.person_id, post.post) not in held:
            _moved(post, succession.new, succession.first_day, succession.document).save()
        post.ends = succession.last_day
        post.save(update_fields=["ends"])


def _moved(post: Appointment, new: Organization, first_day: date, document: str) -> Appointment:
    return Appointment(
        person=post.person, organization=new, post=post.post, title=post.title, starts=first_day, ends=post.ends,
        document_number=document,
    )  # fmt: skip

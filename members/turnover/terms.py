"""A new term from the old one's members."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from members.models import Appointment, EndReason, Member, SeatKind, Term
from members.models.member import PLANNED_END
from members.periods import today

CHANGED = "有委员的席位在您核对之后变动过，请重新打开页面核对后再办。"
OWN_END = [reason for reason in EndReason if reason not in PLANNED_END]


@dataclass(frozen=True)
class Opening:
    """What opening the term means: who stays (连任) and who does not (不再担任); newcomers come by the roster."""

    old: Term
    number: int
    starts: date
    staying: list[Member]
    leaving: list[Member]

    @property
    def last_day(self) -> date:
        return self.starts - timedelta(days=1)


def seats_of(old: Term):
    """The seats that no event has ended, in the order of a list; also after the term's planned end has passed."""
    planned = Q(ends__isnull=True) | Q(end_reason__in=PLANNED_END, ends__gte=_over(old))
    rows = Member.objects.filter(planned, term=old, from_ledger=False).for_list()
    return rows.order_by("sector__order", "sector__pinyin", "person__stroke_key", "pk")


def _over(old: Term) -> date:
    """The day on which the term is or was over, as far as it is known today."""
    return min(today(), old.ends or today())


def prepare(old: Term, number: int, starts: date, staying: set[int]) -> Opening:
    """`staying`: keys of the seats that go on. Raises ValidationError; nothing is written."""
    if number != old.number + 1:
        raise ValidationError({"number": f"现在是{old}，新一届应是第 {old.number + 1} 届，请核对。"})
    if Term.objects.filter(number=number).exists():
        raise ValidationError({"number": f"第 {number} 届已经设立，不能再次换届。"})
    if starts <= old.starts:
        raise ValidationError({"starts": f"新一届应晚于{old}的开始日期 {old.starts:%Y-%m-%d}，请核对。"})
    _check_begun(old, starts)
    seats = list(seats_of(old))
    if staying - {seat.pk for seat in seats}:
        raise ValidationError(CHANGED)
    return Opening(
        old,
        number,
        starts,
        [seat for seat in seats if seat.pk in staying],
        [seat for seat in seats if seat.pk not in staying],
    )


def _check_begun(old: Term, starts: date) -> None:
    if old.starts > today():
        raise ValidationError({"number": f"{old}还没有开始，不能换届。"})
    late = _still_open(old, starts).filter(starts__gte=starts).select_related("person").first()
    if late:
        raise ValidationError(
            {"starts": f"{late.person.name}在 {late.starts:%Y-%m-%d} 才任职，不早于新一届开始日期，请核对。"}
        )


def _still_open(old: Term, starts: date):
    """Every seat of the old term that reaches into the new one, those from ledgers too."""
    return Member.objects.filter(Q(ends__isnull=True) | Q(ends__gte=starts), term=old)


@transaction.atomic
def open_term(opening: Opening, document: str = "", decided_by: str = "") -> Term:
    """End the old term and its seats the day before, and seat those who stay in the new one.

    Raises ValidationError when a seat has changed since `opening` was prepared.
    """
    old = Term.objects.select_for_update().get(pk=opening.old.pk)
    again = prepare(old, opening.number, opening.starts, {seat.pk for seat in opening.staying})
    if {seat.pk for seat in again.leaving} != {seat.pk for seat in opening.leaving}:
        raise ValidationError(CHANGED)
    if old.ends is None or old.ends > again.last_day:
        old.ends = again.last_day
        old.save(update_fields=["ends"])
    _still_open(old, again.starts).exclude(end_reason__in=OWN_END).update(
        ends=again.last_day, end_reason=EndReason.TERM_ENDED
    )
    _still_open(old, again.starts).update(ends=again.last_day)  # a resignation for a later day keeps its reason
    new = Term.objects.create(number=again.number, starts=again.starts)
    Member.objects.bulk_create(
        Member(
            person_id=seat.person_id, term=new, number=seat.number, sector_id=_still(seat.sector, again.starts),
            group_id=_still(seat.group, again.starts), seat_kind=SeatKind.MEMBER, starts=again.starts,
            decided_by=decided_by, document_number=document,
        ) for seat in again.staying
    )  # fmt: skip
    return new


def _still(body, day: date) -> int | None:
    """Nobody is seated in a sector or group that has been dissolved."""
    return body.pk if body is not None and body.in_force(day) else None


def posts_left(opening: Opening):
    """The posts in sectors, groups and committees that those who leave still hold; they carry rights of their own."""
    people = [seat.person_id for seat in opening.leaving]
    rows = Appointment.objects.on(opening.starts).filter(person__in=people)
    return rows.select_related("person", "organization").order_by("person__stroke_key", "pk")

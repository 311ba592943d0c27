"""A new term from the old one's members."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from members.models import EndReason, Member, SeatKind, Term
from members.periods import today


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
    """The seats that are open in the old term, in the order of a list."""
    rows = Member.objects.held(today()).filter(term=old).for_list()
    return rows.order_by("sector__order", "sector__pinyin", "person__stroke_key", "pk")


def prepare(old: Term, number: int, starts: date, staying: set[int]) -> Opening:
    """`staying`: keys of the seats that go on. Raises ValidationError; nothing is written."""
    if number != old.number + 1:
        raise ValidationError({"number": f"现在是{old}，新一届应是第 {old.number + 1} 届，请核对。"})
    if Term.objects.filter(number=number).exists():
        raise ValidationError({"number": f"第 {number} 届已经设立，不能再次换届。"})
    if starts <= old.starts:
        raise ValidationError({"starts": f"新一届应晚于{old}的开始日期 {old.starts:%Y-%m-%d}，请核对。"})
    seats = list(seats_of(old))
    late = [seat for seat in seats if seat.starts >= starts]
    if late:
        raise ValidationError(
            {"starts": f"{late[0].person}在 {late[0].starts:%Y-%m-%d} 才任职，不早于新一届开始日期，请核对。"}
        )
    unknown = staying - {seat.pk for seat in seats}
    if unknown:
        raise ValidationError("所选的委员中有人的席位刚刚变动，请重新打开页面核对后再办。")
    return Opening(
        old,
        number,
        starts,
        [seat for seat in seats if seat.pk in staying],
        [seat for seat in seats if seat.pk not in staying],
    )


@transaction.atomic
def open_term(opening: Opening, document: str = "", decided_by: str = "") -> Term:
    """End the old term and its seats the day before, and seat those who stay in the new one."""
    old = Term.objects.select_for_update().get(pk=opening.old.pk)
    again = prepare(old, opening.number, opening.starts, {seat.pk for seat in opening.staying})
    if old.ends is None or old.ends > again.last_day:
        old.ends = again.last_day
        old.save(update_fields=["ends"])
    seats = Member.objects.filter(Q(ends__isnull=True) | Q(ends__gt=again.last_day), term=old)
    seats.update(ends=again.last_day, end_reason=EndReason.TERM_ENDED)
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

"""The dated events of one seat."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from members.models import EndReason, Member, Organization
from members.models.organization import check_in_force

# What ends a seat before its term is over; 届满 and 调整 come from acts of their own.
MID_TERM = (EndReason.RESIGNED, EndReason.REVOKED, EndReason.DIED)


@transaction.atomic
def end(seat: Member, last_day: date, reason: str, document: str = "", note: str = "") -> Member:
    """The seat is held for the last time on that day (政协章程: 辞去、撤销由常委会决定). Raises ValidationError."""
    seat = _open(seat)
    if last_day < seat.starts:
        raise ValidationError({"last_day": f"最后一天不能早于任职日期 {seat.starts:%Y-%m-%d}，请核对。"})
    if seat.ends is not None and last_day > seat.ends:
        raise ValidationError({"last_day": f"这个席位到 {seat.ends:%Y-%m-%d} 届满，最后一天不能晚于这一天。"})
    if reason not in MID_TERM:
        raise ValidationError({"reason": "请选择辞去、撤销资格或去世。"})
    seat.ends, seat.end_reason, seat.end_document, seat.end_note = last_day, reason, document, note
    seat.save(update_fields=["ends", "end_reason", "end_document", "end_note"])
    return seat


@transaction.atomic
def move(
    seat: Member, first_day: date, sector: Organization | None, group: Organization | None, document: str = ""
) -> Member:
    """From that day on the member sits in that sector and group; returns the new seat. Raises ValidationError."""
    seat = _open(seat)
    if first_day <= seat.starts:
        raise ValidationError(
            {"first_day": f"调整日期应晚于任职日期 {seat.starts:%Y-%m-%d}；登记有误的请用“修改”更正。"}
        )
    if seat.ends is not None and first_day > seat.ends:
        raise ValidationError({"first_day": f"这个席位到 {seat.ends:%Y-%m-%d} 届满，不能从这一天以后调整。"})
    if (sector, group) == (seat.sector, seat.group):
        raise ValidationError({"sector": "界别和委员组都没有变，请选择调整后的界别或委员组。"})
    check_in_force(first_day, sector=sector, group=group)
    planned = seat.ends
    seat.ends, seat.end_reason, seat.end_document = first_day - timedelta(days=1), EndReason.MOVED, document
    seat.save(update_fields=["ends", "end_reason", "end_document"])
    return Member.objects.create(
        person=seat.person, term=seat.term, number=seat.number, sector=sector, group=group, seat_kind=seat.seat_kind,
        starts=first_day, ends=planned, decided_by=seat.decided_by, document_number=document,
    )  # fmt: skip


def _open(seat: Member) -> Member:
    """The row as it is now, locked: two clerks do not end it twice."""
    seat = (
        Member.objects.select_for_update(of=("self",))
        .select_related("person", "term", "sector", "group")
        .get(pk=seat.pk)
    )
    if not seat.is_held:
        raise ValidationError(f"{seat.person}的这个席位已于 {seat.ends:%Y-%m-%d} 结束，不能再办。请刷新页面核对。")
    return seat

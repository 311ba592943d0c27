"""Accepting or refusing a correction. Each refusal of these verbs is a ValidationError with its sentence."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from members import telling
from members.models import Outcome, Person, ProfileChange, User

from .correcting import PHONE_TAKEN, phone_taken
from .fields import NOTHING, words

RIGHT = "members.change_person"  # whoever changes people decides
NOT_YOURS = "您的账号不能核对资料更正。需要时请联系系统管理员。"
OWN = "不能核对您本人的申请，请由其他工作人员办理。"
DONE = "这项申请已经{outcome}，没有再办理。"
CHANGED = "申请之后，“{label}”已改为“{now}”（申请时是“{old}”），没有覆盖。请核实后不予采纳，请本人重新申请。"
REASON_MISSING = "请写明不采纳的理由，本人会看到。"


@dataclass(frozen=True)
class Result:
    """What became of one row of many; `refusal` is empty when it went well."""

    change: ProfileChange
    refusal: str


@transaction.atomic
def accept(change: ProfileChange, by: User) -> ProfileChange:
    """Writes the item, and the login phone where it was the same number."""
    change = _locked(change, by)
    person = change.person
    now = getattr(person, change.field)
    if now not in (change.old, change.new):
        texts = [words(change.field, value) or NOTHING for value in (now, change.old)]
        raise ValidationError(CHANGED.format(label=change.label, now=texts[0], old=texts[1]))
    if change.field == "phone":
        _move_login_phone(change)
    setattr(person, change.field, change.new)
    person.save(update_fields=[change.field])
    return _decide(change, by, Outcome.ACCEPTED, "")


@transaction.atomic
def refuse(change: ProfileChange, by: User, reason: str) -> ProfileChange:
    if not reason.strip():
        raise ValidationError(REASON_MISSING)
    return _decide(_locked(change, by), by, Outcome.REFUSED, reason.strip())


def decide_many(changes: list[ProfileChange], by: User, accepts: bool, reason: str) -> list[Result]:
    """Each row for itself: what cannot be done is told with its reason and stops no other."""
    return [_tried(change, by, accepts, reason) for change in changes]


def _tried(change: ProfileChange, by: User, accepts: bool, reason: str) -> Result:
    try:
        accept(change, by) if accepts else refuse(change, by, reason)
    except ValidationError as refused:
        return Result(change, "".join(refused.messages))
    return Result(change, "")


def _locked(change: ProfileChange, by: User) -> ProfileChange:
    """Read anew; the person is locked first, as whoever asks does. Raises PermissionDenied without the right."""
    if not by.has_perm(RIGHT):
        raise PermissionDenied(NOT_YOURS)
    person = Person.objects.select_for_update().get(pk=change.person_id)
    found = ProfileChange.objects.select_for_update().get(pk=change.pk)
    found.person = person
    if not found.is_waiting:
        raise ValidationError(DONE.format(outcome=found.get_outcome_display().removeprefix("已")))
    if found.person_id == by.person_id and not by.is_superuser:
        raise ValidationError(OWN)
    return found


def _move_login_phone(change: ProfileChange) -> None:
    """Somebody else may have taken the number since it was asked for, or be taking it at this moment."""
    if phone_taken(change.new, change.person_id):
        raise ValidationError(PHONE_TAKEN)
    account = User.objects.filter(person=change.person_id, phone=change.old) if change.old else User.objects.none()
    try:
        with transaction.atomic():
            account.update(phone=change.new)
    except IntegrityError:
        raise ValidationError(PHONE_TAKEN) from None


def _decide(change: ProfileChange, by: User, outcome: Outcome, reason: str) -> ProfileChange:
    change.outcome, change.reason, change.decided_by, change.decided_at = outcome, reason, by, timezone.now()
    change.save(update_fields=["outcome", "reason", "decided_by", "decided_at"])
    user = User.objects.filter(person=change.person_id).first()
    if user is not None:
        body = f"理由：{reason}" if reason else ""
        telling.tell(user.pk, f"您申请更正的“{change.label}”{change.get_outcome_display()}", body, "/me/")
    return change

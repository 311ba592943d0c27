"""征集时间 and 附议 of a session, changed by the committee with a reason; whoever has a draft is told of the new hour."""

from datetime import datetime

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from members.models import Session
from members.telling import tell

from .audiences import users_proposing
from .models import Proposal
from .states import ProposalState

FIELDS = ("window_opens", "window_closes", "allows_support", "support_closes")
CHANGED = "这次会议的征集时间刚刚被他人调整过，请看现在的时间，再决定是否调整。"


def drafts_of(session: Session):
    """What is written and not yet submitted: the closing hour decides whether it is a 大会提案."""
    return Proposal.objects.filter(session=session, state__in=ProposalState.PRIVATE, receipt_number__isnull=True)


def cut_short(session: Session, closes: datetime) -> int:
    """How many drafts have less time than their writers were told; 0 when the hour is not brought forward."""
    return drafts_of(session).count() if closes < session.window_closes else 0


@transaction.atomic
def change(session: Session, seen_closes: datetime, reason: str, **values) -> int:
    """Store the new times; returns how many users were told. Raises ValidationError.

    `seen_closes` is the closing hour of the page; `values` holds FIELDS.
    """
    fresh = Session.objects.select_for_update().get(pk=session.pk)
    if fresh.window_closes != seen_closes:
        raise ValidationError(CHANGED)
    _check(fresh, values)
    old = fresh.window_closes
    for name in FIELDS:
        setattr(fresh, name, values[name])
    fresh.window_reason = reason
    fresh.clean()
    fresh.save(update_fields=[*FIELDS, "window_reason"])
    return _tell_writers(fresh, old) if fresh.window_closes != old else 0


def _check(session: Session, values: dict) -> None:
    now, opens = timezone.now(), values["window_opens"]
    begun = session.window_opens <= now and Proposal.objects.filter(session=session).exists()
    if begun and opens > now:
        raise ValidationError({"window_opens": "征集已经开始，并且已有提案，开始时间不能改到以后。"})
    until = values["support_closes"]
    if values["allows_support"] and until and until != session.support_closes and until <= now:
        raise ValidationError({"support_closes": "附议截止须晚于现在；不填则到每件提案审定为止。"})


def _tell_writers(session: Session, old: datetime) -> int:
    drafts = drafts_of(session)
    users = list(users_proposing(drafts).values_list("pk", flat=True))
    helpers = get_user_model().objects.filter(is_active=True, person__in=drafts.values("drafter_id"))
    keys = sorted({*users, *helpers.values_list("pk", flat=True)})
    subject = f"大会提案截止时间改为 {_hour(session.window_closes)}"
    for key in keys:
        tell(key, subject, _body(session, old), f"{reverse('proposals:list')}?scope=mine")
    return len(keys)


def _body(session: Session, old: datetime) -> str:
    return (
        f"{session}的大会提案截止时间由 {_hour(old)} 改为 {_hour(session.window_closes)}（{session.window_reason}）。"
        "您有还没提交的草稿，请在截止之前提交；之后提交的是平时提案，同样审查、立案和办理，草稿照常可用。"
    )


def _hour(moment: datetime) -> str:
    at = timezone.localtime(moment)
    seconds = f":{at:%S}" if at.second else ""
    return f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}{seconds}"

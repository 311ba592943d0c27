"""起草授权: a member lets somebody prepare drafts, for some time, and takes it back at any moment."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from .models import Delegation, Member, Person, User
from .periods import today
from .posts import posts_of

LONGEST = timedelta(days=366)  # then it is asked for again
UNKNOWN = "姓名和账号（或登录手机）对不上，请向对方问清后再填。"


@transaction.atomic
def grant(user: User, name: str, account: str, ends: date) -> Delegation:
    """From today to `ends`. Name and account must go together, so nobody learns accounts by trying. Raises ValidationError."""
    Person.objects.select_for_update().filter(pk=user.person_id).first()  # one grant at a time
    if not posts_of(user, fresh=True).is_member:
        raise ValidationError("只有在任委员可以授权他人代为起草。")
    secretary = _person(name, account)
    if secretary.pk == user.person_id:
        raise ValidationError({"name": "不用授权给自己。"})
    if not today() <= ends <= today() + LONGEST:
        raise ValidationError({"ends": "到期日期应从今天起、在一年以内，请重新填写。"})
    if held(secretary.pk).filter(grantor=user.person_id).exists():
        raise ValidationError({"name": f"{secretary}已有您的授权，还没有到期。需要改日期的，请先收回再授权。"})
    return Delegation.objects.create(grantor=user.person, secretary=secretary, starts=today(), ends=ends)


def revoke(user: User, pk: int) -> bool:
    """Over at once; what was drafted stays with the member. False when there is no such grant of this user."""
    row = Delegation.objects.on(today()).filter(pk=pk, grantor=user.person_id).first()
    if row is None:
        return False
    pair = Delegation.objects.on(today()).filter(grantor=row.grantor_id, secretary=row.secretary_id)
    pair.filter(starts=today()).delete()  # a period has at least one day; this one never was
    pair.update(ends=today() - timedelta(days=1))
    return True


def held(person_id: int | None):
    """The grants under which this person drafts for others today: in force, of members in office with an open account."""
    seated = Member.objects.in_office(today()).values("person_id")
    open_accounts = User.objects.filter(is_active=True, person__isnull=False).values("person_id")
    rows = Delegation.objects.on(today()).filter(secretary=person_id, grantor__in=seated)
    return rows.filter(grantor__in=open_accounts).select_related("grantor")


def _person(name: str, account: str) -> Person:
    account = account.strip()
    users = User.objects.filter(Q(username=account) | Q(phone=account), person__name=name.strip(), is_active=True)
    user = users.select_related("person").first()
    if user is None:
        raise ValidationError({"account": UNKNOWN})
    return user.person

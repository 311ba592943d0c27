"""起草授权: a member lets somebody prepare drafts, for some time, and takes it back at any moment."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from .models import Delegation, Person, User
from .periods import today
from .posts import posts_of

LONGEST = timedelta(days=400)  # a year and the days of a plenary; then it is asked for again
UNKNOWN = "姓名和账号（或登录手机）对不上，请向对方问清后再填。"


@transaction.atomic
def grant(user: User, name: str, account: str, ends: date) -> Delegation:
    """From today to `ends`. Name and account must go together, so nobody learns accounts by trying. Raises ValidationError."""
    if not posts_of(user, fresh=True).is_member:
        raise ValidationError("只有在任委员可以授权他人代为起草。")
    secretary = _person(name, account)
    if secretary.pk == user.person_id:
        raise ValidationError({"name": "不用授权给自己。"})
    if not today() <= ends <= today() + LONGEST:
        raise ValidationError({"ends": "到期日期应在今天之后、一年以内，请重新填写。"})
    if held(secretary.pk).filter(grantor=user.person_id).exists():
        raise ValidationError({"name": f"{secretary}已有您的授权，还没有到期。需要改日期的，请先收回再授权。"})
    return Delegation.objects.create(grantor=user.person, secretary=secretary, starts=today(), ends=ends)


def revoke(user: User, pk: int) -> bool:
    """Over at once; what was drafted stays with the member. False when there is no such grant of this user."""
    mine = Delegation.objects.on(today()).filter(pk=pk, grantor=user.person_id)
    row = mine.first()
    if row is None:
        return False
    if row.starts == today():  # a period has at least one day; this one never was
        row.delete()
    else:
        mine.update(ends=today() - timedelta(days=1))
    return True


def held(person_id: int | None):
    """The grants in force today under which this person drafts for others."""
    return Delegation.objects.on(today()).filter(secretary=person_id).select_related("grantor")


def _person(name: str, account: str) -> Person:
    account = account.strip()
    users = User.objects.filter(Q(username=account) | Q(phone=account), person__name=name.strip(), is_active=True)
    user = users.select_related("person").first()
    if user is None:
        raise ValidationError({"account": UNKNOWN})
    return user.person

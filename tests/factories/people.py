"""Small builders for people, organizations and accounts. Every name is invented."""

from datetime import date, datetime
from itertools import count
from zoneinfo import ZoneInfo

from members.models import Appointment, Member, Organization, Person, Session, Term, User
from members.privacy import consent

SHANGHAI = ZoneInfo("Asia/Shanghai")
LONG_AGO = date(2022, 4, 1)
_serial = count(1)


def person(name: str = "", **fields) -> Person:
    return Person.objects.create(name=name or f"测试员{next(_serial)}", **fields)


def user(name: str = "", **fields) -> User:
    """A person with an account; the password is unusable, tests log in by force."""
    who = fields.pop("person", None) or person(name)
    return User.objects.create_user(f"u{next(_serial)}", person=who, **fields)


def organization(kind: str, name: str = "", **fields) -> Organization:
    fields.setdefault("starts", LONG_AGO)
    return Organization.objects.create(kind=kind, name=name or f"机构{next(_serial)}", **fields)


def appoint(who, body: Organization, post: str, **fields) -> Appointment:
    fields.setdefault("starts", LONG_AGO)
    owner = getattr(who, "person", who)
    who.__dict__.pop("_posts", None)
    return Appointment.objects.create(person=owner, organization=body, post=post, **fields)


def holder(body: Organization, post: str, name: str = "") -> User:
    """A new account whose person holds the post."""
    who = user(name)
    appoint(who, body, post)
    return who


def agree(who, shows: bool = True) -> None:
    """Agreed to the privacy notice; the phone stands in the directory or not."""
    consent.agree(getattr(who, "person", who), shows)


def term(number: int = 11, starts: date = LONG_AGO) -> Term:
    return Term.objects.get_or_create(number=number, defaults={"starts": starts})[0]


def session(ordinal: int = 4, year: int = 2026, number: int = 11) -> Session:
    return Session.objects.get_or_create(
        term=term(number),
        ordinal=ordinal,
        defaults={
            "opens": date(year, 4, 21),
            "closes": date(year, 4, 23),
            "window_opens": datetime(year, 1, 21, tzinfo=SHANGHAI),
            "window_closes": datetime(year, 4, 22, 14, tzinfo=SHANGHAI),
        },
    )[0]


def member(name: str = "", sector: Organization | None = None, **fields) -> User:
    """A member in office with an account."""
    who = user(name)
    Member.objects.create(person=who.person, term=term(), sector=sector, starts=LONG_AGO, **fields)
    return who

"""The privacy notice and who has agreed to which version; whether one's phone stands in the directory.

A new text is a new template templates/members/privacy/<version>.html and a new last entry of VERSIONS: everybody
is asked again at the next log-in.
"""

from datetime import datetime
from functools import cache

from django.db.models import BooleanField, OuterRef, Subquery

from members.models import Consent, ConsentKind, Person
from workflow.built_once import BuiltOnce
from workflow.door import current_door

VERSIONS = ("2026-11",)
VERSION = VERSIONS[-1]
# Read at every page from the session, so that the reminder costs no query.
DUE = "privacy_due"


def has_agreed(person: Person | None) -> bool:
    """Whether the newest word on the notice is a yes, to the version in force."""
    newest = _newest(person, ConsentKind.PRIVACY)
    return newest is not None and newest.given and newest.version == VERSION


def shows_phone(person: Person | None) -> bool:
    newest = _newest(person, ConsentKind.DIRECTORY)
    return newest is not None and newest.given


def agreed_at(person: Person) -> datetime | None:
    newest = _newest(person, ConsentKind.PRIVACY)
    return newest.at if newest and newest.given else None


def _newest(person: Person | None, kind: str) -> Consent | None:
    return _of_person(kind).row(person.pk) if person else None


@cache
def _of_person(kind: str) -> BuiltOnce:
    return BuiltOnce(lambda person: Consent.objects.filter(person=person, kind=kind).order_by("-pk")[:1])


def newest_given(kind: str, person: str = "pk"):
    """The newest word of each row's person as a column; None for silence."""
    rows = Consent.objects.filter(person=OuterRef(person), kind=kind).order_by("-pk")
    return Subquery(rows.values("given")[:1], output_field=BooleanField(null=True))


def note(person: Person, kind: str, given: bool) -> Consent:
    door = current_door()
    return Consent.objects.create(person=person, kind=kind, given=given, version=VERSION, door=door.name, ip=door.ip)


def agree(person: Person, shows: bool) -> None:
    """Agreed to the notice; `shows`: fellow users of the directory may see the phone."""
    note(person, ConsentKind.PRIVACY, True)
    show_phone(person, shows)


def show_phone(person: Person, shows: bool) -> None:
    newest = _newest(person, ConsentKind.DIRECTORY)
    if newest is None or newest.given != shows:
        note(person, ConsentKind.DIRECTORY, shows)


def withdraw(person: Person) -> None:
    """Profile and directory close, the phone is hidden; what the law has the committee keep stays."""
    if agreed_at(person):
        note(person, ConsentKind.PRIVACY, False)
    show_phone(person, False)


def choose(person: Person, agrees: bool, shows: bool) -> None:
    """What the person says now; the same word twice is one record."""
    if not agrees:
        withdraw(person)
    elif has_agreed(person):
        show_phone(person, shows)
    else:
        agree(person, shows)


def ask_after_log_in(*, request, user, **kwargs) -> None:
    """Receiver of `user_logged_in`."""
    if hasattr(request, "session"):
        request.session[DUE] = user.person_id is not None and not has_agreed(user.person)

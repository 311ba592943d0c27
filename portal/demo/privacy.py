"""Consents, corrections that wait, and looks at telephone numbers, so that no page of them is empty."""

from datetime import timedelta

from django.utils import timezone

from members.models import Consent, ConsentKind, ContactReveal, ProfileChange
from members.privacy.consent import VERSION
from members.privacy.reveals import DIRECTORY
from workflow.door import PORTAL

HIDES = 8  # one member in so many keeps the number out of the directory
CORRECTIONS = (("position", "高级工程师"), ("education", "在职研究生"), ("employer", "西平县农业科学研究所"))


def fill(county) -> None:
    """Everybody has agreed but the second printed member, who is still to be asked."""
    now = timezone.now()
    people = [who for pk, who in _people(county) if pk != county.featured[1].pk]
    rows = [_consent(who, ConsentKind.PRIVACY, True, now) for who in people]
    rows += [_consent(who, ConsentKind.DIRECTORY, bool(n % HIDES), now) for n, who in enumerate(people, start=1)]
    Consent.objects.bulk_create(rows)
    _correct(county, now)
    _look(county, now)


def _people(county) -> list:
    return [(user.person_id, user.person) for user in county.users.values()]


def _consent(person, kind: str, given: bool, now) -> Consent:
    return Consent(person=person, kind=kind, given=given, version=VERSION, door=PORTAL, at=now - timedelta(days=20))


def _correct(county, now) -> None:
    asking = [county.featured[0], *county.members[10:12]]
    ProfileChange.objects.bulk_create(
        ProfileChange(
            person=who, field=field, old=getattr(who, field), new=new, requested_at=now - timedelta(days=days)
        )
        for days, (who, (field, new)) in enumerate(zip(asking, CORRECTIONS, strict=True), start=1)
    )


def _look(county, now) -> None:
    looking = [county.user(who) for who in (county.members[10], county.staff[0])]
    ContactReveal.objects.bulk_create(
        ContactReveal(
            user=user, person=county.featured[0], page=DIRECTORY, door=PORTAL, at=now - timedelta(hours=30 // n)
        )
        for n, user in enumerate(looking, start=1)
    )

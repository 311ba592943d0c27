"""The directory: who stands in it, who uses it, how it is searched."""

from datetime import timedelta

import pytest
from django.http import QueryDict

from members import directory
from members.models import Appointment, Member, Person
from members.periods import today
from tests.factories import county as make
from tests.factories import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def c():
    return make.county()


def names(query: str = "") -> list[str]:
    found = directory.DirectoryFilter(QueryDict(query), queryset=directory.people(), choices=directory.bodies())
    return [person.name for person in found.qs]


CIRCLE = {"author", "cosigner", "invitee", "other_member", "staff", "head", "reviewer", "contact"}


def test_members_staff_and_collective_contacts_use_it_and_stand_in_it(c):
    roles = c.roles()
    assert {name for name, user in roles.items() if directory.may_use(user)} == CIRCLE
    assert set(names()) == {roles[name].person.name for name in CIRCLE}


def test_in_pinyin_order(c):
    keys = [person.pinyin for person in directory.people()]
    assert keys == sorted(keys)


def test_only_those_in_office_today(c):
    yesterday = today() - timedelta(days=1)
    Member.objects.filter(person=c.author.person).update(ends=yesterday)
    Appointment.objects.filter(person=c.contact.person).update(ends=yesterday)
    Member.objects.filter(person=c.cosigner.person).update(from_ledger=True)
    assert {"周明远", "蒋文静", "李素芬"} & set(names()) == set()


@pytest.mark.parametrize(
    "query", ["q=明远", "q=zhou", "q=zhou ming", "q=zhoumingyuan", "q=ZMY"]
)  # fmt: skip
def test_search_by_name_pinyin_and_initials(c, query):
    assert names(query) == ["周明远"]


def test_search_for_nobody(c):
    assert names("q=吴小兰") == []  # works for a unit


def test_by_sector_group_township_and_committee(c):
    bodies = {
        "sector": people.organization("sector", "教育"), "group": people.organization("county_group", "县直一组"),
        "township": people.organization("township_group", "出山镇联络组"),
        "committee": people.organization("committee", "文史委"),
    }  # fmt: skip
    Member.objects.filter(person=c.author.person).update(sector=bodies["sector"], group=bodies["group"])
    Member.objects.filter(person=c.cosigner.person).update(group=bodies["township"])
    people.appoint(c.invitee, bodies["committee"], "member")
    found = {name: names(f"{name}={body.pk}") for name, body in bodies.items()}
    assert found == {"sector": ["周明远"], "group": ["周明远"], "township": ["李素芬"], "committee": ["郭建业"]}


def test_the_phone_is_shown_to_whom_its_owner_agreed(c):
    Person.objects.filter(pk__in=[c.author.person_id, c.cosigner.person_id]).update(phone="13900000001")
    people.agree(c.author)
    people.agree(c.cosigner, shows=False)
    found = {person.name: person for person in directory.people()}
    seen = {
        who: [directory.may_reveal(getattr(c, who), found[name]) for name in ("周明远", "李素芬", "郭建业")]
        for who in ("other_member", "contact", "reviewer", "staff")
    }
    assert seen == {
        "other_member": [True, False, False], "contact": [True, False, False], "reviewer": [True, False, False],
        "staff": [True, True, False],
    }  # fmt: skip

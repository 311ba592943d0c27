"""Every address of one's own data, the notice and the directory × everybody, by GET and by POST."""

import pytest
from django.test import Client
from django.urls import get_resolver

from members.models import Person, User
from tests.factories import people

pytestmark = pytest.mark.django_db

CIRCLE = {"author", "cosigner", "invitee", "other_member", "staff", "head", "reviewer", "contact"}
# name → (address, by GET, by POST); a pair is (for the circle of the directory, for the others).
PAGES = {
    "profile": ("/me/", 200, 405),
    "correct": ("/me/correct/", 200, 302),
    "copy": ("/me/data/", 405, 200),
    "privacy": ("/privacy/", 200, 405),
    "privacy_version": ("/privacy/2026-11/", 200, 405),
    "agree": ("/privacy/agree/", 405, 302),
    "withdraw": ("/privacy/withdraw/", 405, 302),
    "directory": ("/directory/", (200, 403), 405),
    "phone": ("/directory/{author}/phone/", 405, (200, 403)),
}
OPEN = {"privacy", "privacy_version"}


def test_every_address_has_its_row():
    included = [row for row in get_resolver().url_patterns if getattr(row, "namespace", "") == "members"]
    assert [pattern.name for pattern in included[0].url_patterns] == sorted(
        PAGES, key=[pattern.name for pattern in included[0].url_patterns].index
    )
    assert {pattern.name for pattern in included[0].url_patterns} == PAGES.keys()


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def ask(client: Client, name: str, c, method: str):
    given = {"show_phone": "yes"} if name == "agree" else {}
    return getattr(client, method)(PAGES[name][0].format(author=c.author.person_id), given)


def expected(name: str, role: str, method: str) -> int:
    wanted = PAGES[name][1 if method == "get" else 2]
    return wanted if isinstance(wanted, int) else wanted[role not in CIRCLE]


@pytest.mark.parametrize("name", PAGES)
def test_people(c, name):
    Person.objects.filter(pk=c.author.person_id).update(phone="13900000001")
    wrong = {}
    for role, user in c.roles().items():
        people.agree(c.author)
        people.agree(user)
        client = client_of(user)
        for method in ("get", "post"):
            answer = ask(client, name, c, method)
            if answer.status_code != expected(name, role, method):
                wrong[role, method] = answer.status_code
    assert wrong == {}


@pytest.mark.parametrize("name", PAGES)
def test_accounts_without_a_person(c, name):
    client = client_of(User.objects.create_user("bare"))
    answers = [ask(client, name, c, method).status_code for method in ("get", "post")]
    by_get, by_post = PAGES[name][1:]
    assert answers == [code if code == 405 or name in OPEN else 403 for code in (by_get, by_post)]


@pytest.mark.parametrize("name", PAGES)
def test_nobody(c, client, name):
    for method in ("get", "post"):
        answer = ask(client, name, c, method)
        if name in OPEN:
            assert answer.status_code == (200 if method == "get" else 405)
        else:
            assert (answer.status_code, answer["Location"][:7]) == (302, "/login/")

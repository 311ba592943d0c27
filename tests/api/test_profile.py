"""我的资料, 个人信息保护 and 通讯录 over the API: what the answers hold."""

import pytest

from members.models import Consent, ContactReveal, Person, ProfileChange
from tests.factories import people

V1 = "/api/v1"
NUMBER = "13900000001"


@pytest.fixture
def author(c, client_of):
    Person.objects.filter(pk=c.author.person_id).update(phone=NUMBER, employer="县一高")
    return client_of(c.author)


def test_nothing_before_the_notice(c, author):
    answers = [author.get(f"{V1}/me/profile/"), author.patch(f"{V1}/me/profile/", {}, format="json"),
               author.get(f"{V1}/directory/"), author.post(f"{V1}/directory/1/phone/")]  # fmt: skip
    assert [(a.status_code, a.json()["code"]) for a in answers] == [(403, "consent_required")] * 4


def test_choosing_and_withdrawing(c, author):
    said = author.get(f"{V1}/me/privacy/").json()
    assert (said["agreed"], said["agreed_at"], said["show_phone"]) == (False, None, False)
    given = {"version": said["version"], "agree": True, "show_phone": True}
    said = author.post(f"{V1}/me/privacy/", given, format="json").json()
    assert (said["agreed"], said["show_phone"], Consent.objects.first().door) == (True, True, "api")
    said = author.post(f"{V1}/me/privacy/", {**given, "agree": False}, format="json").json()
    assert (said["agreed"], said["show_phone"]) == (False, False)


def test_an_old_version_is_not_agreed_to(c, author):
    given = {"version": "1999-01", "agree": True, "show_phone": True}
    answer = author.post(f"{V1}/me/privacy/", given, format="json")
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/version")
    assert Consent.objects.count() == 0


def test_own_profile_is_whole(c, author):
    people.agree(c.author)
    body = author.get(f"{V1}/me/profile/").json()
    assert (body["name"], body["phone"], body["employer"]) == ("周明远", NUMBER, "县一高")
    assert [seat["term"] for seat in body["seats"]] == ["第十一届"]
    assert (body["changes"], body["looks"], body["posts"]) == ([], [], [])


def test_a_correction_waits(c, author):
    people.agree(c.author)
    body = author.patch(f"{V1}/me/profile/", {"employer": "县二高"}, format="json").json()
    change = body["changes"][0]
    assert (body["employer"], change["old"], change["new"], change["outcome"]) == (
        "县一高",
        "县一高",
        "县二高",
        "waiting",
    )


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"name": "周二"}, "/name"),
        ({"phone": "1"}, "/phone"),
        ({"born": "75-3"}, "/born"),
        ({"gender": "x"}, "/gender"),
    ],
)
def test_what_cannot_be_corrected_is_named(c, author, given, pointer):
    people.agree(c.author)
    answer = author.patch(f"{V1}/me/profile/", given, format="json")
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, pointer)
    assert ProfileChange.objects.count() == 0


def test_a_bad_value_already_there_is_in_nobodys_way(c, author):
    """A roster of old may hold what the form would refuse; it is not this request's matter."""
    people.agree(c.author)
    Person.objects.filter(pk=c.author.person_id).update(born="1975")
    assert author.patch(f"{V1}/me/profile/", {"employer": "县二高"}, format="json").status_code == 200


def test_directory_masks_and_shows_on_demand(c, author, client_of):
    people.agree(c.author)
    people.agree(c.other_member)
    client = client_of(c.other_member)
    row = client.get(f"{V1}/directory/", {"q": "zmy"}).json()["results"][0]
    assert (row["name"], row["phone"], row["phone_available"]) == ("周明远", "139****0001", True)
    assert client.post(f"{V1}/directory/{row['id']}/phone/").json() == {"phone": NUMBER}
    look = ContactReveal.objects.get()
    assert (look.user, look.person, look.door) == (c.other_member, c.author.person, "api")


def test_a_number_is_not_kept_for_a_repeated_key(c, author, client_of):
    people.agree(c.author)
    people.agree(c.other_member)
    client, url = client_of(c.other_member), f"{V1}/directory/{c.author.person_id}/phone/"
    shown = [client.post(url, headers={"Idempotency-Key": "k-1"}) for _ in range(2)]
    assert ([answer.json() for answer in shown], ContactReveal.objects.count()) == ([{"phone": NUMBER}] * 2, 2)
    people.agree(c.author, shows=False)
    assert client.post(url, headers={"Idempotency-Key": "k-1"}).json()["code"] == "not_allowed"


def test_a_hidden_number_is_not_even_masked(c, author, client_of):
    people.agree(c.author, shows=False)
    people.agree(c.other_member)
    client = client_of(c.other_member)
    row = client.get(f"{V1}/directory/", {"q": "zmy"}).json()["results"][0]
    assert (row["phone"], row["phone_available"]) == ("", False)
    assert client.post(f"{V1}/directory/{row['id']}/phone/").json()["code"] == "not_allowed"


def test_the_limit_is_a_429_with_its_sentence(c, author, client_of, settings):
    settings.REVEALS_PER_HOUR = 0
    people.agree(c.author)
    people.agree(c.other_member)
    answer = client_of(c.other_member).post(f"{V1}/directory/{c.author.person_id}/phone/")
    assert (answer.status_code, answer.json()["code"], answer["Retry-After"]) == (429, "throttled", "3600")
    assert answer.json()["detail"].startswith("一小时内最多查看 0 个手机号")

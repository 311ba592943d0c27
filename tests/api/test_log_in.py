"""Log-ins of devices: by account or phone, locked after ten wrong passwords, ended in every way they can end."""

from datetime import timedelta

import pytest
from django.test import override_settings
from django.utils import timezone
from rest_framework.test import APIClient

from members import devices, logins, one_time
from members.models import DeviceToken
from tests.factories import people

pytestmark = pytest.mark.django_db

LOGIN, TOKENS, ME = "/api/v1/auth/login/", "/api/v1/auth/tokens/", "/api/v1/me/"
PASSWORD = "春天的雨-2026"


@pytest.fixture
def user():
    made = people.member("周明远")
    made.phone = made.person.phone = "13900000001"
    made.person.save()
    made.set_password(PASSWORD)
    made.save()
    return made


def log_in(name: str, password: str = PASSWORD, device: str = "手机"):
    client = APIClient()
    return client.post(LOGIN, {"username": name, "password": password, "device": device}, format="json")


def with_token(token: str) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {token}")
    return client


@pytest.fixture
def phone(user):
    return with_token(log_in(user.username).json()["token"])


@pytest.mark.parametrize("name", ["13900000001", " 13900000001 ", "１３９０００００００１"])
def test_by_phone_as_it_is_typed(user, name):
    assert log_in(name).status_code == 200


def test_answer_and_what_is_kept(user):
    answer = log_in(user.username, device="张三的手机").json()
    kept = DeviceToken.objects.get()
    assert answer == {
        "token": answer["token"],
        "expires_at": timezone.localtime(kept.expiry).isoformat(),
        "device_id": str(kept.public_id),
        "must_change_password": False,
    }
    assert answer["token"] not in [str(value) for value in kept.__dict__.values()]
    assert kept.name == "张三的手机"


def test_no_answer_tells_whether_an_account_exists(user):
    disabled = people.member("停用者")
    disabled.is_active = False
    disabled.set_password(PASSWORD)
    disabled.save()
    answers = [log_in(user.username, "错误的密码"), log_in("nobody", "错误的密码"), log_in(disabled.username)]
    bodies = [{**answer.json(), "request_id": ""} for answer in answers]
    assert [answer.status_code for answer in answers] == [401, 401, 401]
    assert bodies[0] == bodies[1] == bodies[2]
    assert bodies[0]["code"] == "invalid_credentials"


@override_settings(AXES_FAILURE_LIMIT=3)
def test_lock_out_is_the_same_for_every_name(user):
    seen = []
    for name in (user.username, "nobody"):
        answers = [log_in(name, "错误的密码") for _ in range(3)] + [log_in(name)]
        seen.append(
            [(a.status_code, a.json()["code"], a.json()["detail"], a.headers.get("Retry-After")) for a in answers]
        )
    assert seen[0] == seen[1]
    assert [row[:2] for row in seen[0]] == [
        (401, "invalid_credentials"), (401, "invalid_credentials"), (429, "locked"), (429, "locked"),
    ]  # fmt: skip
    assert seen[0][3][3] == "900"


@override_settings(AXES_FAILURE_LIMIT=3)
def test_blanks_around_a_name_are_no_second_chance(user):
    names = [user.username, f" {user.username}", f"{user.username} "]
    assert [log_in(name, "错误的密码").status_code for name in names] == [401, 401, 429]


def test_list_and_revoke(user, phone):
    other = log_in(user.username, device="平板").json()
    listed = phone.get(TOKENS).json()["results"]
    assert [(row["name"], row["current"]) for row in listed] == [("平板", False), ("手机", True)]
    assert phone.delete(f"{TOKENS}{other['device_id']}/").status_code == 204
    assert with_token(other["token"]).get(ME).json()["code"] == "invalid_token"
    assert phone.delete(f"{TOKENS}{other['device_id']}/").status_code == 404


def test_somebody_elses_device_is_unknown(user, phone):
    theirs, _token = devices.log_in(people.member("他人"), "手机")
    assert phone.delete(f"{TOKENS}{theirs.public_id}/").status_code == 404
    assert DeviceToken.objects.filter(pk=theirs.pk).count() == 1


def test_log_out_ends_this_device_only(user, phone):
    other = with_token(log_in(user.username).json()["token"])
    assert phone.post("/api/v1/auth/logout/").status_code == 204
    assert (phone.get(ME).status_code, other.get(ME).status_code) == (401, 200)


def test_disabled_account(user, phone):
    user.is_active = False
    user.save()
    answer = phone.get(ME)
    assert (answer.status_code, answer.json()["code"], answer["WWW-Authenticate"]) == (401, "invalid_token", "Token")


def test_expired(user, phone):
    DeviceToken.objects.update(expiry=timezone.now() - timedelta(seconds=1))
    assert phone.get(ME).status_code == 401


def test_any_new_password_ends_every_device(user, phone):
    one_time.give(user)
    assert phone.get(ME).status_code == 401


def test_changing_it_here_keeps_this_device(user, phone):
    other = with_token(log_in(user.username).json()["token"])
    body = {"old_password": PASSWORD, "new_password": "秋天的凉风-2027x"}
    assert phone.post("/api/v1/auth/password/", body, format="json").status_code == 204
    assert (phone.get(ME).status_code, other.get(ME).status_code) == (200, 401)
    assert log_in(user.username, "秋天的凉风-2027x").status_code == 200


@pytest.mark.parametrize(
    ("old", "new", "pointer"),
    [
        ("不是它", "秋天的凉风-2027x", "/old_password"),
        (PASSWORD, PASSWORD, "/new_password"),
        (PASSWORD, "12345678901", "/new_password"),
        (PASSWORD, "", "/new_password"),
    ],
)
def test_refused_passwords(user, phone, old, new, pointer):
    answer = phone.post("/api/v1/auth/password/", {"old_password": old, "new_password": new}, format="json")
    assert (answer.status_code, {error["pointer"] for error in answer.json()["errors"]}) == (400, {pointer})
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_one_time_password_opens_its_own_change_only(user):
    password = one_time.give(user)
    given = log_in(user.username, password).json()
    assert given["must_change_password"] is True
    client = with_token(given["token"])
    assert client.get(ME).json()["code"] == "password_change_required"
    body = {"old_password": password, "new_password": "秋天的凉风-2027x"}
    assert client.post("/api/v1/auth/password/", body, format="json").status_code == 204
    assert client.get(ME).status_code == 200


def test_a_browser_that_changes_the_password_stays_on_the_list(user):
    client = APIClient()
    client.force_login(user, backend="members.backends.AppointmentBackend")
    body = {"old_password": PASSWORD, "new_password": "秋天的凉风-2027x"}
    assert client.post("/api/v1/auth/password/", body, format="json").status_code == 204
    assert [login.session_key for login in logins.of(user)] == [client.session.session_key]
    assert client.get(ME).status_code == 200


def test_a_staff_password_that_is_too_old_is_told_at_the_log_in(user):
    people.appoint(user, people.organization("office", "县政协办公室"), "staff")
    type(user).objects.update(password_changed_at=timezone.now() - timedelta(days=91))
    given = log_in(user.username).json()
    assert given["must_change_password"] is True
    assert with_token(given["token"]).get(ME).json()["code"] == "password_change_required"


def test_the_oldest_device_makes_room(user):
    tokens = [log_in(user.username, device=f"设备{n}").json()["token"] for n in range(11)]
    assert DeviceToken.objects.count() == 10
    assert [with_token(tokens[n]).get(ME).status_code for n in (0, 1, 10)] == [401, 200, 200]


@pytest.mark.parametrize(
    "header",
    ["Token", "Token a b", "Token " + "z" * 64, "Token " + "a" * 63, "Token \xff\xfe", "Token " + "a" * 64, "token x"],
)
def test_tokens_that_are_none(db, header):
    answer = APIClient().get(ME, headers={"Authorization": header})
    assert (answer.status_code, answer.json()["code"]) == (401, "invalid_token")


def test_other_schemes_count_as_not_logged_in(db):
    answer = APIClient().get(ME, headers={"Authorization": "Basic YTpi"})
    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")


def test_a_page_of_our_own_origin_may_use_its_session(user):
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(user, backend="members.backends.AppointmentBackend")
    assert client.get(ME).status_code == 200
    refused = client.post("/api/v1/proposals/", {}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (403, "csrf_failed")


def test_session_with_a_one_time_password(user):
    user.must_change_password = True
    user.save()
    client = APIClient()
    client.force_login(user, backend="members.backends.AppointmentBackend")
    assert client.get(ME).json()["code"] == "password_change_required"


def test_me(user, phone):
    assert phone.get(ME).json() == {
        "id": user.pk, "username": user.username, "person_id": user.person_id, "name": "周明远",
        "phone": "139****0001", "must_change_password": False,
        "seat": {
            "term": "第十一届", "number": "", "sector": None, "group": None,
            "seat_kind": "member", "seat_kind_label": "委员",
        },
        "posts": [], "drafts_for": [], "duties": [],
    }  # fmt: skip


def test_one_query_recognises_a_token(user, phone, django_assert_num_queries):
    phone.get(ME)  # notes when the device was seen
    with django_assert_num_queries(5):  # token and person; seat; posts; posts_of; grants
        assert phone.get(ME).status_code == 200

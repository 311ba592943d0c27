"""Logging in and out, the one-time password, and the session the scripts ask about."""

import pytest

from tests.factories import people

pytestmark = pytest.mark.django_db
PASSWORD = "Begonia-2026-xp"
JSON = {"accept": "application/json"}


@pytest.fixture
def user():
    who = people.member("周明远")
    who.username, who.phone = "zhoumy", "13900000001"
    who.set_password(PASSWORD)
    who.save()
    return who


@pytest.mark.parametrize("name", ["zhoumy", "13900000001", " zhoumy "])
def test_log_in_by_account_or_phone(client, user, name):
    answer = client.post("/login/", {"username": name, "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_wrong_password_says_what_to_do(client, user):
    page = client.post("/login/", {"username": "zhoumy", "password": "wrong"}).content.decode()
    assert "忘记密码请联系提案委工作人员重置" in page
    assert "<title>错误：登录 - 西平县智慧政协</title>" in page


def test_log_in_over_a_page_answers_data_and_a_fresh_token(client, user):
    answer = client.post("/login/", {"username": "zhoumy", "password": PASSWORD}, headers=JSON)
    assert answer.status_code == 200
    assert answer.json()["user"] == "zhoumy"
    assert len(answer.json()["csrf"]) == 64


def test_refused_log_in_over_a_page_answers_its_errors(client, user):
    answer = client.post("/login/", {"username": "zhoumy", "password": ""}, headers=JSON)
    assert (answer.status_code, answer.json()) == (400, {"errors": {"password": ["请输入密码。"]}})


def test_session_of_nobody(client):
    state = client.get("/session/").json()
    assert (state["user"], state["seconds"]) == (None, 0)


def test_session_tells_the_time_left(client, user, settings):
    client.force_login(user)
    state = client.get("/session/").json()
    assert state["user"] == "zhoumy"
    assert 0 < state["seconds"] <= settings.SESSION_IDLE.total_seconds()


def test_session_is_never_cached(client):
    assert "no-store" in client.get("/session/")["Cache-Control"]


def test_logging_out_makes_the_browser_forget_kept_texts(client, user):
    client.force_login(user)
    answer = client.post("/logout/")
    assert (answer["Location"], answer["Clear-Site-Data"]) == ("/logged-out/", '"storage"')
    assert client.get("/session/").json()["user"] is None


@pytest.fixture
def newcomer(client, user):
    user.must_change_password = True
    user.save()
    client.force_login(user)
    return user


@pytest.mark.parametrize("path", ["/", "/inbox/", "/admin/", "/documents/"])
def test_one_time_password_leads_to_a_new_one_first(client, newcomer, path):
    answer = client.get(path)
    assert (answer.status_code, answer["Location"]) == (302, "/password/")


@pytest.mark.parametrize("path", ["/password/", "/help/", "/accessibility/", "/display/", "/session/"])
def test_one_time_password_leaves_help_and_way_out_open(client, newcomer, path):
    assert client.get(path).status_code == 200


def change(client, old=PASSWORD, new="Crabapple-88-blossom", again=None):
    return client.post("/password/", {"old_password": old, "new_password": new, "again": again or new})


def test_own_password_opens_the_portal(client, newcomer):
    assert change(client).status_code == 302
    newcomer.refresh_from_db()
    assert newcomer.must_change_password is False
    assert newcomer.check_password("Crabapple-88-blossom")
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"old": "wrong"}, "现在的密码不正确，请重新输入。"),
        ({"again": "Crabapple-99-blossom"}, "两次输入的新密码不一样，请重新输入。"),
        ({"new": PASSWORD}, "新密码不能与现在的密码相同，请换一个。"),
        ({"new": "12345"}, "密码太短，至少要 10 位。"),
    ],
)
def test_refused_password_changes_nothing(client, newcomer, given, sentence):
    assert sentence in change(client, **given).content.decode()
    newcomer.refresh_from_db()
    assert newcomer.must_change_password is True
    assert newcomer.check_password(PASSWORD)


def test_admin_has_the_same_front_door(client):
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0] == "/login/?next=%2Fadmin%2F"


def test_member_is_told_that_the_admin_is_not_for_members(client, user):
    client.force_login(user)
    answer = client.get("/admin/", follow=True)
    assert answer.status_code == 403
    assert "您的账号不能进入后台管理。需要时请联系系统管理员。" in answer.content.decode()

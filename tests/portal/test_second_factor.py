"""The second factor: set up, asked for, guessed, lost; required of the admin's people at 等保三级."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from members import devices, second_factor
from members.models import DeviceToken
from tests.factories import county as make
from tests.factories import people

pytestmark = pytest.mark.django_db
PASSWORD = "Begonia-2026-xp"
PAGE, SETUP = "/second-factor/", "/second-factor/setup/"


@pytest.fixture
def user():
    who = people.member("周明远")
    who.username = "zhoumy"
    who.set_password(PASSWORD)
    who.save()
    return who


def set_up(user) -> tuple[TOTPDevice, list[str]]:
    device = second_factor.begin(user)
    codes = second_factor.confirm(user, now(device))
    TOTPDevice.objects.update(last_t=-1)  # as if a minute had passed
    return TOTPDevice.objects.get(user=user), codes


def now(device) -> str:
    return f"{totp(device.bin_key):06d}"


def log_in(client, **more):
    return client.post("/login/", {"username": "zhoumy", "password": PASSWORD}, **more)


def test_without_one_nothing_changes(client, user):
    assert log_in(client)["Location"] == "/"
    assert client.get("/").status_code == 200


def test_a_user_switches_it_on_and_is_asked_for_it(client, user):
    log_in(client)
    page = client.get(SETUP).content.decode()
    device = TOTPDevice.objects.get(user=user)
    assert "data:image/svg+xml" in page
    done = client.post(SETUP, {"code": now(device)}).content.decode()
    assert len(re.findall(r"<li><strong class=\"secret\">\w{4}-\w{4}</strong>", done)) == 10
    assert client.get("/").status_code == 200
    client.post("/logout/")
    log_in(client)
    assert (client.get("/").status_code, client.get("/")["Location"]) == (302, PAGE)
    TOTPDevice.objects.update(last_t=-1)
    assert client.post(PAGE, {"code": now(device)})["Location"] == "/"
    assert client.get("/").status_code == 200


def test_the_way_leads_on_to_where_one_wanted(client, user):
    device, _codes = set_up(user)
    client.post("/login/", {"username": "zhoumy", "password": PASSWORD, "next": "/inbox/"})
    assert client.post(PAGE, {"code": now(device)})["Location"] == "/inbox/"


def test_until_then_every_page_and_the_api_stay_shut(client, user):
    set_up(user)
    log_in(client)
    for path in ("/", "/proposals/", "/inbox/", "/password/", "/logins/", SETUP, "/admin/"):
        assert (path, client.get(path)["Location"]) == (path, PAGE)
    assert client.get("/help/").status_code == 200
    refused = client.get("/api/v1/me/")
    assert (refused.status_code, refused.json()["code"]) == (403, "second_factor_required")
    assert refused["Content-Type"] == "application/problem+json"
    state = client.get("/session/").json()
    assert (state["user"], state["seconds"]) == (None, 0)


def test_a_wrong_code_and_a_used_one_are_refused(client, user):
    device, _codes = set_up(user)
    log_in(client)
    wrong = client.post(PAGE, {"code": "000000" if now(device) != "000000" else "111111"})
    assert (wrong.status_code, "动态口令不对，或已经用过" in wrong.content.decode()) == (400, True)
    assert "连续输错，等待时间会越来越长。" in wrong.content.decode()
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    used = now(device)
    client.post(PAGE, {"code": used})
    client.post("/logout/")
    log_in(client)
    assert client.post(PAGE, {"code": used}).status_code == 400


def test_guessing_is_slowed_down(client, user):
    device, _codes = set_up(user)
    log_in(client)
    client.post(PAGE, {"code": "abcdef"})
    assert client.post(PAGE, {"code": now(device)}).status_code == 400


def test_a_paper_code_works_once(client, user):
    _device, codes = set_up(user)
    log_in(client)
    assert client.post(PAGE, {"code": codes[0].upper()})["Location"] == "/"
    client.post("/logout/")
    log_in(client)
    assert client.post(PAGE, {"code": codes[0]}).status_code == 400


def test_the_dialog_over_a_page_sends_to_another_window(client, user):
    set_up(user)
    answer = log_in(client, headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["errors"]["password"][0][:10]) == (400, "密码正确，还要动态口")


def test_switching_it_off_needs_a_code(client, user):
    device, _codes = set_up(user)
    log_in(client)
    client.post(PAGE, {"code": now(device)})
    TOTPDevice.objects.update(last_t=-1)
    client.post(SETUP, {"code": "abcdef"})
    assert second_factor.device_of(user) is not None
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    client.post(SETUP, {"code": now(device)})
    assert second_factor.device_of(user) is None


def test_level_three_wants_it_of_whoever_may_enter_the_admin(client, settings):
    settings.DJBH_LEVEL = "3"
    c = make.county()
    for user, wanted in ((c.staff, True), (c.dispatch, True), (c.author, False), (c.operator, False)):
        assert (str(user), second_factor.is_required(type(user).objects.get(pk=user.pk))) == (str(user), wanted)
    c.staff.username = "zhoumy"
    c.staff.set_password(PASSWORD)
    c.staff.save()
    log_in(client)
    page = client.get(PAGE).content.decode()
    assert "按等级保护要求登录时须用动态口令，请先设置" in page
    client.post(PAGE, {"code": now(TOTPDevice.objects.get(user=c.staff))})
    assert client.get("/admin/").status_code == 200
    TOTPDevice.objects.update(last_t=-1)
    refused = client.post(SETUP, {"code": now(TOTPDevice.objects.get(user=c.staff))})
    assert "不能停用" in refused.content.decode()


@pytest.mark.parametrize("given", ["", "000000"])
def test_the_api_asks_for_it_too(client, user, given):
    set_up(user)
    data = {"username": "zhoumy", "password": PASSWORD, "device": "手机", "code": given}
    answer = client.post("/api/v1/auth/login/", data, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (
        401,
        "second_factor_wrong" if given else "second_factor_required",
    )


def test_the_api_takes_the_right_code(client, user):
    device, _codes = set_up(user)
    data = {"username": "zhoumy", "password": PASSWORD, "device": "手机", "code": now(device)}
    assert client.post("/api/v1/auth/login/", data, content_type="application/json").status_code == 200


def test_the_api_sends_staff_of_level_three_to_the_browser(client, user, settings):
    settings.DJBH_LEVEL = "3"
    people.appoint(user, people.organization("office", "县政协办公室"), "staff")
    data = {"username": "zhoumy", "password": PASSWORD, "device": "手机"}
    answer = client.post("/api/v1/auth/login/", data, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "second_factor_setup")


def appointed(user, settings) -> None:
    settings.DJBH_LEVEL = "3"
    people.appoint(user, people.organization("office", "县政协办公室"), "staff")


def test_a_device_of_before_waits_until_it_is_set_up(user, settings):
    _device, token = devices.log_in(user, "手机")
    phone = Client(headers={"authorization": f"Token {token}"})
    assert phone.get("/api/v1/me/").status_code == 200
    appointed(user, settings)
    refused = phone.get("/api/v1/me/")
    assert (refused.status_code, refused.json()["code"]) == (403, "second_factor_setup")
    set_up(user)
    assert phone.get("/api/v1/me/").status_code == 401


def test_setting_it_up_ends_every_other_log_in(client, user):
    other = Client()
    log_in(other)
    log_in(client)
    devices.log_in(user, "手机")
    client.get(SETUP)
    client.post(SETUP, {"code": now(TOTPDevice.objects.get())})
    assert (client.get("/").status_code, other.get("/")["Location"]) == (200, "/login/?next=/")
    assert DeviceToken.objects.count() == 0


def test_whoever_is_appointed_in_mid_session_is_sent_to_the_page(client, user, settings):
    log_in(client)
    appointed(user, settings)
    assert client.get("/proposals/")["Location"] == PAGE
    assert client.get("/api/v1/me/").json()["code"] == "second_factor_required"
    assert "请先设置" in client.get(PAGE).content.decode()
    client.post(PAGE, {"code": now(TOTPDevice.objects.get())})
    assert client.get("/proposals/").status_code == 200


def test_whoever_has_one_already_is_asked_for_it_in_mid_session(client, user, settings):
    log_in(client)
    appointed(user, settings)
    device = TOTPDevice.objects.create(user=user, confirmed=True)
    assert client.post(PAGE, {"code": now(device)})["Location"] == "/"
    assert client.get("/").status_code == 200


def test_two_windows_that_began_at_once(client, user):
    log_in(client)
    first, _second = [TOTPDevice.objects.create(user=user, confirmed=False) for _ in range(2)]
    page = client.get(SETUP)
    assert (page.status_code, "等待时间会越来越长" in page.content.decode()) == (200, True)
    client.post(SETUP, {"code": now(first)})
    assert list(TOTPDevice.objects.values_list("pk", "confirmed")) == [(first.pk, True)]


@pytest.mark.django_db(transaction=True)
def test_two_windows_at_once_wait_for_the_same_code(user):
    def begin(_number) -> int:
        try:
            return second_factor.begin(user).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as windows:
        assert len(set(windows.map(begin, range(8)))) == 1


def test_what_was_done_stands_in_the_history(user):
    from workflow import changes

    set_up(user)
    second_factor.switch_off(user)
    assert [entry.action for entry in changes.of_object(user)][:2] == ["停用动态口令", "启用动态口令"]

"""账号安全: where one is logged in, and ending it."""

import time

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from members import devices, logins
from members.models import BrowserLogin, DeviceToken
from tests.factories import people
from xiping_cppcc.middleware import SEEN

pytestmark = pytest.mark.django_db
PASSWORD = "Begonia-2026-xp"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0"


@pytest.fixture
def user():
    who = people.member("周明远")
    who.username = "zhoumy"
    who.set_password(PASSWORD)
    who.save()
    return who


def browser(agent: str = EDGE) -> Client:
    client = Client(headers={"user-agent": agent})
    assert client.post("/login/", {"username": "zhoumy", "password": PASSWORD}).status_code == 302
    return client


@pytest.mark.parametrize(("agent", "words"), [
    (EDGE, "Windows 上的 Edge"),
    ("Mozilla/5.0 (Linux; Android 10) Chrome/80 MicroMessenger/8.0", "安卓上的 微信"),
    ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) Safari/604.1", "苹果手机上的 Safari"),
    ("curl/8", "未知设备上的 浏览器"),
])  # fmt: skip
def test_programs_by_the_names_people_use(agent, words):
    assert logins.program_of(agent) == words


def test_each_log_in_is_listed_and_this_one_named(user):
    browser("Mozilla/5.0 (iPhone) Safari/604.1")
    here = browser()
    page = here.get("/logins/").content.decode()
    assert (page.count("苹果手机上的 Safari</th>"), page.count("Windows 上的 Edge</th>"), page.count("就是这里")) == (
        1,
        1,
        1,
    )


def test_another_browser_is_ended(user):
    other, here = browser(), browser()
    first = BrowserLogin.objects.order_by("started_at").first()
    here.post("/logins/end/", {"what": f"browser:{first.pk}"})
    assert (other.get("/").status_code, here.get("/").status_code) == (302, 200)


def test_all_others_are_ended(user):
    others, here = [browser(), browser()], browser()
    answer = here.post("/logins/end/", {"what": "others"}, follow=True)
    assert "已让其他 2 处浏览器退出登录。" in answer.content.decode()
    assert [client.get("/").status_code for client in (*others, here)] == [302, 302, 200]


def test_a_device_is_ended(user):
    device, _token = devices.log_in(user, "周明远的手机")
    here = browser()
    here.post("/logins/end/", {"what": f"device:{device.public_id}"})
    assert DeviceToken.objects.count() == 0


@pytest.mark.parametrize(
    "what",
    [
        "",
        "browser:",
        "browser:999999",
        "browser:²",
        f"browser:{'1' * 5000}",
        "browser:" + "9" * 18,
        "device:x",
        "nothing",
    ],
)
def test_nonsense_and_other_people_s_are_not_found(user, what):
    assert browser().post("/logins/end/", {"what": what}).status_code == 404


def test_devices_that_are_over_are_not_listed(user):
    devices.log_in(user, "过期的手机")
    DeviceToken.objects.update(expiry=timezone.now())
    devices.log_in(user, "改密码前的手机")
    DeviceToken.objects.filter(name="改密码前的手机").update(password_mark="x")
    devices.log_in(user, "在用的手机")
    page = browser().get("/logins/").content.decode()
    shown = [name in page for name in ("过期的手机", "改密码前的手机", "在用的手机")]
    assert shown == [False, False, True]


def test_browsers_idle_for_too_long_are_not_listed_but_ended_with_the_others(user, settings):
    idle, here = browser("Mozilla/5.0 (iPhone) Safari/604.1"), browser()
    idle.get("/")
    session = idle.session
    session[SEEN] = time.time() - settings.SESSION_IDLE.total_seconds() - 1
    session.save()
    assert "苹果手机上的 Safari" not in here.get("/logins/").content.decode()
    assert "没有其他浏览器在登录。" in here.post("/logins/end/", {"what": "others"}, follow=True).content.decode()
    assert (BrowserLogin.objects.count(), Session.objects.count()) == (1, 1)


def test_nobody_ends_somebody_else_s(user):
    stranger = Client()
    stranger.force_login(people.member("丁一"), "members.backends.AppointmentBackend")
    mine = browser()
    login = BrowserLogin.objects.get(user=user)
    assert stranger.post("/logins/end/", {"what": f"browser:{login.pk}"}).status_code == 404
    assert mine.get("/").status_code == 200


def test_logging_out_takes_it_off_the_list(user):
    browser().post("/logout/")
    assert (BrowserLogin.objects.count(), Session.objects.count()) == (0, 0)


def test_a_new_password_leaves_this_browser_alone(user):
    other, here = browser(), browser()
    data = {"old_password": PASSWORD, "new_password": "Camellia-2027-xp", "again": "Camellia-2027-xp"}
    assert here.post("/password/", data).status_code == 302
    page = here.get("/logins/").content.decode()
    assert (page.count("就是这里"), page.count("Windows 上的 Edge</th>"), other.get("/").status_code) == (1, 1, 302)

"""三员分立: no administrator gets at the accounts of all three duties."""

import pytest
from django.contrib.auth.models import Group
from django_otp.plugins.otp_totp.models import TOTPDevice

from members import duties
from members.models import User

from .scene import administrator, text
from .test_accounts import EVERY_ACTION, USERS, act, saved

pytestmark = pytest.mark.django_db

# By whom, on whose account, whom to ask when it is refused.
KEPT = [
    ("system", duties.SYSTEM, duties.SECURITY), ("system", duties.SECURITY, ""), ("system", duties.AUDIT, duties.SECURITY),
    ("security", duties.SYSTEM, ""), ("security", duties.SECURITY, duties.SYSTEM), ("security", duties.AUDIT, ""),
]  # fmt: skip


def acted_upon(user: User) -> dict[str, bool]:
    fresh = User.objects.get(pk=user.pk)
    return {
        "give_one_time_passwords": fresh.must_change_password,
        "reset_second_factors": not TOTPDevice.objects.filter(user=user).exists(),
        "switch_off": not fresh.is_active,
        "switch_on": fresh.is_active,
    }


@pytest.mark.parametrize("action", EVERY_ACTION)
@pytest.mark.parametrize(("role", "duty", "whom"), KEPT)
def test_no_administrator_gets_at_the_accounts_of_all(s, role, duty, whom, action):
    other = administrator(duty, "管四")
    User.objects.filter(pk=other.pk).update(is_active=action != "switch_on")
    TOTPDevice.objects.create(user=other, confirmed=True)
    page = text(act(s.client(role), action, other))
    assert acted_upon(other)[action] is not bool(whom)
    assert (f"没有办理：管四。{duty}的账号由{whom}办理，请联系{whom}。" in page) is bool(whom)


def test_the_rows_one_may_not_act_upon_are_left_out(s):
    member, audit = s.users["member"], s.users["audit"]
    page = text(act(s.client("system"), "switch_off", member, audit))
    assert ("已把 1 个账号停用" in page, "没有办理：管三。" in page) == (True, True)
    assert (acted_upon(member)["switch_off"], acted_upon(audit)["switch_off"]) == (True, False)


def test_the_security_administrator_has_no_say_in_ordinary_passwords(s):
    page = text(act(s.client("security"), "give_one_time_passwords", s.users["member"]))
    assert "没有管理员职责的账号由系统管理员办理，请联系系统管理员。" in page
    assert acted_upon(s.users["member"])["give_one_time_passwords"] is False


def test_the_form_switches_off_no_account_that_the_button_leaves_alone(s):
    audit = s.users["audit"]
    page = text(s.client("system").get(f"{USERS}{audit.pk}/change/"))
    assert "启用和停用：审计管理员的账号由安全管理员办理，请联系安全管理员。" in page
    saved(s.client("system"), audit, is_active="")
    assert User.objects.get(pk=audit.pk).is_active
    saved(s.client("security"), audit, is_active="", duty=Group.objects.get(name=duties.AUDIT).pk)
    assert not User.objects.get(pk=audit.pk).is_active


def test_a_superuser_acts_on_everybody_and_nobody_else_on_a_superuser(s):
    root = User.objects.create_superuser("root")
    assert "拥有全部权限的账号只能由同样的账号办理" in text(act(s.client("system"), "give_one_time_passwords", root))
    client = s.client("member")
    client.force_login(root, backend="members.backends.AppointmentBackend")
    act(client, "switch_off", *(s.users[role] for role in ("system", "security", "audit")))
    assert User.objects.filter(groups__isnull=False, is_active=True).count() == 0


def test_a_set_up_that_never_got_a_code_is_reset_too(s):
    member = s.users["member"]
    TOTPDevice.objects.create(user=member, confirmed=False)
    assert "已重置 1 个账号的动态口令" in text(act(s.client("system"), "reset_second_factors", member))
    assert acted_upon(member)["reset_second_factors"]

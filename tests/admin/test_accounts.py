"""Accounts, one-time passwords, duties, and who may give rights to whom."""

import re

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import Group

from members import duties
from members.models import Appointment, Member, Organization, User
from members.posts import posts_of
from tests.factories import county as make
from tests.factories import people

from .scene import text

pytestmark = pytest.mark.django_db
USERS = "/admin/members/user/"
EVERY_ACTION = ["give_one_time_passwords", "reset_second_factors", "switch_off", "switch_on"]


def act(client, name: str, *users: User):
    page = client.get(USERS)
    choices = [key for key, _label in page.context["action_form"].fields["action"].choices if key]
    return client.post(
        USERS, {"action": choices, "index": choices.index(name), "_selected_action": [u.pk for u in users]}, follow=True
    )


def given_password(response) -> str:
    return re.search(r"<code>([a-z0-9-]+)</code>", text(response))[1]


# --- one-time passwords ---
def test_a_one_time_password_works_once_and_must_be_changed(s, client):
    who = s.users["member"]
    answer = act(s.client("system"), "give_one_time_passwords", who)
    assert "no-store" in answer["Cache-Control"]
    password = given_password(answer)
    client.post("/login/", {"username": who.username, "password": password})
    assert client.get("/proposals/")["Location"] == "/password/"
    own = {"old_password": password, "new_password": "Begonia-2026-xp", "again": "Begonia-2026-xp"}
    assert client.post("/password/", own).status_code == 302
    assert client.get("/proposals/").status_code == 200
    client.logout()
    page = client.post("/login/", {"username": who.username, "password": password})
    assert (page.status_code, "_auth_user_id" in client.session) == (200, False)


def test_it_is_kept_nowhere_and_leaves_a_trace(s):
    answer = act(s.client("system"), "give_one_time_passwords", s.users["member"])
    history = text(s.client("audit").get(f"{USERS}{s.users['member'].pk}/history/"))
    assert ("发放一次性密码" in history, given_password(answer) in history, "管一" in history) == (True, False, True)


def test_not_for_oneself_and_not_for_a_switched_off_account(s):
    me, off = s.users["system"], people.user("停用者", is_active=False)
    answer = act(s.client("system"), "give_one_time_passwords", me, off)
    assert "所选账号都已停用、不由您办理，或是您自己的账号" in text(answer)
    assert User.objects.filter(must_change_password=True).count() == 0


@pytest.mark.parametrize("role", ["security", "audit"])
def test_only_the_system_administrator_gives_them_to_ordinary_accounts(s, role):
    page = s.client(role).get(USERS)
    form = page.context["action_form"]
    choices = [key for key, _label in form.fields["action"].choices if key] if form else []
    assert choices == {"security": EVERY_ACTION, "audit": []}[role]
    sent = {"action": "give_one_time_passwords", "index": "0", "_selected_action": [s.users["member"].pk]}
    s.client(role).post(USERS, sent)
    assert User.objects.filter(must_change_password=True).count() == 0


# --- switching off ---
def test_a_switched_off_account_is_out_at_once(s):
    member, client = s.users["member"], s.client("member")
    assert client.get("/proposals/").status_code == 200
    answer = act(s.client("security"), "switch_off", member)
    assert "已把 1 个账号停用。本人立即不能登录，已登录的也会退出。" in text(answer)
    assert client.get("/proposals/").status_code == 302
    act(s.client("system"), "switch_on", member)
    assert User.objects.get(pk=member.pk).is_active


def test_nobody_switches_off_oneself(s):
    answer = act(s.client("system"), "switch_off", s.users["system"])
    assert "您自己的账号由其他管理员处理" in text(answer)
    assert User.objects.get(pk=s.users["system"].pk).is_active


# --- duties ---
def saved(client, user: User, **data):
    form = {"username": user.username, "phone": user.phone or "", "person": user.person_id or "", "is_active": "on"}
    return client.post(f"{USERS}{user.pk}/change/", {**form, **data}, follow=True)


def duties_of(user: User) -> list[str]:
    return list(User.objects.get(pk=user.pk).groups.values_list("name", flat=True))


def test_the_security_administrator_gives_one_duty_or_none(s):
    who, audit = people.user("新管理员"), Group.objects.get(name=duties.AUDIT)
    saved(s.client("security"), who, duty=audit.pk)
    assert duties_of(who) == [duties.AUDIT]
    saved(s.client("security"), who, duty=Group.objects.get(name=duties.SYSTEM).pk)
    assert duties_of(who) == [duties.SYSTEM]
    saved(s.client("security"), who, duty="")
    assert duties_of(who) == []


def test_the_system_administrator_cannot_give_duties(s):
    who = people.user("新管理员")
    saved(s.client("system"), who, duty=Group.objects.get(name=duties.AUDIT).pk, groups=[1, 2, 3])
    assert duties_of(who) == []


def test_the_security_administrator_cannot_give_an_account_to_somebody_else(s):
    who, other = s.users["operator"], people.person("他人")
    saved(s.client("security"), who, username="x", person=other.pk)
    fresh = User.objects.get(pk=who.pk)
    assert (fresh.username, fresh.person_id) == (who.username, who.person_id)


@pytest.mark.parametrize("role", ["system", "security"])
def test_nobody_changes_their_own_account(s, role):
    me = s.users[role]
    page = s.client(role).get(f"{USERS}{me.pk}/change/")
    assert "不能修改您本人的账号，请由其他管理员办理" in text(page)
    answer = saved(s.client(role), me, duty=Group.objects.get(name=duties.AUDIT).pk)
    assert (answer.status_code, duties_of(me)) == (403, [{"system": duties.SYSTEM, "security": duties.SECURITY}[role]])


def test_a_duty_shows_in_the_history_of_the_account(s):
    who = people.user("新管理员")
    saved(s.client("security"), who, duty=Group.objects.get(name=duties.AUDIT).pk)
    history = text(s.client("audit").get(f"{USERS}{who.pk}/history/"))
    assert re.search(r"加入.*管理员职责：</span>审计管理员", history, re.S)


# --- accounts and people ---
def test_an_account_belongs_to_a_person(s):
    client = s.client("system")
    answer = client.post(f"{USERS}add/", {"username": "nobody", "phone": "", "person": "", "is_active": "on"})
    assert "请选择这个账号属于谁。" in text(answer)
    assert User.objects.filter(username="nobody").count() == 0


def test_a_new_account_has_no_password_and_the_page_says_what_next(s):
    who = people.person("新委员")
    data = {"username": "xinwy", "phone": "", "person": who.pk, "is_active": "on"}
    answer = s.client("system").post(f"{USERS}add/", data, follow=True)
    assert "账号还没有密码。" in text(answer)
    assert User.objects.get(username="xinwy").has_usable_password() is False


def test_an_account_without_a_person_is_nobody(s):
    alone = User.objects.create_user("alone")
    posts = posts_of(alone)
    assert (posts.is_member, posts.held, posts.may_enter_admin) == (False, (), False)


def test_two_accounts_of_one_person_are_refused(s):
    data = {"username": "second", "phone": "", "person": s.users["member"].person_id, "is_active": "on"}
    answer = s.client("system").post(f"{USERS}add/", data)
    assert (answer.status_code, User.objects.filter(username="second").count()) == (200, 0)


# --- who may give rights ---
def appoint(client, person, body: Organization, post: str):
    data = {
        "person": person.pk,
        "organization": body.pk,
        "post": post,
        "title": "",
        "starts": "2026-01-01",
        "ends": "",
        "document_number": "",
    }
    return client.post("/admin/members/appointment/add/", data)


def bodies(s) -> dict[str, Organization]:
    found = {o.kind: o for o in Organization.objects.filter(kind__in=["committee", "dispatch", "office", "unit"])}
    return {**found, "leadership": people.organization("leadership", "县政府领导")}


GUARDED = [
    ("committee", "staff"), ("committee", "reviewer"), ("committee", "head"), ("dispatch", "staff"), ("office", "staff"),
    ("leadership", "leader"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "post"), GUARDED)
@pytest.mark.parametrize("role", ["staff", "head", "office", "system", "security"])
def test_posts_with_rights_are_given_by_the_administrators_only(s, role, kind, post):
    someone = people.person("某人")
    answer = appoint(s.client(role), someone, bodies(s)[kind], post)
    made = Appointment.objects.filter(person=someone).count()
    if role in ("system", "security"):
        assert (answer.status_code, made) == (302, 1)
    else:
        assert "由系统管理员或安全管理员登记。请联系系统管理员或安全管理员办理。" in text(answer)
        assert made == 0


@pytest.mark.parametrize(("kind", "post"), [("unit", "operator"), ("unit", "unit_leader"), ("committee", "member")])
def test_other_posts_are_the_staffs_daily_work(s, kind, post):
    someone = people.person("某人")
    assert appoint(s.client("staff"), someone, bodies(s)[kind], post).status_code == 302


@pytest.mark.parametrize("role", ["staff", "system", "security"])
def test_nobody_appoints_oneself(s, role):
    me = s.users[role].person
    answer = appoint(s.client(role), me, s.c.unit, "operator")
    assert "不能登记或修改您本人的任职，请由其他管理人员办理。" in text(answer)
    assert Appointment.objects.filter(person=me, organization=s.c.unit).count() == 0


def test_a_post_with_rights_is_shown_to_the_staff_and_not_changed(s):
    post = Appointment.objects.get(person=s.users["dispatch"].person)
    url = f"/admin/members/appointment/{post.pk}/change/"
    client = s.client("staff")
    assert "由系统管理员或安全管理员登记" in text(client.get(url))
    assert client.post(url, {"ends": "2026-01-01"}).status_code == 403
    assert Appointment.objects.get(pk=post.pk).ends is None


def test_a_plain_post_cannot_be_turned_into_one_with_rights(s):
    post = Appointment.objects.get(person=s.users["operator"].person)
    data = {"person": post.person_id, "organization": bodies(s)["dispatch"].pk, "post": "staff", "starts": "2022-04-01"}
    s.client("staff").post(f"/admin/members/appointment/{post.pk}/change/", data)
    assert Appointment.objects.get(pk=post.pk).organization_id == post.organization_id


def person_form(person, **rows):
    prefix = {"seats": 0, "appointments": 0}
    data = {"name": person.name, "pinyin": "", "phone": "", "email": ""}
    for name in prefix:
        mine = rows.get(name, [])
        data |= {
            f"{name}-TOTAL_FORMS": len(mine),
            f"{name}-INITIAL_FORMS": 0,
            f"{name}-MIN_NUM_FORMS": 0,
            f"{name}-MAX_NUM_FORMS": 1000,
        }
        for n, row in enumerate(mine):
            data |= {f"{name}-{n}-{key}": value for key, value in {**row, "id": "", "person": person.pk}.items()}
    return data


def test_the_rows_on_a_persons_page_obey_the_same_rule(s):
    someone, url = people.person("某人"), "/admin/members/person/{}/change/"
    row = {"organization": bodies(s)["dispatch"].pk, "post": "staff", "title": "", "starts": "2026-01-01", "ends": ""}
    answer = s.client("staff").post(url.format(someone.pk), person_form(someone, appointments=[row]))
    assert "由系统管理员或安全管理员登记" in text(answer)
    assert Appointment.objects.filter(person=someone).count() == 0
    plain = {**row, "organization": s.c.unit.pk, "post": "operator"}
    assert s.client("staff").post(url.format(someone.pk), person_form(someone, appointments=[plain])).status_code == 302
    assert Appointment.objects.get(person=someone).organization == s.c.unit


def test_nobody_gives_oneself_a_seat(s):
    me = s.users["staff"].person
    seat = {"term": people.term().pk, "seat_kind": "member", "starts": "2026-01-01"}
    answer = s.client("staff").post("/admin/members/member/add/", {"person": me.pk, **seat})
    assert "不能登记或修改您本人的委员席位" in text(answer)
    on_own_page = s.client("staff").post(f"/admin/members/person/{me.pk}/change/", person_form(me, seats=[seat]))
    assert (on_own_page.status_code, Member.objects.filter(person=me).count()) == (403, 0)


def change_organization(client, body: Organization, **data):
    now = {
        "kind": body.kind, "name": body.name, "short_name": body.short_name, "code": body.code or "", "system": body.system,
        "parent": "", "pinyin": body.pinyin, "order": body.order, "starts": body.starts.isoformat(), "ends": "",
    }  # fmt: skip
    return client.post(f"/admin/members/organization/{body.pk}/change/", {**now, **data})


@pytest.mark.parametrize("data", [{"kind": "dispatch"}, {"kind": "committee"}, {"code": "proposals2"}])
def test_an_organization_is_not_made_one_with_rights_by_the_staff(s, data):
    unit = s.c.unit
    answer = change_organization(s.client("staff"), unit, **data)
    assert "决定使用权限，由系统管理员或安全管理员修改。" in text(answer)
    assert Organization.objects.get(pk=unit.pk).kind == "unit"
    assert change_organization(s.client("system"), unit, **data).status_code == 302


def test_names_and_systems_of_units_are_the_staffs_daily_work(s):
    assert change_organization(s.client("staff"), s.c.unit, name="县教育体育局", system="party").status_code == 302
    assert Organization.objects.get(pk=s.c.unit.pk).name == "县教育体育局"


def test_a_new_dispatch_office_is_the_administrators_business(s):
    data = {"kind": "dispatch", "name": "新督查室", "system": "", "order": "0", "starts": "2026-01-01"}
    answer = s.client("staff").post("/admin/members/organization/add/", data)
    assert "决定使用权限" in text(answer)
    assert s.client("system").post("/admin/members/organization/add/", data).status_code == 302


# --- contact data, and locks ---
def test_who_may_only_look_sees_the_head_and_tail_of_a_number(s):
    person = s.users["operator"].person
    person.phone, person.email = "13812345678", "wuxl@example.com"
    person.save()
    url = f"/admin/members/person/{person.pk}/change/"
    assert "13812345678" in text(s.client("staff").get(url))
    page = text(s.client("dispatch").get(url))
    assert ("13812345678" in page, "138****5678" in page, "wuxl@" in page) == (False, True, False)
    assert "13812345678" not in text(s.client("audit").get(f"/admin/members/person/{person.pk}/history/"))


def test_a_lock_is_lifted(s, settings):
    settings.AXES_FAILURE_LIMIT = 3
    AccessAttempt.objects.create(username="weiyuan", user_agent="", failures_since_start=3)
    url = "/admin/axes/accessattempt/"
    attempt = AccessAttempt.objects.get()
    sent = {"action": "unlock", "index": "0", "_selected_action": [attempt.pk]}
    assert s.client("audit").post(url, sent).status_code in (200, 302)
    assert AccessAttempt.objects.count() == 1
    answer = s.client("security").post(url, sent, follow=True)
    assert "已解除 1 个账号的锁定，现在可以重新登录。" in text(answer)
    assert AccessAttempt.objects.count() == 0


def test_the_way_of_a_case_is_unknown_to_the_administrators(s):
    make.filed(s.c)
    for role in ("system", "security"):
        assert "导入提案台账" not in text(s.client(role).get("/admin/"))

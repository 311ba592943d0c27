"""Statements that are built once: each answer is the asker's own and of this moment, as the ORM and Django would give it."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from members import devices
from members.backends import AppointmentBackend
from members.sessions import SessionStore
from notices.inbox import unread_count
from notices.models import Message
from tests.factories import people

pytestmark = pytest.mark.django_db
BACKEND = AppointmentBackend()


def account(pk: int):
    return BACKEND.get_user(pk)


def test_an_account_is_read_as_it_is_now(django_assert_num_queries):
    first, second, nobody = people.user("甲"), people.user("乙"), get_user_model().objects.create_user("unnamed")
    for user in (first, second, nobody, first):
        with django_assert_num_queries(1):
            read = account(user.pk)
            name = str(read)
        same = get_user_model().objects.select_related("person").get(pk=user.pk)
        for one, other in ((read, same), (read.person, same.person)):
            values = [{key: value for key, value in vars(row or user).items() if key[0] != "_"} for row in (one, other)]
            assert values[0] == values[1]
        assert (name, read._state.db, read._state.adding) == (str(same), "default", False)
    second.person.name = "丙"
    second.person.save()
    get_user_model().objects.filter(pk=first.pk).update(is_active=False)
    assert (account(first.pk), str(account(second.pk)), account(10**9)) == (None, "丙", None)


def test_rights_are_those_of_today_and_of_this_account():
    one, other, group = people.user(), people.user(), Group.objects.create(name="试")
    own, grouped = (
        Permission.objects.get(codename="view_session", content_type__app_label="sessions"),
        Permission.objects.get(codename="view_permission"),
    )
    group.permissions.add(grouped)
    one.user_permissions.add(own)
    one.groups.add(group)
    names = {"sessions.view_session", "auth.view_permission"}
    held = lambda user: names & BACKEND.get_all_permissions(account(user.pk))  # noqa: E731
    assert (held(one), held(other)) == (names, set())
    assert [account(one.pk).has_module_perms(app) for app in ("sessions", "auth", "proposals")] == [True, True, False]
    one.user_permissions.clear()
    assert held(one) == {"auth.view_permission"}
    group.permissions.clear()
    assert held(one) == set()
    closed = account(other.pk)
    other.user_permissions.add(own)
    closed.is_active = False
    assert (closed.has_perm("sessions.view_session"), BACKEND.get_user_permissions(closed)) == (False, set())


def test_a_device_and_an_inbox_answer_for_their_own():
    one, other = people.user("甲"), people.user("乙")
    mine, theirs = devices.log_in(one, "手机")[1], devices.log_in(other, "平板")[1]
    assert [devices.recognise(token).user for token in (mine, theirs, mine)] == [one, other, one]
    Message.objects.create(recipient=one, subject="消息")
    assert [unread_count(user) for user in (one, other, one)] == [1, 0, 1]
    get_user_model().objects.filter(pk=other.pk).update(is_active=False)
    one.auth_token_set.update(expiry=timezone.now() - timedelta(seconds=1))
    assert [devices.recognise(token) for token in (mine, theirs)] == [None, None]


def test_sessions_are_django_s_own():
    kept = SessionStore()
    kept["who"] = 1
    kept.save()
    other = SessionStore()
    other["who"] = 2
    other.save()
    key = kept.session_key
    assert [SessionStore(one)["who"] for one in (key, other.session_key, key)] == [1, 2, 1]
    assert db.SessionStore(key)["who"] == 1  # written before and after alike
    again = SessionStore(key)
    again.cycle_key()
    assert (again["who"], SessionStore(again.session_key)["who"], again.session_key != key) == (1, 1, True)
    gone = [key, "x" * 32, "", None]
    Session.objects.filter(pk=again.session_key).update(session_data="not:signed:by-us")
    gone.append(again.session_key)
    Session.objects.filter(pk=other.session_key).update(expire_date=timezone.now())
    gone.append(other.session_key)
    for one in gone:
        store = SessionStore(one)
        assert dict(store.items()) == {}
        assert store.session_key is None or one == again.session_key
    assert SessionStore(again.session_key).exists(other.session_key) is True
    SessionStore.clear_expired()
    assert Session.objects.filter(pk=other.session_key).count() == 0
    again.flush()
    assert (Session.objects.count(), again.session_key) == (0, None)

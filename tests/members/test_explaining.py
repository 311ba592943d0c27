"""Why somebody may do what they may do, and who may see a case: the same clauses that decide."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from members import explaining
from members.models import Appointment, Delegation, Member, User
from members.periods import today
from members.posts import posts_of
from proposals.models import Proposal
from tests.factories import county as make
from tests.factories import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def c():
    return make.county()


def fresh(user) -> User:
    return User.objects.get(pk=user.pk)


def test_posts_and_seats_are_the_grounds(c):
    assert [ground.words for ground in explaining.grounds_of(c.operator)] == ["县教育局经办人（经办人）"]
    assert [ground.words for ground in explaining.grounds_of(c.author)] == ["第十一届委员，未登记界别"]
    Appointment.objects.filter(person=c.operator.person).update(ends=today() - timedelta(days=1))
    assert explaining.grounds_of(c.operator) == []


def test_the_admin_s_rights_follow_the_capacity(c):
    assert explaining.admin_rights_of(fresh(c.operator)) == []
    ((why, rights),) = explaining.admin_rights_of(fresh(c.reviewer))
    assert (why, dict(rights)["提案类别"], dict(rights)["人员"]) == ("提案委员会审查员", "查看", "查看")
    ((why, rights),) = explaining.admin_rights_of(fresh(c.staff))
    assert (why, dict(rights)["人员"]) == ("提案委员会负责人或工作人员", "查看、新增、修改")


def test_roles_are_counted_by_the_clauses(c):
    mine = make.signed(c)
    make.draft(c)
    own = fresh(c.author)
    assert explaining.case_roles_of(own, own) == [
        ("提案", [("第一提案人", 2)]), ("交办", [("第一提案人", 1)]),
    ]  # fmt: skip
    assert explaining.case_roles_of(fresh(c.operator), fresh(c.staff)) == [
        ("提案", [("承办单位经办人", 1)]), ("交办", [("承办单位经办人", 1)]),
    ]  # fmt: skip
    assert mine.unit == c.unit


def test_drafts_that_the_asker_does_not_see_are_not_counted(c):
    make.draft(c)
    assert explaining.case_roles_of(fresh(c.author), fresh(c.staff)) == []


def test_being_the_public_is_no_role_of_somebody(c):
    Proposal.objects.filter(pk=make.filed(c).pk).update(published_at=timezone.now())
    assert explaining.case_roles_of(fresh(c.other_operator), fresh(c.staff)) == []


def test_a_seat_from_a_ledger_gives_no_rights(c):
    Member.objects.filter(person=c.author.person).update(from_ledger=True)
    assert (posts_of(fresh(c.author)).is_member, explaining.grounds_of(c.author)) == (False, [])


def test_a_leave_to_draft_is_a_ground(c):
    leave = {"grantor": c.author.person, "secretary": c.operator.person, "ends": today() + timedelta(days=9)}
    Delegation.objects.create(starts=today(), **leave)
    words = {ground.words: ground.ends for ground in explaining.grounds_of(c.operator)}
    assert words["代周明远起草（起草授权）"] == today() + timedelta(days=9)


def test_the_page_of_a_superuser_says_so(c, client):
    client.force_login(c.staff, backend="members.backends.AppointmentBackend")
    pages = [client.get(reverse("admin:members_user_rights", args=[who.pk])) for who in (c.administrator, c.author)]
    assert ["这是超级管理员账号" in page.content.decode() for page in pages] == [True, False]


def test_who_sees_is_what_each_sees(c):
    for case in (make.draft(c), make.signed(c).proposal):
        everybody = list(User.objects.filter(is_active=True))
        told = {user.pk for user, _roles in explaining.who_sees(case, everybody)}
        assert told == {u.pk for u in everybody if Proposal.objects.visible_to(fresh(u)).filter(pk=case.pk).exists()}


def test_who_sees_says_why(c):
    found = dict(explaining.who_sees(make.signed(c).proposal, [c.operator, c.other_operator, c.author, c.staff]))
    assert found == {c.operator: ["承办单位经办人"], c.author: ["第一提案人"], c.staff: ["提案委工作人员"]}


@pytest.mark.parametrize("count", [1, 30])
def test_many_users_cost_two_queries(c, count):
    case = make.draft(c)
    users = [c.author, *(people.user() for _ in range(count))]
    with CaptureQueriesContext(connection) as asked:
        assert [user for user, _roles in explaining.who_sees(case, users)] == [c.author]
    assert len(asked) == 2

"""A statement kept from an earlier page gives what a new one would; what it cannot give it is not kept for."""

import gc
import weakref
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connections
from django.db.models import Value
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from members import posts
from members.models import Appointment, Post
from members.periods import today
from proposals.models import Assignment, Cosignature, Proposal
from tests.factories import county as make
from tests.factories import people
from workflow.built_once import BuiltOnce, Clauses
from workflow.engine import _for_system
from workflow.querysets import read_case, roles_on
from workflow.transition import all_processes

pytestmark = pytest.mark.django_db


def as_read(row) -> dict | None:
    return row and {name: value for name, value in vars(row).items() if not name.startswith("_")}


def test_everybody_reads_the_same_from_a_kept_statement_as_from_a_new_one(c):
    """Twice the same person, then all the others on the same rows: nobody is given another's statement."""
    replied = make.replied(c, make.signed(c))
    rows = [make.draft(c), make.submitted(c), replied.proposal, replied]
    everybody = [*c.roles().values(), AnonymousUser()]
    for row in rows:
        for user in [*everybody, *everybody]:
            read = as_read(read_case(type(row), row.pk, user))
            seen = type(row).objects.for_acting().visible_to(user).with_roles_of(user).filter(pk=row.pk)
            assert read == as_read(seen.first()), (row, user)


def test_clauses_follow_from_posts_alone(c, django_assert_num_queries):
    """Whatever they asked the database while they are built would stand still from page to page."""
    for user in (*c.roles().values(), AnonymousUser()):
        posts.posts_of(user)
        posts._kept_on.cache_clear()
        vars(user).pop("_of_posts", None)
        with django_assert_num_queries(0):
            for process in all_processes():
                assert isinstance(process.model.role_clauses(user), Clauses), process.name


def again(user):
    """The account as the next request reads it."""
    return type(user).objects.get(pk=user.pk)


def test_kept_from_request_to_request_for_the_same_posts_of_the_same_day(c, monkeypatch):
    first = Proposal.role_clauses(again(c.operator))
    assert Proposal.role_clauses(again(c.operator)) is first
    monkeypatch.setattr(posts, "today", lambda: today() + timedelta(days=1))
    tomorrow = Proposal.role_clauses(again(c.operator))
    assert tomorrow is not first
    people.appoint(c.operator, c.other_unit, Post.OPERATOR)
    assert Proposal.role_clauses(again(c.operator)) is not tomorrow


def test_a_post_that_ends_ends_what_was_kept(c):
    share = make.share(make.assigned(c), c.unit)
    assert roles_on(read_case(Assignment, share.pk, again(c.operator))) == {"operator"}
    Appointment.objects.filter(person=c.operator.person).update(ends=today() - timedelta(days=1))
    assert read_case(Assignment, share.pk, again(c.operator)) is None


def test_accounts_with_the_same_posts_are_kept_apart(c):
    """Two without a person hold the same: nothing. What each has brought or been told is theirs all the same."""
    one, other = people.User.objects.create_user("one"), people.User.objects.create_user("other")
    lead = make.offered_lead(c)
    type(lead).objects.filter(pk=lead.pk).update(contributor=one)
    assert posts.posts_of(one) == posts.posts_of(other)
    for user, held in ((one, {"contributor"}), (other, None), (one, {"contributor"})):
        read = read_case(type(lead), lead.pk, again(user))
        assert (roles_on(read) if read else None) == held


def test_what_is_read_with_a_row_is_part_of_its_name(c):
    """The same person reads the same case for a page, for an act, and by itself, in any order."""
    filed = make.filed(c)
    for rows in ("for_page", "for_acting", "all", "for_list", "for_page"):
        read = read_case(Proposal, filed.pk, c.staff, rows=rows)
        seen = getattr(Proposal.objects, rows)().with_roles_of(c.staff).get(pk=filed.pk)
        assert as_read(read) == as_read(seen), rows
        assert read._state.fields_cache.keys() == seen._state.fields_cache.keys(), rows


def test_a_row_is_locked_inside_a_transaction_only(monkeypatch):
    statement = BuiltOnce(lambda key: Proposal._base_manager.select_for_update().filter(pk=key))
    assert statement.row(1) is None
    monkeypatch.setattr(connections["default"], "get_autocommit", lambda: True)
    with pytest.raises(TransactionManagementError):
        statement.row(1)


def test_what_the_portal_itself_reads_is_of_its_day():
    assert _for_system(Cosignature, date(2026, 3, 1)) is not _for_system(Cosignature, date(2026, 3, 2))


@pytest.mark.parametrize(("moving", "of_a_day"), [(timezone.now, False), (timezone.now, True), (today, False)])
def test_a_statement_that_depends_on_the_moment_is_refused(moving, of_a_day):
    rows = lambda key: Proposal.objects.filter(pk=key).annotate(when=Value(moving()))  # noqa: E731
    with pytest.raises(ValueError, match="cannot be kept"):
        BuiltOnce(rows, of_a_day).row(1)


def test_one_that_is_of_its_day_may_name_it():
    assert BuiltOnce(lambda key: Proposal.objects.filter(pk=key, change_due_on=today()), of_a_day=True).row(1) is None


def test_nothing_of_the_request_is_held(c, client):
    proposal = make.filed(c)
    client.force_login(c.staff)
    posts._kept_on.cache_clear()
    gc.freeze()  # what was there before does not have to be searched
    answer = client.get(f"/proposals/{proposal.pk}/")
    request = weakref.ref(answer.wsgi_request)
    del answer
    gc.collect()
    gc.unfreeze()
    assert request() is None


def test_each_key_gives_its_row_with_what_is_read_with_it(c, django_assert_num_queries):
    one, other = make.draft(c), make.filed(c)
    rows = Proposal.objects.select_related("session").prefetch_related("suggestions")
    statement = BuiltOnce(lambda key: rows.filter(pk=key))
    with django_assert_num_queries(4):
        rows = [statement.row(one.pk), statement.row(other.pk)]
    with django_assert_num_queries(0):
        read = [(row, row.session, [each.text for each in row.suggestions.all()]) for row in rows]
    assert read == [(row, c.session, list(row.suggestions.values_list("text", flat=True))) for row in (one, other)]
    assert [statement.row(key) for key in (None, 0, -1, 2**63, 10**30)] == [None] * 5

"""An act reads the roles it needs; a role that was not read is never taken for one that is not held."""

import pytest

from proposals.models import Assignment, Proposal
from tests.counts import WHOLE
from tests.factories import county as make
from workflow.querysets import read_case, roles_among, roles_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(c):
    """A draft, a case under review, and one whose unit has answered, with its share."""
    replied = make.replied(c, make.signed(c))
    return [make.draft(c), make.submitted(c), replied.proposal, replied]


def read(row, user, roles):
    return read_case(type(row), row.pk, user, roles)


def test_whatever_is_read_first_everybody_holds_what_they_hold(c, rows):
    """Each row × person, and each role, or with small counts two: asked for before or only afterwards, as on the page."""
    for row in rows:
        for turn, user in enumerate(c.roles().values()):
            page = read_case(type(row), row.pk, user, rows="all")
            held = roles_on(page) if page else None
            names = sorted(type(row).role_names())
            for role in names if WHOLE else {*(held or ()), names[turn % len(names)]}:
                acting = read(row, user, {role})
                assert (roles_on(acting) if acting else None) == held, (row, user, role)
                acting = read(row, user, set())
                assert (roles_among(acting, {role}) if acting else None) == (held and held & {role}), (row, user, role)


def test_roles_of_the_act_cost_no_statement_of_their_own_and_others_one(c, django_assert_num_queries):
    mine = make.replied(c, make.signed(c))
    Assignment.role_clauses(c.author)  # reads and keeps the author's posts, as the page before the act does
    with django_assert_num_queries(1):
        row = read(mine, c.author, {"author", "contact"})
        assert roles_among(row, {"author"}) == {"author"}
    with django_assert_num_queries(1):
        assert "staff" not in roles_on(row)
        assert roles_among(row, {"staff", "operator"}) == set()


def test_who_sees_the_case_is_refused_and_who_does_not_finds_nothing(c):
    draft, filed = make.draft(c), make.filed(c)
    assert read(draft, c.cosigner, {"staff"}) is None
    assert read(filed, c.staff, {"author"}) is not None
    assert {type(row) for row in (read(filed, c.dispatch, {"head"}),)} == {Proposal}
    share = make.share(make.assigned(c), c.unit)
    assert isinstance(read(share, c.operator, {"staff"}), Assignment)
    assert read(share, c.other_operator, {"staff"}) is None

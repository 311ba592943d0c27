"""The demonstration county: its people are such as one meets."""

from datetime import date
from random import Random

import pytest

from members.models import Member, Person
from portal.demo import county, places

pytestmark = pytest.mark.django_db


@pytest.fixture
def built():
    return county.build(Random(1), date(2026, 11, 25))


def test_posts_fit_where_people_work(built):
    odd = [
        (who.employer, who.position) for who in Person.objects.all()
        if who.position not in places.positions_at(who.employer)
    ]  # fmt: skip
    assert odd == []
    assert places.positions_at("县气象局") == ("副局长", "科长", "科员")
    assert "主任医师" not in places.positions_at("县公安局")


def test_the_member_who_logs_in_is_an_ordinary_one(built):
    kinds = Member.objects.filter(person__in=built.featured).values_list("seat_kind", flat=True)
    assert set(kinds) == {"member"}
    assert not [who for _body, who in built.collectives if who in built.featured]

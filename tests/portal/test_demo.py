"""The demonstration county: the same for the same seed, only once in a database, its people such as one meets."""

import io
from datetime import date, datetime
from random import Random

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone

from members.models import Member, Person
from portal.demo import county, places
from proposals.models import Assignment, Proposal, Reply
from tests.factories import people
from tests.factories.people import SHANGHAI
from workflow.models import Event

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 9, 15, 10, 1, 2, 345678, tzinfo=SHANGHAI)


def seed() -> str:
    out = io.StringIO()
    call_command("seed_demo", scale=0.1, stdout=out)
    return out.getvalue().strip()


def rows() -> list[list[tuple]]:
    """What was made, by what does not depend on keys."""
    return [
        list(Person.objects.order_by("phone").values_list("name", "phone", "employer")),
        list(
            Proposal.objects.order_by("pk").values_list(
                "title", "state", "serial", "receipt_number", "submitted_at", "first_proposer__name", "replied_at"
            )
        ),
        list(Assignment.objects.order_by("pk").values_list("unit__name", "state", "due_on", "replied_at")),
        list(Reply.objects.order_by("pk").values_list("result_class", "sent_at", "letter_serial")),
        list(Event.objects.order_by("pk").values_list("act", "happened_at", "actor_name")),
    ]


def made_at(moment: datetime, monkeypatch) -> list[list[tuple]]:
    """The rows of a county filled at that moment, which is taken back."""
    monkeypatch.setattr(timezone, "now", lambda: moment)
    with transaction.atomic():
        seed()
        found = rows()
        transaction.set_rollback(True)
    return found


def test_the_same_seed_minutes_apart_gives_the_same_rows(monkeypatch):
    first = made_at(MORNING, monkeypatch)
    assert made_at(MORNING.replace(minute=4, second=59), monkeypatch) == first


def test_a_second_time_changes_nothing_and_says_so():
    seed()
    before = rows()
    assert seed() == "演示县已经在数据库中，没有改动。演示账号见 manage.py demo_logins。"
    assert rows() == before


def test_a_database_with_other_people_is_refused():
    people.person("张三")
    with pytest.raises(CommandError) as refused:
        seed()
    assert str(refused.value) == (
        "数据库中已有人员或机构，演示数据只写入空数据库。如确需演示，请把 PORTAL_DATA 指到一个新的文件夹。"
    )
    assert list(Person.objects.values_list("name", flat=True)) == ["张三"]


def test_no_moment_of_the_story_has_microseconds():
    seed()
    moments = Proposal.objects.exclude(submitted_at=None).values_list("submitted_at", flat=True)
    assert {moment.microsecond for moment in moments} == {0}


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

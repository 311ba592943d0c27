"""Many questions of which most have no answer: one statement finds those that have any, and only they are read."""

import pytest

from members.models import Organization, Person
from tests.factories import people
from workflow.asking import Asked, answers, having_rows

pytestmark = pytest.mark.django_db


def test_only_what_has_rows_is_read_in_the_order_of_the_questions(django_assert_num_queries):
    for name in ("乙", "甲"):
        people.user(name)
    people.organization("unit", "县水利局")
    names = lambda rows: [row.name for row in rows]  # noqa: E731
    units = Organization.objects.filter(kind="unit").prefetch_related("children").order_by("name")
    questions = [
        Asked(Person.objects.filter(name="丙"), names), "已有的答案", Asked(units, names),
        Asked(Person.objects.filter(name__in=["甲", "乙"]).order_by("-pk"), names), Asked(Person.objects.none(), names),
    ]  # fmt: skip
    with django_assert_num_queries(4):  # which have any; two that have, one of them with what is prefetched
        assert list(answers(questions)) == ["已有的答案", "县水利局", "甲", "乙"]
    with django_assert_num_queries(1):
        assert list(answers(questions[:2])) == ["已有的答案"]
    with django_assert_num_queries(0):
        assert (list(answers([])), having_rows([])) == ([], set())
    with django_assert_num_queries(1):
        assert having_rows([one.rows for one in questions if isinstance(one, Asked)]) == {1, 2}

"""Similar cases: found when near, shown only as far as the reader may know, the same each time."""

import pytest

from proposals.similar import similar_cases
from search.similar import refresh
from tests.factories import county as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def index():
    def run():
        done = refresh("proposal")
        return done.written, done.removed

    return run


def test_near_duplicates_first(c, index):
    one = make.filed(c, title="关于加强校园周边交通管理的提案")
    make.filed(c, title="关于推进秸秆综合利用的提案", suggestions=("布设收储点",))
    index()
    found = similar_cases(c.staff, "加强学校门口周边交通管理")
    assert [case.pk for case in found] == [one.pk]

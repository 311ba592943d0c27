"""The list of members in the admin: as a page, as files, and when what is asked for makes no sense."""

import pytest

from documents.kinds import KINDS

from .scene import text

pytestmark = pytest.mark.django_db
LIST = "/admin/members/member/list/"


def test_the_usual_list_needs_no_choice(s):
    page = text(s.client("staff").get(LIST))
    assert "政协西平县第十一届委员会委员名单" in page
    assert page.count("<li>周明远</li>") == 1


@pytest.mark.parametrize("ending", [".docx", ".xlsx"])
def test_it_is_handed_out_as_a_file(s, ending):
    response = s.client("office").get(LIST, {"file": ending})
    assert (response.status_code, response["Content-Type"]) == (200, KINDS[ending].content_type)
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%E6%94%BF%E5%8D%8F")


@pytest.mark.parametrize(("query", "status"), [
    ({"day": "昨天"}, 400), ({"term": "x"}, 400), ({"by": "x"}, 400), ({"order": "%00"}, 400), ({"file": ".exe"}, 200),
])  # fmt: skip
def test_nonsense_is_named(s, query, status):
    assert s.client("staff").get(LIST, query).status_code == status


def test_a_day_without_anybody_says_what_to_do(s):
    assert "这一天没有在任的委员" in text(s.client("staff").get(LIST, {"day": "1990-01-01"}))


def test_units_and_dispatch_offices_do_not_get_it(s):
    assert s.client("dispatch").get(LIST).status_code == 403

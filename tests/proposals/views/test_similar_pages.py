"""Similar cases on the pages: while writing, before submitting (without JavaScript), and for the reviewer."""

import pytest
from django.test import Client

from members.models import Delegation
from proposals import drafting
from proposals.models import Category, Proposal
from search.similar import refresh
from tests.factories import county as make
from tests.factories import people

pytestmark = pytest.mark.django_db

TITLE = "关于加强校园周边交通管理的提案"


@pytest.fixture
def client_of():
    def log_in(user) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return log_in


@pytest.fixture
def past(c):
    """Two handled cases of another member, and the city's category."""
    cases = [make.assigned(c), make.assigned(c)]
    refresh("proposal")
    return cases


def test_the_panel_answers_while_the_title_is_typed_and_offers_what_is_not_chosen(c, past, client_of):
    member = client_of(c.other_member)
    asked = {"title": TITLE, "situation": "", "business_category": ""}
    page = member.post("/proposals/similar/", asked).content.decode()
    assert "找到 2 件相似提案" in page
    assert page.count("data-fill=") == 2
    assert f'data-fill="units" data-value="{c.unit.pk}"' in page
    chosen = asked | {"business_category": c.business.pk, "units": [c.unit.pk]}
    assert "data-fill" not in member.post("/proposals/similar/", chosen).content.decode()
    for title in ("", "关于", "x" * 5000, "\0"):
        answer = member.post("/proposals/similar/", {"title": title, "units": "壹", "proposal": "9" * 30})
        assert (answer.status_code, "similar__case" in answer.content.decode()) == (200, False)
    assert member.get("/proposals/similar/").status_code == 405, "no address holds a title"
    assert Client().post("/proposals/similar/", asked).status_code == 302


def test_before_submitting_they_are_listed_again_filled_in_by_one_press_and_ticked(c, past, browse, client_of):
    proposal = make.draft(c)
    Proposal.objects.filter(pk=proposal.pk).update(business_category=None)
    page = browse(c.author).go(f"/proposals/{proposal.pk}/check/")
    assert "历届提案中有 2 件与本件相近" in page.text
    adopt = f"/proposals/{proposal.pk}/similar/adopt/"
    author = client_of(c.author)
    author.post(adopt, {"field": "business_category", "value": c.business.pk})
    author.post(adopt, {"field": "units", "value": c.unit.pk})
    other = Category.objects.create(system="business", name="其他类别")
    for field, value in (
        ("business_category", other.pk), ("units", c.unit.pk), ("units", "9" * 30), ("title", 1), ("units", ""),
    ):  # fmt: skip
        assert author.post(adopt, {"field": field, "value": value}).status_code == 302
    proposal.refresh_from_db()
    assert (proposal.business_category, list(proposal.suggested_units.all())) == (c.business, [c.unit])
    assert client_of(c.other_member).post(adopt, {"field": "units", "value": c.unit.pk}).status_code == 404
    page = browse(c.author).go(f"/proposals/{proposal.pk}/check/").press("提交", similar_read="on")
    assert page.url.endswith("/receipt/")
    proposal.refresh_from_db()
    assert sorted(proposal.similar_shown) == sorted(case.pk for case in past)
    assert proposal.similar_read_at == proposal.submitted_at
    assert "提交前列出 2 件，提案人已阅" in browse(c.staff).go(f"/proposals/{proposal.pk}/").text


def test_unticked_is_said_to_the_reviewer_and_stops_nobody(c, past, browse):
    proposal = make.draft(c)
    page = browse(c.author).go(f"/proposals/{proposal.pk}/check/").press("提交")
    assert page.url.endswith("/receipt/")
    assert "提交前列出 2 件，提案人没有勾选“已阅”" in browse(c.reviewer).go(f"/proposals/{proposal.pk}/").text


def test_the_page_of_the_act_lists_them_too(c, past, browse):
    proposal = make.cosigning(c)
    page = browse(c.author).go(f"/proposals/{proposal.pk}/acts/submit/")
    assert page.text.count("都提到：") == 2
    assert sorted(Proposal.objects.get(pk=proposal.pk).similar_shown) == sorted(case.pk for case in past)
    page.press("提交", similar_read="on")
    assert Proposal.objects.get(pk=proposal.pk).similar_read_at is not None


def test_whoever_drafts_for_a_member_sees_the_list_and_leaves_no_mark(c, past, browse):
    Delegation.objects.create(grantor=c.author.person, secretary=c.operator.person, starts=people.LONG_AGO)
    proposal = drafting.create(c.operator, member=c.author.person)
    drafting.save(proposal, c.operator, {"title": TITLE})
    assert "历届提案中有 2 件与本件相近" in browse(c.operator).go(f"/proposals/{proposal.pk}/check/").text
    assert Proposal.objects.get(pk=proposal.pk).similar_shown_at is None


def test_the_reviewers_list_has_an_address_of_its_own(c, past, client_of):
    proposal = make.submitted(c)
    url = f"/proposals/{proposal.pk}/similar/"
    asked = {name: client_of(user).get(url).status_code for name, user in c.roles().items()}
    may = {"staff", "head", "reviewer"}
    assert {name for name, status in asked.items() if status == 200} == may
    assert asked["author"] == 403
    assert {status for name, status in asked.items() if name not in may | {"author"}} == {404}
    assert f'hx-get="{url}"' in client_of(c.staff).get(f"/proposals/{proposal.pk}/").content.decode()
    assert f'hx-get="{url}"' not in client_of(c.author).get(f"/proposals/{proposal.pk}/").content.decode()


@pytest.mark.parametrize("hits", [1, 3])
def test_queries_before_submitting(c, client_of, django_assert_num_queries, hits):
    for _ in range(hits):
        make.assigned(c)
    refresh("proposal")
    proposal, author = make.draft(c), client_of(c.author)
    author.get("/proposals/")
    with django_assert_num_queries(18):
        assert author.get(f"/proposals/{proposal.pk}/check/").status_code == 200

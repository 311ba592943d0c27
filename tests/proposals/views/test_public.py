"""What anybody may read without an account: published proposals and replies, and nothing else."""

import pytest
from django.test import Client

from proposals.acts import AssignmentAct, ProposalAct
from proposals.models import Reply
from tests.factories import county as make
from workflow.engine import perform

from .pages import Browser


@pytest.fixture
def anybody():
    return Browser(Client())


def published(c):
    mine = make.replied(c, make.signed(c))
    Reply.objects.update(handler_name="吴小兰", handler_phone="0396-6222333")
    perform(AssignmentAct.RATE, mine, c.author, make.rating(reason="答复很实在"))
    perform(ProposalAct.PUBLISH, mine.proposal, c.staff)
    return mine.proposal


def test_only_what_was_published_is_listed(c, anybody):
    make.submitted(c, title="关于没有公开的提案")
    proposal = published(c)
    page = anybody.go("/public/")
    assert "关于没有公开的提案" not in page.text
    assert "周明远 县教育局" in page.text
    page = page.follow(str(proposal))
    assert "县政协十一届四次会议第 001 号" in page.text
    assert "您提出的提案收悉，现答复如下。" in page.text
    assert "办理结果：A 已解决或基本解决（采纳）" in page.text
    assert "增设减速带" in page.text


def test_never_a_phone_a_rating_or_a_contact(c, anybody):
    text = anybody.go(f"/public/{published(c).pk}/").text
    for hidden in ("0396-6222333", "吴小兰", "答复很实在", "商定办理思路", "办理记录"):
        assert hidden not in text


def test_what_is_not_published_does_not_exist(c, anybody):
    assert anybody.go(f"/public/{make.submitted(c).pk}/").status == 404
    proposal = published(c)
    perform(ProposalAct.UNPUBLISH, proposal, c.staff, {"reason": "撤下"})
    assert anybody.go(f"/public/{proposal.pk}/").status == 404
    assert anybody.go("/public/").status == 200


def test_a_reply_that_is_not_public_is_left_out(c, anybody):
    proposal = published(c)
    Reply.objects.update(disclosure="closed")
    assert "现答复如下" not in anybody.go(f"/public/{proposal.pk}/").text


@pytest.mark.parametrize(
    ("query", "found"), [("校园", True), ("水库", False), ("%00", False), ("x" * 500, False), ("校园&page=zzz", True)]
)
def test_searching(c, anybody, query, found):
    proposal = published(c)
    page = anybody.go(f"/public/?q={query}")
    assert (page.status, page.has_link(str(proposal))) == (200, found)


def test_the_rest_of_the_portal_asks_for_a_log_in(c, anybody):
    proposal = published(c)
    for url in ("/", "/proposals/", f"/proposals/{proposal.pk}/", "/proposals/new/", "/proposals/batch/"):
        assert anybody.client.get(url)["Location"].startswith("/login/")


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(c, anybody, django_assert_num_queries, rows):
    for _ in range(rows):
        published(c)
    with django_assert_num_queries(7):  # four of them are the choices of the filter
        anybody.go("/public/")

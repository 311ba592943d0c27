"""The one list: what each role finds there, its filters, and how many queries it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from proposals.forms.filters import ProposalFilter
from tests.factories import county as make
from tests.factories import people

# The list of an ordinary visit: session and user 2, posts 1, unread messages 1, count 1, rows 1, units of the
# rows 1, sessions 1, categories 1, units 1, calendar 1.
QUERIES = 11


def titles(page) -> list[str]:
    return [
        text for text, href in page.links if href.startswith("/proposals/") and href.count("/") == 3 and text[0] == "关"
    ]


def count_queries(browser, url: str) -> int:
    browser.go(url)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert browser.go(url).status == 200
    return len(seen)


@pytest.mark.parametrize("who", ["author", "staff", "operator", "dispatch"])
@pytest.mark.parametrize("rows", [1, 3])
def test_queries_are_the_same_for_one_row_and_three(c, browse, who, rows):
    for n in range(rows):
        make.assigned(c, division="lead", title=f"关于第 {n} 件事的提案")
    wanted = QUERIES + (who == "author")  # whether there is anything to 附议 is asked for members only
    assert count_queries(browse(getattr(c, who)), "/proposals/?scope=all") == wanted
    assert count_queries(browse(getattr(c, who)), "/proposals/?scope=all&page_size=100") == wanted


def test_queries_are_the_same_for_one_unit_and_a_hundred(c, browse):
    make.assigned(c)
    one = count_queries(browse(c.operator), "/proposals/?scope=all")
    for _ in range(99):
        people.appoint(c.operator, people.organization("unit", system="government"), "operator")
    assert count_queries(browse(c.operator), "/proposals/?scope=all") == one


def test_each_role_starts_with_its_own(c, browse):
    make.draft(c, title="关于草稿的提案")
    make.submitted(c, title="关于已提交的提案")
    make.assigned(c, title="关于已交办的提案")
    found = {
        who: titles(browse(getattr(c, who)).go("/proposals/"))
        for who in ("author", "other_member", "reviewer", "operator", "other_operator", "dispatch")
    }
    assert found == {
        "author": ["关于草稿的提案", "关于已交办的提案", "关于已提交的提案"],
        "other_member": [],
        "reviewer": ["关于已交办的提案", "关于已提交的提案"],
        "operator": ["关于已交办的提案"],
        "other_operator": [],
        "dispatch": ["关于已交办的提案"],
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=submitted", ["关于停车的提案"]),
        ("state=to_assign", []),
        ("state=handling", ["关于校车的提案"]),
        ("q=停车", ["关于停车的提案"]),
        ("q=001", ["关于校车的提案"]),
        ("q=11-4-0002", ["关于停车的提案"]),
        ("kind=individual", ["关于停车的提案", "关于校车的提案"]),
        ("kind=collective", []),
        ("due=overdue", []),
        ("due=open", ["关于校车的提案"]),
        ("o=number", ["关于校车的提案", "关于停车的提案"]),
        ("o=due", ["关于校车的提案", "关于停车的提案"]),
        ("state=nonsense", []),
        ("q=" + "长" * 300, []),
        ("q=%00", []),
        ("unit=abc", []),
        ("page=999&scope=all", ["关于停车的提案", "关于校车的提案"]),
    ],
)
def test_filters(c, browse, query, found):
    make.assigned(c, title="关于校车的提案")
    make.submitted(c, title="关于停车的提案")
    page = browse(c.staff).go(f"/proposals/?{query}")
    assert (page.status, titles(page)) == (200, found)


def test_filter_by_unit_and_category_and_session(c, browse):
    make.assigned(c, title="关于校车的提案")
    staff = browse(c.staff)
    for query, found in [
        (f"unit={c.unit.pk}", ["关于校车的提案"]), (f"unit={c.third_unit.pk}", []),
        (f"category={c.business.pk}", ["关于校车的提案"]), (f"session={c.session.pk}", ["关于校车的提案"]),
    ]:  # fmt: skip
        assert titles(staff.go(f"/proposals/?{query}")) == found


def test_a_filter_in_use_can_be_taken_off(c, browse):
    make.submitted(c)
    page = browse(c.staff).go("/proposals/?scope=all&kind=individual&state=submitted")
    chips = [href for text, href in page.links if text.startswith("提案形式：个人")]
    assert chips == ["?scope=all&state=submitted"]


def test_paging_keeps_the_filter(c, browse):
    for n in range(21):
        make.submitted(c, title=f"关于第 {n} 件事的提案")
    page = browse(c.staff).go("/proposals/?state=submitted&o=submitted")
    assert len(titles(page)) == 20
    following = next(href for text, href in page.links if text == "下一页")
    assert following == "?state=submitted&o=submitted&scope=all&page=2"
    assert len(titles(browse(c.staff).go(f"/proposals/{following}"))) == 1


def test_an_empty_list_says_what_to_do(c, browse):
    assert "您提交、联名的提案会列在这里。" in browse(c.author).go("/proposals/").text
    assert "有需要您办理的提案时，会列在这里。" in browse(c.operator).go("/proposals/").text
    assert "没有符合条件的提案" in browse(c.staff).go("/proposals/?state=closed").text


def test_members_have_no_batch_acts(c, browse):
    make.submitted(c)
    assert "勾选后批量办理" not in browse(c.author).go("/proposals/").text


def test_a_page_of_a_hundred_stays_one(c, browse):
    for n in range(101):
        make.reviewed(c, title=f"关于第 {n} 件事的提案")
    page = browse(c.head).go("/proposals/?state=reviewed")
    assert len(titles(page)) == 20
    page = page.follow("每页显示 100 件")
    assert len(titles(page)) == 100
    following = next(href for text, href in page.links if text == "下一页")
    assert following == "?state=reviewed&scope=all&page_size=100&page=2"
    assert next(href for text, href in page.links if text == "待审查") == "?state=submitted&page_size=100"
    page = page.press("筛选", q="停车")
    assert "page_size=100" in page.response.request["QUERY_STRING"]


def test_the_whole_page_is_filed_without_scripts(c, browse):
    for n in range(21):
        make.reviewed(c, title=f"关于第 {n} 件事的提案")
    page = browse(c.head).go("/proposals/?state=reviewed&page_size=50").follow("勾选本页全部")
    assert len([value for name, value in page.form("立案").values if name == "rows"]) == 21
    page = page.press("立案").press("立案")
    assert "立案：成功 21 件" in page.text
    assert page.response.request["QUERY_STRING"] == "state=reviewed&page_size=50&scope=all&page=1"


@pytest.mark.parametrize("size", ["7", "abc", "-1", "100000", "%00", ""])
def test_a_page_size_that_is_not_offered_is_twenty(c, browse, size):
    for n in range(21):
        make.reviewed(c, title=f"关于第 {n} 件事的提案")
    assert len(titles(browse(c.head).go(f"/proposals/?state=reviewed&page_size={size}"))) == 20


STATES = [
    "submitted", "reviewed", "returned", "to_number", "to_assign", "not_filed", "merged", "withdrawn", "handling",
    "replied", "tripartite", "closed",
]  # fmt: skip


@pytest.mark.parametrize(
    ("who", "states"),
    [("staff", STATES), ("dispatch", STATES), ("operator", STATES), ("author", ["draft", "cosigning", *STATES])],
)
def test_states_follow_the_procedure_and_the_reader(c, browse, who, states):
    page = browse(getattr(c, who)).go("/proposals/?scope=all")
    field = page.response.context["filter"].form.fields["state"]
    assert [value for value, _label in field.choices if value] == states


def test_the_choices_are_the_readers_also_after_the_filter_was_described(c, browse):
    assert ProposalFilter.base_filters["state"].field.choices  # as the API's document asks
    page = browse(c.staff).go("/proposals/?scope=all")
    assert [value for value, _label in page.response.context["filter"].form.fields["state"].choices if value] == STATES


def test_what_a_tab_says_is_no_chip(c, browse):
    page = browse(c.staff).go("/proposals/?state=submitted")
    assert not [text for text, _href in page.links if text.startswith("状态：")]
    page = browse(c.staff).go("/proposals/?state=closed")
    assert [text for text, _href in page.links if text.startswith("状态：")] == ["状态：办结"]


def test_a_receipt_number_is_called_one(c, browse):
    make.submitted(c)
    assert "流水号 11-4-0001" in browse(c.staff).go("/proposals/").text

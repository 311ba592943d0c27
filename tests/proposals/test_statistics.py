"""The session's figures, counted by hand, for cases of the portal and of a ledger alike."""

import json

import pytest
from django.test import Client

from members.periods import today
from proposals import statistics
from proposals.acts import AssignmentAct, ProposalAct
from proposals.ledger import imports
from proposals.models import Assignment, Proposal
from proposals.statistics import INSIDE, OUTSIDE, session_report
from reports.figures import as_of
from reports.figures.bases import BOTH_DATES
from tests.factories import county as make
from tests.factories import people
from tests.proposals.ledger import ledgers
from tests.proposals.ledger.ledgers import handled, row
from workflow.engine import perform

pytestmark = pytest.mark.django_db
KEYS = [
    "received", "filed", "merged", "not_filed", "withdrawn", "pending", "filing_rate", "handled", "by_kind",
    "members_involved", "by_category", "by_outcome_disposition", "replied", "reply_rate", "by_result", "by_result_now", "rating",
    "on_time", "dated", "on_time_rate", "merges",
]  # fmt: skip
EMPTY = {"satisfied": 0, "basically": 0, "dissatisfied": 0}


@pytest.fixture
def c():
    return make.county()


def figures(c, counting: str = OUTSIDE) -> dict:
    found = session_report(c.session, counting)
    holds(found, counting)
    return found


def holds(f: dict, counting: str) -> None:
    """The accounting identity and the sums that must agree, at every moment."""
    beside = f["merged"] if counting == OUTSIDE else 0
    assert f["received"] == f["filed"] + beside + f["not_filed"] + f["withdrawn"] + f["pending"]
    assert sum(f["by_kind"].values()) == sum(row["count"] for row in f["by_category"]) == f["filed"]
    assert sum(f["by_outcome_disposition"].values()) == f["not_filed"]
    assert sum(row["count"] for row in f["merges"]) == f["merged"]
    assert sum(f["by_result"].values()) <= f["replied"] <= f["handled"]
    assert f["rating"]["returned"] <= f["rating"]["sent"] == f["replied"]


def test_a_session_without_proposals_has_nothing_to_divide_by(c):
    found = figures(c)
    assert list(found) == KEYS
    assert {found[name] for name in ("filing_rate", "reply_rate", "on_time_rate")} == {None}
    assert found["rating"] == {
        "sent": 0, "returned": 0, "attitude": EMPTY, "result": EMPTY,
        "satisfied_rate": {"attitude": None, "result": None},
        "satisfied_only_rate": {"attitude": None, "result": None},
    }  # fmt: skip
    assert (found["by_category"], found["merges"]) == ([], [])
    json.dumps(found)


def test_an_unknown_habit_is_refused(c):
    with pytest.raises(KeyError):
        session_report(c.session, "both")


def test_drafts_and_withdrawals_before_submission_are_not_received(c):
    draft = make.draft(c)
    assert figures(c)["received"] == 0
    perform(ProposalAct.WITHDRAW, draft, c.author, {"reason": "另行提出"})
    assert figures(c)["received"] == 0
    perform(ProposalAct.WITHDRAW, make.submitted(c), c.author, {"reason": "另行提出"})
    found = figures(c)
    assert (found["received"], found["withdrawn"]) == (1, 1)


def test_each_step_of_the_review_keeps_the_account(c):
    make.submitted(c), make.reviewed(c)
    main = make.filed(c)
    returned, merged, rejected = make.reviewed(c), make.reviewed(c), make.reviewed(c)
    perform(ProposalAct.RETURN, returned, c.head, {"reason": "补充数据", "change_due_on": "2099-01-01"})
    perform(ProposalAct.MERGE, merged, c.head, {"into": main.pk, "reason": "内容相同"})
    reason = rejected._meta.get_field("rejection_reason").related_model.objects.first()
    perform(
        ProposalAct.REJECT,
        rejected,
        c.head,
        {"rejection_reason": reason.pk, "disposition": "letter", "reason": "见情形"},
    )
    found, inside = figures(c), figures(c, INSIDE)
    assert [found[k] for k in KEYS[:6]] == [6, 1, 1, 1, 0, 3]
    assert [inside[k] for k in KEYS[:6]] == [6, 2, 1, 1, 0, 3]
    assert (found["handled"], found["filing_rate"], inside["filing_rate"]) == (0, 1 / 6, 2 / 6)
    assert found["merges"] == [{"into": "001", "count": 1}]
    assert found["by_outcome_disposition"]["letter"] == 1
    assert found["members_involved"] == 1


def test_handling_counts_from_the_assignment_on(c):
    make.filed(c)
    assert figures(c)["handled"] == 0
    mine = make.signed(c)
    assert [figures(c)[k] for k in ("handled", "replied", "reply_rate")] == [1, 0, 0.0]
    make.replied(c, mine, result_class="B")
    found = figures(c)
    assert [found[k] for k in ("handled", "replied", "reply_rate", "on_time_rate")] == [1, 1, 1.0, 1.0]
    assert (found["by_result"], found["rating"]["returned"]) == ({"A": 0, "B": 1, "C": 0, "D": 0}, 0)
    perform(AssignmentAct.RATE, mine, c.author, make.rating("satisfied", "basically"))
    rating = figures(c)["rating"]
    assert (rating["returned"], rating["result"]["basically"]) == (1, 1)
    assert rating["satisfied_rate"] == {"attitude": 1.0, "result": 1.0}
    assert rating["satisfied_only_rate"] == {"attitude": 1.0, "result": 0.0}


def test_separate_shares_count_once_by_the_least_favourable(c):
    one = make.signed(c, division="separate")
    two = make.share(one.proposal, c.other_unit)
    make.replied(c, one, result_class="A")
    perform(AssignmentAct.RATE, one, c.author, make.rating("satisfied", "satisfied"))
    found = figures(c)
    assert (found["handled"], found["replied"], found["rating"]["returned"]) == (1, 0, 0)
    perform(AssignmentAct.SIGN_FOR, two, c.other_operator)
    make.replied(c, two, c.other_operator, c.other_leader, "C")
    perform(AssignmentAct.RATE, two, c.author, make.rating("satisfied", "basically"))
    found = figures(c)
    assert (found["replied"], found["by_result"]["C"], sum(found["by_result"].values())) == (1, 1, 1)
    assert (found["rating"]["returned"], found["rating"]["result"]) == (1, {**EMPTY, "basically": 1})


def test_a_second_round_does_not_undo_the_reply(c):
    mine = make.signed(c)
    make.replied(c, mine, result_class="C")
    perform(AssignmentAct.RATE, mine, c.author, make.rating("satisfied", "dissatisfied", "没有解决"))
    found = figures(c)
    assert (found["replied"], found["by_result"]["C"]) == (1, 1)
    assert found["rating"]["result"] == {**EMPTY, "dissatisfied": 1}
    make.replied(c, mine, result_class="A")
    found = figures(c)
    assert (found["by_result"], found["rating"]["returned"]) == ({"A": 1, "B": 0, "C": 0, "D": 0}, 1)
    perform(AssignmentAct.RATE, mine, c.author, make.rating())
    assert figures(c)["rating"]["result"] == {**EMPTY, "satisfied": 1}


def test_a_leaders_page_waits_for_ratings_as_the_figures_do(c):
    """A total over one case would tell what the blind rule withholds; the committee, leading itself, reads it."""
    make.rated_and_published(c)
    leader = people.holder(people.organization("leadership", "县领导"), "head", "高远")
    people.agree(leader)
    client = Client()
    client.force_login(leader)
    shown = {one["label"]: one["value"] for one in client.get("/proposals/leading/").context["figures"]}
    assert (shown["已答复"], shown["结果满意率（0 件已评，评价期限过后计入）"]) == (1, "—")
    assert statistics.headline(c.session)["rating"]["satisfied_rate"]["result"] == 1.0


def test_a_recalled_share_counts_no_more(c):
    proposal = make.assigned(c)
    mine = make.share(proposal, c.unit)
    perform(
        AssignmentAct.REQUEST_RETURN, mine, c.operator, {"reason": "不属本单位职责", "suggested_unit": c.third_unit.pk}
    )
    perform(AssignmentAct.APPROVE_RETURN, mine, c.dispatch, {"new_unit": c.third_unit.pk})
    assert [figures(c)[k] for k in ("handled", "replied")] == [1, 0]


def test_a_late_reply_is_not_on_time(c):
    """A 不满意 of its proposer gives it a new date, which neither mends the late reply nor takes it out of the count."""
    one, two = make.signed(c), make.signed(c)
    Assignment.objects.filter(pk=two.pk).update(due_on="2020-01-01")
    two.refresh_from_db()
    for mine in (one, two):
        make.replied(c, mine)
    assert _on_time(c) == (1, 2, 0.5)
    perform(AssignmentAct.RATE, two, c.author, make.rating("satisfied", "dissatisfied", "没有解决"))
    assert _on_time(c) == (1, 2, 0.5)
    make.replied(c, two)
    assert _on_time(c) == (1, 2, 0.5)


def _on_time(c) -> tuple:
    """The same now and as of today."""
    found = figures(c)
    then = statistics.answers(Proposal.objects.received().filter(statistics.IS_HANDLED), as_of.facts(today()))
    dated = then.filter(BOTH_DATES)
    assert (dated.filter(late=0).count(), dated.count()) == (found["on_time"], found["dated"])
    return found["on_time"], found["dated"], found["on_time_rate"]


def test_members_are_counted_once_as_proposer_or_co_signer(c):
    rows = [
        row(1, 提案人="张三、李四", 提案形式="联名"), row(2, "不予立案", 提案人="李四"), row(3, 提案人="王五"),
        row(4, 提案人="张三", 提案形式="集体", 集体名称="民盟西平县支部"),
    ]  # fmt: skip
    assert imports.run(ledgers.workbook(rows), c.session).ok
    found = figures(c)
    assert (found["members_involved"], found["by_kind"]) == (3, {"individual": 1, "joint": 1, "collective": 1})


def test_a_ledger_row_that_was_filed_counts_as_handled(c):
    rows = [row(1), row(2, 主办单位="县教育局"), handled(3), row(4, "并案", 并入案号=1), row(5, "不予立案")]
    assert imports.run(ledgers.workbook(rows), c.session).ok
    for counting in (OUTSIDE, INSIDE):
        assert [figures(c, counting)[k] for k in ("handled", "replied", "reply_rate")] == [3, 1, 1 / 3]


def test_on_time_only_where_both_dates_are_known(c):
    rows = [
        handled(1, 交办日期="2025-01-10", 答复日期="2025-04-10"), handled(2, 交办日期="2025-01-10", 答复日期="2025-04-11"),
        handled(3, 交办日期=None), handled(4, 答复日期=None),
    ]  # fmt: skip
    for line in rows:
        line["提交日期"] = None
    assert imports.run(ledgers.workbook(rows), c.session).ok
    found = figures(c)
    assert (found["replied"], found["on_time_rate"]) == (4, 0.5)


def test_one_rating_of_two_is_returned_and_its_gap_is_open(c):
    rows = [
        handled(1, 办理态度评价=None, 办理结果评价="满意"),
        handled(2, 办理态度评价="满意", 办理结果评价="基本满意"),
    ]
    assert imports.run(ledgers.workbook(rows), c.session).ok
    rating = figures(c)["rating"]
    assert (rating["returned"], sum(rating["attitude"].values()), sum(rating["result"].values())) == (2, 1, 2)
    assert rating["satisfied_rate"] == {"attitude": 1.0, "result": 1.0}


def test_categories_in_their_order_and_the_rest_last(c):
    rows = [row(1, 类别=None), row(2, 类别="其他"), row(3, 类别="农业农村"), row(4, 类别="农业农村")]
    assert imports.run(ledgers.workbook(rows), c.session).ok
    assert figures(c)["by_category"] == [
        {"name": "农业农村", "count": 2, "share": 0.5}, {"name": "其他", "count": 1, "share": 0.25},
        {"name": "未分类", "count": 1, "share": 0.25},
    ]  # fmt: skip


def test_other_sessions_are_left_out(c):
    make.filed(c)
    other = people.session(ordinal=3, year=2025)
    assert imports.run(ledgers.workbook([row(1), row(2)]), other).ok
    assert (figures(c)["received"], session_report(other)["received"]) == (1, 2)


@pytest.mark.parametrize("count", [0, 1, 40])
def test_the_number_of_queries_is_one_and_the_same(c, count, django_assert_num_queries):
    if count:
        rows = [
            handled(n, 提案人="张三、李四", 提案形式="联名", 主办单位="县教育局、县财政局") for n in range(1, count + 1)
        ]
        assert imports.run(ledgers.workbook([*rows, row(99, "并案", 并入案号=1)]), c.session).ok
    with django_assert_num_queries(5):
        session_report(c.session)


def test_no_state_is_forgotten():
    """Whatever has a receipt is in exactly one heading of the account."""
    from proposals.states import ProposalState as P

    groups = [P.FILED_ON, (P.MERGED,), (P.NOT_FILED,), (P.WITHDRAWN,), P.PENDING, P.PRIVATE]
    assert sorted(state for group in groups for state in group) == sorted(P.values)
    assert set(statistics.COUNTINGS) == {"outside", "inside"} and Proposal.objects.count() == 0

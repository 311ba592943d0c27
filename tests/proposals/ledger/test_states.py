"""Which state each kind of row enters with, and what is listed as 未登记."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from proposals.invariants import faults
from proposals.kinds import AssignmentKind as K
from proposals.kinds import ResultClass
from proposals.models import Assignment, Proposal, Rating, Reply
from proposals.states import ProposalState as P

from .ledgers import handled, row

pytestmark = pytest.mark.django_db
PLAIN_REPLY = ["答复正文", "面商记录", "审签和复核", "逐条答复"]


@pytest.mark.parametrize(("fields", "state"), [
    ({"审查结果": "立案"}, P.FILED),
    ({"审查结果": "立案", "主办单位": "县教育局"}, P.HANDLING),
    ({"审查结果": "立案", "主办单位": "县教育局", "办理结果": "办理中"}, P.HANDLING),
    ({"审查结果": "立案", "主办单位": "县教育局", "答复日期": "2025-07-01"}, P.REPLIED),
    ({"审查结果": "立案", "主办单位": "县教育局", "办理结果": "A"}, P.REPLIED),
    ({"审查结果": "立案", "主办单位": "县教育局", "办理结果评价": "满意"}, P.CLOSED),
    ({"审查结果": "立案", "主办单位": "县教育局", "办理态度评价": "不满意"}, P.CLOSED),
    ({"审查结果": "立案", "答复日期": "2025-07-01"}, P.REPLIED),
    ({"审查结果": "不予立案", "转办去向": "来信"}, P.NOT_FILED),
    ({"审查结果": "撤案"}, P.WITHDRAWN),
    ({"审查结果": "待审"}, P.SUBMITTED),
    ({"审查结果": "退回修改"}, P.RETURNED),
])  # fmt: skip
def test_the_state_a_row_shows(only, fields, state):
    assert only(row(1, **fields)).state == state


def test_a_row_not_reviewed_yet_says_what_of_its_handling_was_not_taken(take):
    report = take(row(None, "待审", 主办单位="县教育局", 交办日期="2025-05-12"))
    assert [(note.cell, note.reason) for note in report.notes if note.row] == [
        ("H2", "不是立案的提案不登记办理情况，没有采用：主办单位、交办日期")
    ]


def test_a_merged_row_points_to_its_main(take):
    take(row(2, "并案", 并入案号="001"), row(1))
    merged = Proposal.objects.get(serial=2)
    assert (merged.state, merged.merged_into.serial) == (P.MERGED, 1)


def test_a_plain_row_keeps_its_facts(only):
    case = only(row(1, 案号="第００７号", 正文="情况", 建议="1. 甲\n2. 乙"))
    assert (case.serial, case.ledger_number, case.short_number) == (7, "007", "007")
    assert case.number == "县政协十一届四次会议第 007 号"
    assert (case.kind, case.situation, case.receipt_number) == ("individual", "情况", "11-4-0001")
    assert timezone.localdate(case.submitted_at) == date(2025, 4, 21)
    assert (case.origin, case.timing, case.business_category.name) == ("ledger", "plenary", "社会建设")
    assert [s.text for s in case.suggestions.all()] == ["甲", "乙"]
    assert case.missing_facts == ["立案时间"]


def test_what_a_bare_row_lacks_is_listed_not_invented(only):
    case = only({"案由": "关于路灯的提案", "提案人": "张三", "审查结果": "立案"})
    assert case.missing_facts == ["正文", "具体建议", "提交日期", "类别", "立案时间", "案号"]
    assert (case.submitted_at, case.serial, case.short_number) == (None, None, "11-4-0001")


def test_sole_handling_with_its_dates(only):
    case = only(handled(1, "A", 主办单位="县教育局", 答复日期="2025-07-01", 办理结果评价="基本满意"))
    share = case.assignments.get()
    assert (share.kind, share.state, share.unit.name) == (K.SOLE, "replied", "县教育局")
    assert (share.due_on, timezone.localdate(share.replied_at)) == (date(2025, 8, 12), date(2025, 7, 1))
    reply = share.replies.get()
    rating = reply.ratings.get()
    assert (reply.result_class, rating.attitude, rating.result, rating.deciding) == (
        "A",
        "satisfied",
        "basically",
        True,
    )
    assert rating.person == case.first_proposer
    assert case.missing_facts == ["正文", "具体建议", "立案时间", "签收时间", *PLAIN_REPLY, "评价时间"]


def test_b_without_commitments_and_one_rating_only(only):
    case = only(handled(1, "列入计划", 办理态度评价=None, 办理结果评价="满意"))
    assert case.missing_facts[-3:] == ["承诺事项", "办理态度评价", "评价时间"]
    rating = Rating.objects.get()
    assert (case.state, rating.attitude, rating.result) == (P.CLOSED, "", "satisfied")


def test_dissatisfied_is_closed_as_recorded_and_says_what_is_missing(only):
    """Invariant 8 binds the portal's own cases; an old ledger tells no second round."""
    case = only(handled(1, "C", 办理结果评价="不满意"))
    assert case.state == P.CLOSED
    assert case.missing_facts[-2:] == ["不满意之后的再次办理", "评价时间"]


def test_lead_and_assistants(only):
    case = only(handled(1, 主办单位="县教育局", 会办单位="县财政局、县公安局"))
    shares = [(s.kind, s.unit.name, s.state, s.lead_id) for s in case.assignments.order_by("position")]
    lead = case.assignments.get(kind=K.LEAD)
    assert shares == [
        (K.LEAD, "县教育局", "replied", None),
        (K.ASSIST, "县财政局", "opinion_given", lead.pk),
        (K.ASSIST, "县公安局", "opinion_given", lead.pk),
    ]
    assert Reply.objects.count() == 1


def test_several_lead_units_are_separate_shares_with_the_rows_result(only):
    case = only(handled(1, "B", 主办单位="县教育局、县财政局"))
    shares = case.assignments.order_by("position")
    assert [(s.kind, s.unit.name, s.replies.get().result_class) for s in shares] == [
        (K.SEPARATE, "县教育局", "B"), (K.SEPARATE, "县财政局", "B"),
    ]  # fmt: skip
    assert Rating.objects.filter(deciding=True).count() == 2


def test_without_a_date_of_assignment_there_is_no_due_date(only):
    case = only(handled(1, 交办日期=None))
    share = case.assignments.get()
    assert (case.assigned_at, share.due_on, "交办日期" in case.missing_facts) == (None, None, True)


def test_an_answered_row_without_a_unit_keeps_its_answer(only):
    case = only(handled(1, "D", 主办单位=None))
    share = case.assignments.get()
    assert (share.unit.name, share.unit.code) == ("承办单位未登记（台账）", "ledger_unit")
    assert not share.unit.in_force(timezone.localdate())
    assert "主办单位" in case.missing_facts


def test_an_open_case_goes_on_in_the_portal(only):
    case = only(row(1, 主办单位="县教育局", 交办日期="2025-05-12"))
    share = case.assignments.get()
    assert (share.state, share.signed_at, share.due_on) == ("handling", None, date(2025, 8, 12))


def test_a_rating_still_awaited_has_its_date_an_old_one_has_none(take):
    today = timezone.localdate()
    take(
        handled(1, 答复日期=today, 交办日期=today - timedelta(days=9), 办理态度评价=None, 办理结果评价=None),
        handled(2, 办理态度评价=None, 办理结果评价=None),
    )
    fresh, old = Assignment.objects.order_by("proposal__serial")
    assert fresh.rating_due_on > today and old.rating_due_on is None


@pytest.mark.parametrize(("word", "disposition"), [
    ("转社情民意", "opinion"), ("意见建议", "suggestion"), ("作意见建议处理", "suggestion"), ("委员来信", "letter"),
    ("退回提案者", "back"), ("不作处理", "none"), (None, ""),
])  # fmt: skip
def test_where_a_row_not_filed_went(only, word, disposition):
    case = only(row(1, "不予立案", 转办去向=word))
    assert (case.disposition, "转办去向" in case.missing_facts) == (disposition, not disposition)


def test_turned_over_to_a_known_unit(take, session):
    take(row(1, 主办单位="县教育局"))
    take(row(2, "不予立案", 转办去向="转教育局"))
    case = Proposal.objects.get(serial=2)
    assert (case.disposition, case.disposition_unit.name) == ("suggestion", "县教育局")


@pytest.mark.parametrize(("word", "result"), [
    ("A", "A"), ("a类", "A"), ("Ａ类", "A"), ("A（已解决）", "A"), ("B 级答复", "B"), ("D：留作参考", "D"),
    ("AB", None), ("A或B", None), ("E", None), ("优", None),
    ("已列入规划计划逐步解决", "B"), ("受条件限制留作参考或不可行", "C"), ("正在解决或有关工作已启动", "B"),
    ("已解决/基本解决，或已通过其他途径解决", "A"), ("意见已采纳、问题已解决", "A"), ("客观条件限制，以后逐步解决", "C"),
    *((label, value) for value, label in ResultClass.choices),
    ("已解决或基本解决（采纳）", "A"), ("正在解决或列入计划", "B"),
    ("因条件限制暂难解决，已说明情况", "C"), ("留作参考", "D"), ("c", "C"),
])  # fmt: skip
def test_results_by_letter_or_by_words(take, errors, word, result):
    if result is None:
        assert len(errors(handled(1, word))) == 1
        return
    take(handled(1, word))
    assert Reply.objects.get().result_class == result


def test_after_the_closing_hour_it_is_a_plenary_proposal_only_up_to_that_day(take):
    take(
        row(1, 提交日期="2025-04-22"),
        row(2, 提交日期="2025-04-23"),
        row(3, 提交日期="2025-01-01"),
        row(4, 提交日期=None),
    )
    timings = Proposal.objects.order_by("serial").values_list("timing", flat=True)
    assert list(timings) == ["plenary", "adjourned", "adjourned", "plenary"]


def test_whatever_a_ledger_tells_no_invariant_is_broken(take):
    """Facts that a ledger lacks are listed; they are no faults of the house."""
    take(
        row(1, 提案人="张三等5人", 提案形式="联名", 类别=None, 提交日期=None), row(2, "并案", 并入案号=1), row(3, "不予立案"), row(4, "撤案"),
        row(5, "待审"), row(None, "退回修改"), row(7, 主办单位="县教育局"), row(8, 案号="平8", 主办单位="县教育局、县财政局", 会办单位="县水利局"),
        handled(9, "B", 办理结果评价="不满意"), handled(10, "C", 主办单位=None, 交办日期=None), handled(11, 案号=None, 答复日期=None, 办理结果=None),
        handled(12, 主办单位="县教育局", 会办单位="县财政局", 办理态度评价=None, 办理结果评价=None),
        handled(13, 提案人=None, 提案形式="集体", 集体名称="民盟西平县支部"), handled(20, 交办日期="2015-01-01", 提交日期=None),
    )  # fmt: skip
    assert [str(fault) for fault in faults()] == []

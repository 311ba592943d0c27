"""Each case enters by one event of origin ledger, whole in its chain, and then lives on as any other."""

from datetime import date

import pytest
from django.core.management import call_command
from django.utils import timezone

from proposals import numbering
from proposals.acts import ProposalAct
from proposals.ledger import imports
from proposals.models import Proposal
from tests.factories import county as make
from tests.factories import people
from workflow.engine import perform
from workflow.models import Event

from . import ledgers
from .ledgers import handled, row

pytestmark = pytest.mark.django_db


def test_one_event_for_each_case(take):
    take(handled(1, 主办单位="县教育局、县财政局"), row(2, "并案", 并入案号=1), row(3, "待审"))
    events = Event.objects.order_by("case_id")
    assert [(e.process, e.act, e.origin, e.sequence, e.from_state, e.to_state) for e in events] == [
        ("proposal", "record_from_ledger", "ledger", 1, "", "closed"),
        ("proposal", "record_from_ledger", "ledger", 1, "", "submitted"),
        ("proposal", "record_from_ledger", "ledger", 1, "", "merged"),
    ]
    assert {(p.events_count, p.events_head) for p in Proposal.objects.all()} == {(1, e.hash) for e in events}
    call_command("verify_events")


def test_it_happened_when_the_ledger_says_and_was_recorded_now(only):
    only(handled(1, 答复日期="2025-07-01"))
    event = Event.objects.get()
    assert timezone.localdate(event.happened_at) == date(2025, 7, 1)
    assert timezone.localdate(event.recorded_at) == timezone.localdate()


def test_the_event_tells_where_the_row_stands(take):
    take(
        {"案号": 1, "案由": "关于路灯的提案", "提案人": "张三", "审查结果": "立案", "正文": "很长的正文"},
        title="标题行",
    )
    data = Event.objects.get().data
    assert (data["file"], data["sheet"], data["line"]) == ("台账.xlsx", "台账", 3)
    assert data["shown"] == [["来源", "台账《台账.xlsx》第 3 行"]]
    assert data["row"]["案由"] == "关于路灯的提案" and data["row"]["正文"] != "很长的正文"


def test_who_imported_stands_in_the_event(session):
    staff = people.user("何静")
    imports.run(ledgers.workbook([row(1)]), session, staff)
    event = Event.objects.get()
    assert (event.actor, event.actor_name, event.on_behalf_of) == (None, "系统", "何静")


def test_numbers_go_on_after_the_ledgers(take, session):
    take(row(1, 案号="017"), row(2, "待审", 案号=None))
    assert numbering.next_number(numbering.case_series(session)) == 18
    assert numbering.receipt_number(session) == "11-4-0003"


def test_a_pending_case_goes_on_by_the_ordinary_acts():
    c = make.county()
    imports.run(ledgers.workbook([row(1, "待审", 案号=None)]), c.session)
    case = Proposal.objects.get()
    category = {"recommendation": "file", "business_category": c.business.pk}
    perform(ProposalAct.PRE_REVIEW, case, c.reviewer, category)
    perform(ProposalAct.FILE, case, c.head, {})
    perform(ProposalAct.NUMBER, case, c.staff)
    assert Proposal.objects.get().number == "县政协十一届四次会议第 001 号"
    call_command("verify_events")


def test_statements_do_not_grow_with_the_rows(session, django_assert_max_num_queries):
    rows = [
        handled(n, 提案人="、".join(ledgers.person(k) for k in (n, n + 1)), 提案形式="联名", 会办单位="县统计局")
        for n in range(1, 301)
    ]
    with django_assert_max_num_queries(120):
        report = imports.run(ledgers.workbook(rows), session)
    assert report.added == 300

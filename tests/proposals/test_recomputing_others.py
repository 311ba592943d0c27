"""A new day off moves every open date that is counted: further rounds, ratings and drafts as well as first rounds."""

from datetime import timedelta

import pytest

from deadlines import recompute
from deadlines.models import CalendarDay
from deadlines.rules import due
from proposals.acts import AssignmentAct
from proposals.invariants import shares as invariants
from proposals.models import Assignment
from tests.factories import county as make
from workflow.engine import perform

pytestmark = pytest.mark.django_db


def test_every_open_date_follows_the_calendar(c):
    second = make.replied(c, make.signed(c, title="第二轮的提案"))
    perform(AssignmentAct.RATE, second, c.author, make.rating("dissatisfied", "dissatisfied", "没有落实"))
    replied = make.replied(c, make.signed(c, title="等评价的提案"))
    drafted = make.signed(c, title="征求意见的提案")
    make.contact(c, drafted)
    make.write_reply(drafted, c.operator)
    perform(AssignmentAct.SEND_DRAFT, drafted, c.operator)
    second, replied = (Assignment.objects.get(pk=share.pk) for share in (second, replied))
    off = {second.due_on, replied.rating_due_on, drafted.replies.get().comment_due_on}
    CalendarDay.objects.bulk_create(
        CalendarDay(date=day, is_workday=False, name="全县统一放假", source="county")
        for day in off - set(CalendarDay.objects.filter(date__in=off).values_list("date", flat=True))
    )
    listed = {change.what.rpartition(" ")[2]: (change.old, change.new) for change in recompute.preview()}
    old = {
        "重新办理": second.due_on,
        "评价": replied.rating_due_on,
        "对答复稿提意见": drafted.replies.get().comment_due_on,
    }
    assert {what: listed[what][0] for what in old} == old
    recompute.recompute()
    second, replied = (Assignment.objects.get(pk=share.pk) for share in (second, replied))
    found = {
        "重新办理": second.due_on, "评价": replied.rating_due_on, "对答复稿提意见": drafted.replies.get().comment_due_on
    }  # fmt: skip
    assert found == {what: listed[what][1] for what in old}
    assert found["评价"] == due("rating", replied.replied_at).on > old["评价"] - timedelta(days=1)
    assert recompute.recompute() == []
    assert list(invariants.dates_follow_the_rules()) == []

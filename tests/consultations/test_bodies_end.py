"""撤并 of a committee that leads and of a unit that was asked; a seat on whose strength something was said."""

from datetime import timedelta

from django.utils import timezone

from consultations import claims
from consultations.acts import ItemAct, TopicAct
from consultations.models import Recommendation, Topic
from consultations.timeline import events
from members import succession
from members.periods import today
from tests.factories import consultations as make
from tests.factories import people
from workflow.engine import perform
from workflow.querysets import read_case


def test_what_a_body_leaves_open_goes_over(c):
    """It may not simply end; merged, its topics say so and its successor goes on."""
    item = make.answered(c)
    make.topic(c, make.plan(c, today().year + 1))
    open_now = dict(succession.open_matters(c.unit))
    assert (open_now["没有办结的协办议题"], open_now["没有办完的协商建议"]) == (1, 1)
    assert dict(succession.open_matters(item.topic.lead))["没有办结的协商议题"] == 2
    heir = people.organization("unit", "县教育体育局", system="government")
    who = people.holder(heir, "operator", "接办人")
    succession.succeed(succession.prepare(c.unit, heir, today(), "西办〔2026〕9号", c.administrator), set())
    shown = events(read_case(Topic, item.topic_id, c.staff))[0]
    assert (shown["act"], shown["body"]) == (
        TopicAct.SUCCEED,
        f"撤并：{c.unit.name}并入{heir.name}\n依据：西办〔2026〕9号",
    )
    perform(ItemAct.REPORT_DONE, item, who, {"done_on": today().isoformat(), "result": "修好了。"})
    perform(ItemAct.CONFIRM, item, c.staff, {})
    perform(TopicAct.FEED_BACK, item.topic, c.staff, {"feedback": "已落实。"})
    perform(TopicAct.CLOSE, item.topic, c.staff, {})
    assert Recommendation.objects.get().state == "done"
    assert succession.open_matters(c.unit) == []


def test_a_committee_that_leads_is_merged_away(c):
    old, new = people.organization("committee", "农业委员会"), people.organization("committee", "农业和农村委员会")
    one = make.issued(c, lead=old)
    clerk = people.holder(new, "staff", "接手人")
    succession.succeed(succession.prepare(old, new, today(), "西协〔2026〕9号", c.administrator), set())
    perform(TopicAct.START, one, clerk, {"scheme": "先调研，后协商。"})
    assert Topic.objects.get(pk=one.pk).state == "preparing"


def test_what_came_from_a_body_before_goes_on_with_the_one_after(c):
    """One that took over may not simply end either; merged in its turn, the topics of the first say so too."""
    first, second, third = (people.organization("committee") for _ in range(3))
    one = make.issued(c, lead=first)
    succession.succeed(succession.prepare(first, second, today(), "西协〔2026〕9号", c.administrator), set())
    assert dict(succession.open_matters(second)) == {"没有办结的协商议题": 1}
    type(second).objects.filter(pk=second.pk).update(starts=today() - timedelta(days=9))
    succession.succeed(succession.prepare(second, third, today(), "西协〔2026〕10号", c.administrator), set())
    shown = [row["body"] for row in events(read_case(Topic, one.pk, c.staff)) if row["act"] == TopicAct.SUCCEED]
    assert shown == [f"撤并：{old.name}并入{new.name}\n依据：西协〔2026〕{n}号"
                     for old, new, n in ((second, third, 10), (first, second, 9))]  # fmt: skip
    perform(TopicAct.START, one, people.holder(third, "staff", "接手人"), {"scheme": "先调研，后协商。"})


def test_words_on_the_strength_of_a_seat(c):
    before = timezone.now() - timedelta(minutes=1)
    one = make.asking(c)
    make.opinion(one, c.author)
    make.idea(c, make.plan(c, today().year + 1), c.cosigner)
    people_ids = [user.person_id for user in (c.author, c.cosigner, c.invitee)]
    assert claims.since(people_ids, before) == {
        c.author.person_id: "协商意见 1 条", c.cosigner.person_id: "协商议题建议 1 条"
    }  # fmt: skip
    assert claims.since(people_ids, timezone.now()) == {}

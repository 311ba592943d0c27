"""A plan with a topic of each kind, carried to tracked recommendations (issue 6, Shown by)."""

import pytest

from consultations import statistics
from consultations.acts import ItemAct, OutcomeAct, TopicAct
from consultations.invariants import problems
from consultations.models import Outcome, Plan, Topic, TopicKind
from members.periods import today
from tests.factories import consultations as make
from workflow.engine import perform

ANSWERS = ("adopted", "partly", "declined")


def carried(c, topic: Topic, answer: str) -> None:
    """From its start to an answered recommendation; a meeting where the kind needs one."""
    perform(TopicAct.START, topic, c.staff, {"scheme": "先调研，后协商。"})
    if topic.kind.needs_meeting:
        perform(TopicAct.HOLD, topic, c.staff, make.meeting(c, form=topic.form))
    perform(TopicAct.DRAFT_OUTCOME, topic, c.staff, {"kind": topic.kind.outcomes[0], "title": f"关于{topic}的成果"})
    one = Outcome.objects.get(topic=topic)
    one = make.drafting.save_outcome(one, c.staff, one.title, "正文")
    perform(OutcomeAct.ADD_ITEM, one, c.staff, {"text": "落实经费", "unit": c.unit.pk})
    for act, user, data in (
        (OutcomeAct.SUBMIT, c.staff, {}), (OutcomeAct.SIGN, c.head, {}), (OutcomeAct.SEND, c.staff, make.send_data()),
    ):  # fmt: skip
        perform(act, one, user, data)
    perform(ItemAct.ANSWER, one.items.get(), c.operator, make.answer_data(answer))


def a_year(c, of_each: int) -> None:
    h, plan, kinds = make.house(c), make.plan(c), list(TopicKind.objects.order_by("order"))
    topics = [
        make.topic(c, plan, kind.name, title=f"{kind}议题{n}") for kind in kinds for n in range(of_each)
    ]  # fmt: skip
    make.on_its_way(c, plan)
    for n, topic in enumerate(topics):
        carried(c, Topic.objects.for_acting().get(pk=topic.pk), ANSWERS[n % 3])
    found = statistics.figures(h.office, today().year)
    adopted = sum(1 for n in range(len(topics)) if n % 3 < 2)
    assert (found.converted.part, found.converted.whole, found.topics["all"]) == (adopted, len(topics), len(topics))
    assert set(Topic.objects.values_list("state", flat=True)) == {"tracking"}
    assert (problems(), Plan.objects.get().state) == ([], "issued")


def test_one_topic_of_each_kind(c):
    a_year(c, 1)


@pytest.mark.campaign
def test_thirty_topics_of_each_kind(c):
    a_year(c, 30)

"""What a topic, an outcome and a recommendation hold in the API is what their pages show to the same reader."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consultations import drafting
from consultations.acts import ItemAct, OutcomeAct, TopicAct
from consultations.models import Plan, Topic
from members.periods import today
from tests.factories import consultations as make
from tests.factories.county import sealed
from workflow.engine import perform

pytestmark = pytest.mark.django_db
V1 = "/api/v1"


def one(client, address: str) -> dict:
    return client.get(f"{V1}/{address}/").json()


@pytest.fixture
def tracked(c):
    """A topic with something of everything, its recommendation on the way."""
    topic = make.asking(c, anonymous=True)
    make.opinion(topic, c.author, "明确路长。")
    make.opinion(topic, c.cosigner, "经费列入预算。")
    perform(TopicAct.SEND_NOTICE, topic, c.staff, {"notice": "请准备发言。"})
    perform(TopicAct.SEND_MATERIALS, topic, c.staff, {"materials": "见附件。"})
    day = today().isoformat()
    survey = {
        "first_day": day,
        "last_day": day,
        "places": "出山镇",
        "team": [c.author.person_id],
        "findings": "路面破损。",
    }
    perform(TopicAct.ADD_SURVEY, topic, c.staff, survey)
    perform(TopicAct.ADD_FILE, topic, c.staff, {"file": str(sealed(c.staff).pk), "note": "部门情况"})
    perform(TopicAct.HOLD, topic, c.staff, make.meeting(c))
    said = {"meeting": topic.meetings.get().pk, "kind": "answer", "unit": c.unit.pk, "text": "正在落实经费。"}
    perform(TopicAct.RECORD_SPEECH, topic, c.staff, said)
    outcome = make.outcome(c, Topic.objects.for_acting().get(pk=topic.pk), units=[c.unit, c.other_unit])
    for act, user, data in (
        (OutcomeAct.SUBMIT, c.staff, {}), (OutcomeAct.SIGN, make.house(c).chair, {}), (OutcomeAct.SEND, c.staff, make.send_data()),
    ):  # fmt: skip
        perform(act, outcome, user, data)
    given = {"leader_name": "市委副书记", "level": "city", "text": "请县里办好。", "on": day}
    perform(OutcomeAct.INSTRUCT, outcome, c.staff, given)
    item = outcome.items.get(unit=c.unit)
    perform(ItemAct.ANSWER, item, c.operator, make.answer_data())
    perform(ItemAct.URGE, item, c.dispatch, {"reason": "群众在等"})
    return topic, outcome, item


def test_each_reads_what_the_page_shows(c, client_of, tracked):
    topic, outcome, item = tracked
    invited, member, unit, house = (client_of(user) for user in (c.author, c.other_member, c.operator, c.staff))
    seen = one(invited, f"topics/{topic.pk}")
    assert (seen["notice"], seen["materials"], seen["scheme"]) == ("请准备发言。", "见附件。", "")
    assert [len(seen[name]) for name in ("files", "surveys", "meetings", "participants", "outcomes", "items")] == [
        1, 1, 1, 2, 1, 2,
    ]  # fmt: skip
    meeting = seen["meetings"][0]
    assert (meeting["present"], meeting["speeches"][0]["who"]) == ([str(c.author.person)], str(c.unit))
    assert [row["who"] for row in seen["opinions"]] == [str(c.author.person), "一位委员"]
    assert (seen["own_opinion"]["text"], seen["may_speak"]) == ("明确路长。", False)
    file = seen["files"][0]
    assert (invited.get(file["url"]).status_code, member.get(file["url"]).status_code) == (200, 404)
    # Who only reads the topic, and a unit that helps.
    for client, opinions, items in ((member, 2, 0), (unit, 0, 1)):
        other = one(client, f"topics/{topic.pk}")
        assert (len(other["opinions"]), len(other["items"]), other["own_opinion"]) == (opinions, items, None)
    assert one(member, f"topics/{topic.pk}")["meetings"] == one(member, f"topics/{topic.pk}")["participants"] == []
    inside = one(house, f"topics/{topic.pk}")
    assert (inside["scheme"], inside["opinions"][1]["who"]) == ("先调研，后协商。", str(c.cosigner.person))
    assert len(inside["timeline"]) > len(seen["timeline"]) > len(one(member, f"topics/{topic.pk}")["timeline"])
    # The outcome and the recommendation.
    words = [one(client, f"outcomes/{outcome.pk}")["instructions"][0]["text"] for client in (house, unit, invited)]
    assert words == ["请县里办好。", "请县里办好。", ""]
    assert [len(one(client, f"outcomes/{outcome.pk}")["versions"]) for client in (house, unit)] == [1, 0]
    assert [row["is_seen"] for row in one(unit, f"outcomes/{outcome.pk}")["items"]] == [True, False]
    notes = one(unit, f"recommendations/{item.pk}")["notes"]
    assert [(note["kind"], note["text"]) for note in notes] == [
        ("urged", "群众在等"),
        ("answered", "采纳：列入年度养护计划。"),
    ]


def test_one_of_each_asks_the_same_with_more_in_it(c, client_of, tracked):
    topic, outcome, item = tracked
    kinds = {"topics": topic, "outcomes": outcome, "recommendations": item}
    readers = {"staff": client_of(c.staff), "author": client_of(c.author), "operator": client_of(c.operator)}

    def asked() -> dict:
        return {
            (name, kind): _queries(client, kind, kinds[kind].pk) for name, client in readers.items() for kind in kinds
        }

    few = asked()
    perform(TopicAct.HOLD, make.held(c), c.staff, make.meeting(c))
    day = today().isoformat()
    for n in range(3):
        survey = {"first_day": day, "last_day": day, "places": f"村{n}", "team": [], "findings": "情况。"}
        perform(TopicAct.ADD_SURVEY, topic, c.staff, survey)
        perform(ItemAct.PROGRESS, item, c.operator, {"on": day, "content": f"第{n}步"})
    assert asked() == few
    assert {key: count for key, count in few.items() if count > 12} == {}


def _queries(client, kind: str, pk: int) -> int:
    client.get(f"{V1}/{kind}/{pk}/")
    with CaptureQueriesContext(connection) as captured:
        assert client.get(f"{V1}/{kind}/{pk}/").status_code == 200
    return len(captured)


def test_a_copy_is_kept_current(c, client_of):
    """An act on what belongs to a topic, a saved text, and the plan that is issued and lets its topics be seen."""
    outcome = make.outcome(c, make.held(c))
    plan = make.plan(c, today().year + 1)
    later = make.topic(c, plan)
    for model in (Topic, Plan):
        model.objects.update(changed_at=timezone.now() - timedelta(hours=1))
    since = {"changed_since": (timezone.now() - timedelta(minutes=1)).isoformat()}
    staff, member = client_of(c.staff), client_of(c.other_member)

    def changed(client, kind: str) -> list[int]:
        walked = [row["id"] for row in client.get(f"{V1}/{kind}/changes/", since).json()["results"]]
        assert sorted(walked) == sorted(row["id"] for row in client.get(f"{V1}/{kind}/", since).json()["results"])
        return walked

    assert (changed(staff, "topics"), changed(staff, "outcomes")) == ([], [])
    drafting.save_outcome(outcome, c.staff, outcome.title, "又改了一段。")
    assert (changed(staff, "outcomes"), changed(staff, "topics")) == ([outcome.pk], [outcome.topic_id])
    assert changed(member, "topics") == [outcome.topic_id]
    make.on_its_way(c, plan)
    assert sorted(changed(member, "topics")) == sorted([outcome.topic_id, later.pk])

"""Random acts by random people: after each, every matter has an outcome, or a next step with somebody and a date."""

from collections import Counter
from datetime import timedelta
from random import Random

import pytest

from grassroots.acts import Act
from grassroots.history import events_of
from grassroots.kinds import Verdict
from grassroots.models import Matter, Stay
from grassroots.states import State
from grassroots.venues import with_holders
from members.periods import today
from tests.factories import grassroots as make
from workflow.actors import SYSTEM
from workflow.chain import faults
from workflow.engine import available, perform
from workflow.querysets import read_case

pytestmark = pytest.mark.django_db
RARE = {
    Act.RELEASE, Act.UNRELEASE, Act.NOTE, Act.URGE, Act.ARCHIVE, Act.MOVE_ON, Act.DECLINE, Act.PASS_UP, Act.PASS_DOWN,
    Act.CALL, Act.CONSULT_AGAIN,
}  # fmt: skip
SKIPPED = {Act.ADD_FILES, Act.CONVERT, Act.GO_OFFLINE, Act.SUCCEED}


def day(days: int) -> str:
    return (today() + timedelta(days=days)).isoformat()


def data_for(act: str, one: Matter, c, r, random: Random) -> dict:
    running = own(one, r) or one.items.running().first()
    given = {
        Act.SELECT: {"category": "governance"}, Act.DECLINE: {"refusal": "beyond"}, Act.RECORD_SURVEY: make.survey(),
        Act.CALL: {"meeting_at": make.soon(), "meeting_place": "村委会"}, Act.RECORD_MEETING: make.meeting(r),
        Act.ASSIGN: {"items": list(one.items.values_list("pk", flat=True)[:2]), "due_on": day(9)},
        Act.REPORT: make.report(running.pk if running else 0, random.choice(("running", "done", "impossible"))),
        Act.EXTEND: {"item": running.pk if running else 0, "due_on": day(40)}, Act.ANSWER: {"answer": "办好了。"},
        Act.PASS_DOWN: {"venue": r.village.pk}, Act.MOVE_ON: {"way": "proposal", "person": c.author.person_id, "answer": "转给委员。"},
    }.get(act, {})  # fmt: skip
    verdict = random.choice(Verdict.values)
    return {"reason": "说明", "verdict": verdict, "text": "意见", **given}


def own(one: Matter, r):
    """What the unit still works on."""
    return one.items.running().filter(unit=r.township).first()


def walk(c, r, random: Random, steps: int) -> Counter:
    """One matter, so many steps at most; returns what was done how often."""
    one, done = make.taken(r, title=f"事项{random.random()}").matter, Counter()
    for _ in range(steps):
        actors = [r.host, r.secretary, r.town_host, r.county_host, r.officer, r.operator]
        random.shuffle(actors)
        choice = next(filter(None, (pick(one, actor, random) for actor in actors)), None)
        if one.state == State.ANSWERED and random.random() < 0.5:
            choice = (Act.RATE, SYSTEM)
        if choice is None:
            break
        act, actor = choice
        if act == Act.REPORT and actor == r.operator and not own(one, r):
            continue  # the unit has done its part
        if act == Act.END_POSTING:
            Matter.objects.filter(pk=one.pk).update(due_on=today())
        perform(act, one, actor, data_for(act, one, c, r, random))
        done[str(act)] += 1
        one = Matter.objects.get(pk=one.pk)
        check(one)
    assert list(faults(events_of(one), one.events_count, one.events_head)) == []
    return done


def pick(one: Matter, actor, random: Random):
    """An act this actor may take now; what leads away or changes little only now and then."""
    fresh = read_case(Matter, one.pk, actor)
    offered = available(fresh, actor) if fresh else ()
    acts = [o.act for o in offered if o.act not in SKIPPED and (not o.blocked or o.act == Act.END_POSTING)]
    acts = [act for act in acts if act not in RARE or random.random() < 0.1]
    return (random.choice(acts), actor) if acts else None


def check(one: Matter) -> None:
    with_holders([one])
    running = list(one.items.running().values_list("due_on", flat=True))
    assert list(Stay.objects.filter(matter=one, until=None).values_list("venue", flat=True)) == [one.venue_id]
    if one.state in State.OPEN:
        assert one.due_on and one.step and one.step_from and one.holder
    else:
        assert (one.due_on, one.step, one.holder, one.closed_on is None) == (None, "", "", False)
        assert one.state != State.DECLINED or (one.refusal and one.answer)
        assert one.state != State.MOVED or one.onward.person_id
    assert not running or one.state in (State.MINUTES, State.AGREED, State.HANDLING)
    assert one.state != State.HANDLING or one.due_on == min(running)
    last = one.ratings.order_by("-round").first()
    assert one.state != State.CLOSED or last is None or last.verdict != Verdict.DISSATISFIED or last.round < one.round


def test_few_matters(c, r):
    done = sum((walk(c, r, Random(seed), 14) for seed in range(4)), Counter())
    assert sum(done.values()) > 24


@pytest.mark.campaign
def test_many_matters(c, r):
    done = sum((walk(c, r, Random(seed), 60) for seed in range(120)), Counter())
    print(dict(done))
    assert {str(act) for act in Act} - done.keys() == {str(act) for act in SKIPPED} | {"bring", "close_unrated"}

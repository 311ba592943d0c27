"""Random acts by random people: after each, every matter has an outcome, or a next step with somebody and a date."""

import io
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta
from random import Random

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction

from grassroots.acts import Act
from grassroots.history import events_of
from grassroots.invariants import CHECKS, findings
from grassroots.kinds import Verdict
from grassroots.models import Consensus, Matter, Meeting, Onwarding, Rating, Release, Stay
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
    assert bool(one.holder) == (one.state in State.OPEN)
    assert list(findings(Matter.objects.filter(pk=one.pk))) == []


def test_every_fault_is_found(c, r):
    """Each check by a row that breaks it, and by no other; a county in order has no fault."""
    rows, given = Matter._base_manager, {"person": c.author.person_id, "answer": "转给委员。"}
    places = {state: make.matter(r, state, title=state).pk for state in ("waiting", "handling", "answered", "closed")}
    one = make.matter(r, "done", title="moved")
    perform(Act.MOVE_ON, one, r.host, {"way": "proposal", **given})
    gone, refused = make.matter(r, "handling", title="offline"), make.taken(r, title="declined").matter
    perform(Act.GO_OFFLINE, gone, r.host, {"reason": "涉密"})
    perform(Act.DECLINE, refused, r.host, {"refusal": "beyond"})
    secret = make.matter(r, "done", title="secret")
    for act, data in (
        (Act.MOVE_ON, {"way": "proposal", **given}),
        (Act.CONVERT, {}),
        (Act.GO_OFFLINE, {"reason": "涉密"}),
    ):
        perform(act, Matter.objects.get(pk=secret.pk), SYSTEM if act == Act.CONVERT else r.host, data)
    assert Onwarding.objects.get(matter=secret).called == ""  # the name of the draft was its title
    assert list(findings()) == []
    handled, closed = places["handling"], places["closed"]
    breaks = {
        "不在它现在的议事室里，或者同时在别的议事室里": lambda: Stay.objects.filter(matter=handled).update(
            venue=r.town
        ),
        "没有办结，却没有写明当前环节": lambda: rows.filter(pk=places["waiting"]).update(step=""),
        "已经结束，却还有环节或期限，或者没有办结日期": lambda: rows.filter(pk=closed).update(closed_on=None),
        "不予受理，却没有原因或答复": lambda: rows.filter(pk=refused.pk).update(answer=""),
        "已转办，却没有接办的委员": lambda: Onwarding.objects.filter(matter=one).delete(),
        "还有正在办理的共识要点，状态却不是在办": lambda: Consensus.objects.filter(matter=closed).update(
            progress="running", ended_on=None
        ),
        "落实中，期限却不是最近一项共识要点的期限": lambda: rows.filter(pk=handled).update(due_on=day(1)),
        "评价不满意，却已经办结": lambda: Rating.objects.filter(matter=closed).update(verdict="dissatisfied"),
        "有还没有开始的轮次的评价": lambda: Rating.objects.filter(matter=closed).update(round=2),
        "已转线下，系统里还有文字": lambda: Onwarding.objects.filter(matter=secret).update(called="提案草稿《涉密》"),
        "纪要没有签发，共识要点却已交办": lambda: Meeting.objects.filter(matter=handled).update(signed_at=None),
    }
    assert breaks.keys() == CHECKS.keys()
    for what, broken in breaks.items():
        with undone():
            broken()
            assert {finding.what for finding in findings()} == {what}
    with undone():
        rows.filter(pk=gone.pk).update(findings="留下的字")
        assert [finding.number for finding in findings()] == [gone.receipt]
    Release.objects.create(matter=gone, title="x", text="x", released_at=gone.received_at)
    with pytest.raises(CommandError) as refusal:
        call_command("check_matters", stdout=io.StringIO())
    assert str(refusal.value) == "有 1 处不符，请对照办理记录核查。"


@contextmanager
def undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_few_matters(c, r):
    done = sum((walk(c, r, Random(seed), 14) for seed in range(4)), Counter())
    assert sum(done.values()) > 24


@pytest.mark.campaign
def test_many_matters(c, r):
    done = sum((walk(c, r, Random(seed), 60) for seed in range(120)), Counter())
    print(dict(done))
    assert {str(act) for act in Act} - done.keys() == {str(act) for act in SKIPPED} | {"bring", "close_unrated"}

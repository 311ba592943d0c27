"""Random acts by random people on topics and what comes of them: whatever they do, what must hold holds."""

from datetime import timedelta
from random import Random

import pytest

from consultations import drafting
from consultations.acts import ItemAct, OpinionAct, OutcomeAct, TopicAct
from consultations.invariants import problems
from consultations.kinds import Answer, Mode
from consultations.models import Opinion, Outcome, Recommendation, Topic
from consultations.roles import Role
from consultations.states import TopicState
from members.periods import today
from portal import conversions
from tests.factories import consultations as make
from workflow.engine import available, perform
from workflow.errors import Refused
from workflow.querysets import read_case, roles_on

pytestmark = pytest.mark.django_db
STEPS, LONG = 120, 3000
BEGUN = (make.asking, make.sent, make.issued)
ONWARD = {
    TopicAct.START, TopicAct.SET_DATE, TopicAct.ASK_OPINIONS, TopicAct.HOLD, TopicAct.DRAFT_OUTCOME, TopicAct.FEED_BACK,
    TopicAct.CLOSE, OpinionAct.SUBMIT, OutcomeAct.ADD_ITEM, OutcomeAct.SUBMIT, OutcomeAct.SIGN, OutcomeAct.SEND, ItemAct.ANSWER,
    ItemAct.REPORT_DONE, ItemAct.CONFIRM,
}  # fmt: skip


def data_for(act: str, case, c, random: Random) -> dict:
    """Something the act's form takes; what does not fit is refused, which is an outcome too."""
    day, later = today().isoformat(), (today() + timedelta(days=random.randint(5, 60))).isoformat()
    known = {
        "on": day, "meets_on": later, "place": "二楼", "until": later, "mode": random.choice(Mode.values), "question": "怎样办？",
        "notice": "请参加。", "materials": "见附件。", "first_day": day, "last_day": day, "places": "出山镇", "findings": "情况。",
        "persons": [random.choice([c.author, c.cosigner, c.invitee]).person_id], "heading": "机制", "feedback": "已办。",
        "reason": "理由", "scheme": "先调研。", "title": "成果", "text": "落实经费", "new_due_on": later, "done_on": day, "result": "办成了。",
        "unit": random.choice([c.unit, c.other_unit]).pk, "content": "已开工", "target": "proposal", "leader_name": "市长", "level": "city",
    }  # fmt: skip
    if isinstance(case, Topic):
        known |= _of_topic(act, case, c)
    if isinstance(case, Outcome):
        known |= make.send_data() if act == OutcomeAct.SEND else {"instruction": _last(case.instructions.valid())}
    return known | (make.answer_data(random.choice(Answer.values)) if act == ItemAct.ANSWER else {})


def _of_topic(act: str, topic: Topic, c) -> dict:
    if act == TopicAct.HOLD:
        return make.meeting(c, form=topic.form)
    if act in (TopicAct.ADJUST, TopicAct.REVISE):
        return {"kind": topic.kind_id, "form": topic.form, "title": "改过的议题", "lead": topic.lead_id, "month": "6"}
    kind = topic.kind.outcomes[0] if act == TopicAct.DRAFT_OUTCOME else "speech"
    said = list(topic.opinions.submitted().values_list("pk", flat=True))
    return {"meeting": _last(topic.meetings), "kind": kind, "person": c.author.person_id, "opinions": said}


def _last(rows) -> int:
    return rows.order_by("-pk").values_list("pk", flat=True).first() or 0


def walk(c, seed: int, steps: int) -> set[str]:
    """Returns the acts that were done."""
    random, h, done = Random(seed), make.house(c), set()
    people = [c.staff, c.staff, c.head, h.office, h.chair, h.chair, c.operator, c.other_operator, c.dispatch, c.author, c.cosigner,
              c.other_member]  # fmt: skip
    for step in range(steps):
        if step % 40 == 0:
            BEGUN[step // 40 % len(BEGUN)](c)
        user = random.choice(people)
        _writes(random, user)
        case, act = _somebodys(random, user)
        if act is None:
            continue
        before = _invited_only()
        try:
            perform(act, case, user, data_for(act, case, c, random))
            done.add(f"{case.process_name}.{act}")
        except Refused:
            pass
        assert _opened(before) == set(), (seed, step, act)
        if step % 40 == 39:
            assert problems() == [], (seed, step)
    assert problems() == []
    for unit in (c.operator, c.other_operator, c.leader):
        assert Opinion.objects.visible_to(unit).count() == 0
    return done


def _invited_only() -> set[int]:
    """Topics on which somebody wrote while only invited members were asked."""
    return set(Opinion.objects.filter(topic__mode=Mode.INVITED).values_list("topic", flat=True))


def _opened(before: set[int]) -> set[int]:
    return set(Topic.objects.filter(pk__in=before).exclude(mode=Mode.INVITED).values_list("pk", flat=True))


def _writes(random: Random, user) -> None:
    """A draft of an outcome, or an opinion, as the page's saving does it."""
    for topic in Topic.objects.collecting(today()).visible_to(user).with_roles_of(user):
        if roles_on(topic) & {Role.MEMBER, Role.PARTICIPANT} and random.random() < 0.5:
            _tried(lambda topic=topic: drafting.save_opinion(read_case(Topic, topic.pk, user), user, "建议明确路长。"))
    for one in Outcome.objects.visible_to(user).filter(state="draft", text=""):
        _tried(lambda one=one: drafting.save_outcome(one, user, one.title, "现将有关情况报告如下。"))


def _tried(save) -> None:
    try:
        save()
    except Refused:
        pass


def _somebodys(random: Random, user) -> tuple:
    """A case on which this person may do something now, and what; topics only while they are open."""
    models = [Topic, Outcome, Recommendation, Opinion]
    for model in random.sample(models, len(models)):
        rows = model.objects.for_acting().visible_to(user).with_roles_of(user).order_by("-pk")
        found = list(rows.filter(state__in=TopicState.OPEN) if model is Topic else rows)[:6]
        for case in random.sample(found, len(found)):
            if act := _chosen(random, case, user):
                return case, act
    return None, None


def _chosen(random: Random, case, user) -> str | None:
    """Half of the time what leads on; what cannot be taken back seldom."""
    offered = [option for option in available(case, user) if not option.blocked]
    onward = [option for option in offered if option.act in ONWARD]
    quiet = [option for option in offered if not option.transition.danger]
    group = onward if onward and random.random() < 0.6 else offered if random.random() < 0.1 else quiet or offered
    return random.choice(group).act if group else None


@pytest.fixture(autouse=True)
def _wired():
    """Other tests take the handlers out."""
    conversions.connect()


def test_a_walk(c):
    done = walk(c, 9, STEPS)
    assert done >= {
        "topic.hold",
        "topic.ask_opinions",
        "outcome.send",
        "recommendation.answer",
        "consult_opinion.submit",
    }


@pytest.mark.campaign
@pytest.mark.timeout(3600)
def test_a_long_walk(c):
    done = walk(c, 1, LONG) | walk(c, 2, LONG)
    print(sorted(done))
    every = {f"outcome.{act}" for act in OutcomeAct} | {f"recommendation.{act}" for act in ItemAct}
    assert every - done <= {"outcome.remove_item", "outcome.drop"}


def test_what_would_be_wrong_is_found(c):
    one = make.sent(c)
    given = {"leader_name": "市长", "level": "city", "text": "阅。", "on": today().isoformat()}
    perform(OutcomeAct.INSTRUCT, one, c.staff, given)
    assert problems() == []
    one.instructions.update(voided_at=one.saved_at)
    make.outcome(c, one.topic)
    Topic._base_manager.filter(pk=one.topic_id).update(state="closed")
    number = one.topic.number
    assert problems() == [
        f"{number}已经办结，还有没办完的建议", f"{number}已经办结，还有没报送的成果稿", f"{number}已经办结，没有向参加人员反馈",
        f"{one.number}有一条批示作废了，没有写原因：市长",
    ]  # fmt: skip

"""Random acts by random people: whatever they do, what must hold holds."""

from random import Random

import pytest

from opinions import invariants
from opinions.acts import Act, TransferAct
from opinions.models import OpinionReport, Transfer
from opinions.states import State
from tests.factories import opinions as make
from workflow.engine import available, perform
from workflow.errors import Refused

pytestmark = pytest.mark.django_db
STEPS, LONG = 150, 3000
ONWARD = {Act.SEND_FOR_REVIEW, Act.REVIEW, Act.SIGN, Act.ISSUE}


def data_for(act: str, case, c, random: Random) -> dict:
    """Something the act's form takes; what does not fit is refused, which is an outcome too."""
    if act == Act.EDIT:
        return make.edited(case, title=f"改后的标题{random.randint(1, 99)}")
    if act == Act.JOIN:
        others = OpinionReport.objects.filter(state="editing").exclude(pk=case.pk).values_list("pk", flat=True)
        return {"into": random.choice(list(others) or [0])}
    if act == Act.HAND_OVER:
        return {"units": [random.choice([c.unit, c.other_unit]).pk], "note": "请办理"}
    outcome = {
        "level": random.choice(["city", "province", "national"]),
        "body": "上级政协",
        "mode": "single",
        "leader": "领导",
        "text": "阅。",
    }
    voided = next((f"{kind}-{row.pk}" for kind in ("forwardings", "instructions") for row in _rows(case, kind)), "")
    return {
        **make.outcome(**outcome),
        **make.ISSUE,
        **make.REPLY,
        **make.later(random.randint(31, 89)),
        "reason": "理由",
        "outcome": voided,
    }


def _rows(case, kind: str):
    return getattr(case, kind).valid() if isinstance(case, OpinionReport) else ()


def walk(c, seed: int, steps: int) -> set[str]:
    """Returns the acts that were done."""
    random, o, done = Random(seed), make.office(c), set()
    people = [
        c.author,
        c.cosigner,
        c.contact,
        *[o.editor] * 3,
        *[o.reviewer] * 2,
        *[o.signer] * 2,
        c.operator,
        c.other_operator,
    ]
    for step in range(steps):
        if step % 8 == 0:
            writer, body = random.choice([(c.author, None), (c.cosigner, None), (c.contact, c.party)])
            make.submitted(c, writer, body, title=f"第{step}件事的反映")
        case, user = _somebodys(random, random.choice(people))
        act = _chosen(random, case, user) if case else None
        if act is None:
            continue
        try:
            perform(act, case, user, data_for(act, case, c, random))
            done.add(act)
        except Refused:
            pass
        if step % 25 == 0:
            assert list(invariants.findings()) == [], (seed, step)
    assert list(invariants.findings()) == []
    return done


def _somebodys(random: Random, user):
    """A case on which this person may do something, mostly one that is under way."""
    model = random.choice([OpinionReport, OpinionReport, OpinionReport, Transfer])
    rows = model.objects.for_acting().visible_to(user).with_roles_of(user).order_by("-pk")
    if model is OpinionReport and random.random() < 0.8:
        rows = rows.filter(state__in=(*State.UNDER_WAY, State.ISSUED, State.COMBINED))
    found = list(rows[:20])
    return (random.choice(found) if found else None), user


def _chosen(random: Random, case, user) -> str | None:
    """Half of the time what leads to an issue; what cannot be taken back seldom."""
    offered = [option for option in available(case, user) if not option.blocked]
    onward = [option for option in offered if option.act in ONWARD]
    quiet = [option for option in offered if not option.transition.danger]
    group = onward if onward and random.random() < 0.5 else offered if random.random() < 0.1 else quiet or offered
    return random.choice(group).act if group else None


def test_a_walk(c, o):
    assert walk(c, 7, STEPS) >= {Act.TAKE_UP, Act.HAND_OVER, Act.RETURN}


@pytest.mark.campaign
@pytest.mark.timeout(3600)
def test_a_long_walk(c, o):
    done = walk(c, 1, LONG) | walk(c, 2, LONG)
    print(sorted(done))
    assert {str(act) for act in (*Act, *TransferAct)} - done <= {
        Act.BEGIN, Act.ISSUE_WITH, Act.GIVE_BACK, Act.SUCCEED, Act.TO_PROPOSAL, Act.WITHDRAW, Act.SUBMIT, Act.SIGN_BACK,
    }  # fmt: skip

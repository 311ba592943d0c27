"""督: a B reply whose promises are kept becomes an A; the class in which it was sent stays (domain §4.3)."""

from proposals.kinds import ResultClass
from proposals.models import Upgrade
from proposals.replies import reply_to_act_on
from workflow.transition import Step


def propose(step: Step) -> None:
    Upgrade.objects.create(
        reply=reply_to_act_on(step.case), reason=step.data["reason"], asked_by=step.actor, asked_at=step.at
    )


def consent(step: Step) -> None:
    _answer(step, Upgrade.Answer.CONSENTED)


def decline(step: Step) -> None:
    _answer(step, Upgrade.Answer.DECLINED)


def _answer(step: Step, answer: str) -> None:
    _open(step).update(answer=answer, answer_reason=step.data["reason"], answered_at=step.at)


def _open(step: Step):
    """The one request that the guard found."""
    return Upgrade.objects.open().filter(reply=reply_to_act_on(step.case))


def grant(step: Step) -> None:
    reply = reply_to_act_on(step.case)
    reply.upgraded_to, reply.upgraded_at = ResultClass.A, step.at
    reply.save(update_fields=["upgraded_to", "upgraded_at"])
    _decide(step, Upgrade.Decision.GRANTED)
    step.facts |= {"reply": reply.pk, "old_class": reply.result_class, "new_class": reply.upgraded_to}


def refuse(step: Step) -> None:
    _decide(step, Upgrade.Decision.REFUSED)


def _decide(step: Step, decision: str) -> None:
    _open(step).update(
        decision=decision, decision_reason=step.data["reason"], decided_by=step.actor, decided_at=step.at
    )

"""督: a B reply whose promises are kept becomes an A; the class in which it was sent stays (domain §4.3)."""

from proposals.kinds import ResultClass
from proposals.models import Upgrade
from proposals.replies import reply_to_act_on
from proposals.urge_guards import open_upgrade
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
    upgrade = open_upgrade(step)
    upgrade.answer, upgrade.answer_reason, upgrade.answered_at = answer, step.data["reason"], step.at
    upgrade.save(update_fields=["answer", "answer_reason", "answered_at"])


def grant(step: Step) -> None:
    reply = open_upgrade(step).reply
    reply.upgraded_to, reply.upgraded_at = ResultClass.A, step.at
    reply.save(update_fields=["upgraded_to", "upgraded_at"])
    _decide(step, Upgrade.Decision.GRANTED)
    step.facts |= {"reply": reply.pk, "old_class": reply.result_class, "new_class": reply.upgraded_to}


def refuse(step: Step) -> None:
    _decide(step, Upgrade.Decision.REFUSED)


def _decide(step: Step, decision: str) -> None:
    upgrade = open_upgrade(step)
    upgrade.decision, upgrade.decision_reason = decision, step.data["reason"]
    upgrade.decided_by, upgrade.decided_at = step.actor, step.at
    upgrade.save(update_fields=["decision", "decision_reason", "decided_by", "decided_at"])

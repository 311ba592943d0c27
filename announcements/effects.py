"""What an act changes besides the state."""

from workflow.actors import is_system
from workflow.errors import Refused
from workflow.transition import Step

from .audience import audience_of
from .models import Recipient


def publish(step: Step) -> None:
    """The recipients are fixed now: who has read it and who has not is then a fact (see docs/decisions)."""
    step.facts["recipients"] = _send_to(step, audience_of(step.case).users)
    if not step.facts["recipients"]:
        raise Refused("所选范围里没有人有账号，发出去没有人能收到。", "请回到“修改”另选收件人。", code="nobody")
    step.write(published_at=step.at)


def add(step: Step) -> None:
    """Those who came into the audience since; nobody is taken out."""
    known = step.case.recipients.order_by().values("user_id")
    step.facts["recipients"] = _send_to(step, audience_of(step.case).users.exclude(pk__in=known))
    if not step.facts["recipients"]:
        raise Refused("发布以后没有新加入的人。", "不用补发。", code="nobody_new")


def _send_to(step: Step, users) -> int:
    """One row for each account but the sender's own; returns how many."""
    sender = None if is_system(step.actor) else step.actor.pk
    keys = users.exclude(pk=sender).order_by("pk").values_list("pk", flat=True)
    rows = [Recipient(announcement=step.case, user_id=pk, added_at=step.at) for pk in keys]
    return len(Recipient.objects.bulk_create(rows))


def remind(step: Step) -> None:
    step.facts["recipients"] = step.case.recipients.to_remind(step.actor.pk).count()
    step.write(reminded_on=step.day)


def withdraw(step: Step) -> None:
    step.write(withdrawn_at=step.at, withdrawn_because=step.data["reason"])

"""评: the unit rates the proposal (domain §5.3 双向评议)."""

from proposals.models import QualityRating
from proposals.replies import reply_to_act_on
from workflow.transition import Step

GRADES = ("topic", "substance", "form", "benefit", "overall")


def rate_proposal(step: Step) -> None:
    reply, data = reply_to_act_on(step.case), step.data
    grades = {name: data[name] for name in GRADES}
    step.made = QualityRating.objects.create(
        reply=reply, comment=data["reason"], entered_by=step.actor, at=step.at, **grades
    )
    step.facts |= {"quality": step.made.pk, "open": bool(reply.decided)}

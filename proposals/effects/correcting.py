"""更正 by the head of 提案委: the old and the new stay in the log (design §4)."""

from proposals.forms.correcting import CorrectForm
from proposals.kinds import Disclosure, ResultClass
from proposals.replies import reply_to_act_on
from workflow.transition import Step


def correct(step: Step) -> None:
    name = step.data["field"]
    if name == "publish_consent":
        return _consent(step, step.data["consent"] == "yes")
    value = step.data["text"] if name == "title" else step.data["category"]
    step.facts |= {"field": name, "old": str(getattr(step.case, name) or ""), "new": str(value)}
    return step.write(**{name: value})


def _consent(step: Step, agrees: bool) -> None:
    """Why it was refused before stays in the log's own words: a reason goes with a refusal alone."""
    old, words = step.case.publish_consent, CorrectForm.CONSENT
    said = {True: words["yes"], False: words["no"], None: "没有填写"}
    step.facts |= {"field": "publish_consent", "old": said[old], "new": said[agrees]}
    if agrees and step.case.publish_refusal:
        step.facts["old"] += f"（{step.case.publish_refusal}）"
    step.write(publish_consent=agrees, publish_refusal="" if agrees else step.case.publish_refusal)


def correct_reply(step: Step) -> None:
    reply, old = reply_to_act_on(step.case), []
    for name, choices in (("result_class", ResultClass), ("disclosure", Disclosure)):
        if step.data[name]:
            old.append(choices(getattr(reply, name)).label if getattr(reply, name) else "没有填写")
            step.facts |= {f"old_{name}": getattr(reply, name), f"new_{name}": step.data[name]}
            setattr(reply, name, step.data[name])
    reply.save(update_fields=["result_class", "disclosure"])
    step.facts |= {"reply": reply.pk, "old": "；".join(old)}


def void_contact(step: Step) -> None:
    """It counts no more: neither as the contact that a reply needs nor in any figure."""
    contact = step.data["contact"]
    contact.voided_at, contact.voided_by, contact.void_reason = step.at, step.actor, step.data["reason"]
    contact.save(update_fields=["voided_at", "voided_by", "void_reason"])
    step.facts["contact"] = contact.pk

"""补充答复: written by the operator, signed by the leader, then told (domain §4.3)."""

from proposals.kinds import SupplementStage
from proposals.letter_words import in_force, word_of
from proposals.models import SupplementaryReply
from proposals.numbering import letter_series, next_number
from proposals.replies import reply_to_act_on
from proposals.unit_guards import open_supplement
from workflow.transition import Step

from .letters import NUMBER


def write(step: Step) -> None:
    """A new one, or the one that the leader sent back with its new text."""
    supplement = open_supplement(step.case) or SupplementaryReply(reply=reply_to_act_on(step.case))
    supplement.body, supplement.written_by, supplement.written_at = step.data["body"], step.actor, step.at
    supplement.save()
    step.write(supplement_stage=SupplementStage.TO_SIGN)
    step.facts["supplement"] = supplement.pk


def sign(step: Step) -> None:
    supplement, unit, year = open_supplement(step.case), in_force(step.case.unit), step.day.year
    supplement.letter_word, supplement.letter_year = word_of(unit), year
    supplement.letter_serial, supplement.issued_by = next_number(letter_series(unit, year)), unit
    supplement.signed_by, supplement.signed_at = step.actor, step.at
    supplement.save(update_fields=[*NUMBER, "signed_by", "signed_at"])
    step.write(supplement_stage="")
    step.facts |= {"supplement": supplement.pk, "letter": supplement.letter_number}


def refuse(step: Step) -> None:
    step.write(supplement_stage=SupplementStage.RETURNED)

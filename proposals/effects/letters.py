"""The unit's letters: their numbers, the sealed scan, the copies."""

from documents.uploads import attach, remove_all
from proposals import letters
from proposals.attachments import REPLY_SCAN
from proposals.letter_words import in_force, opinion_word_of, word_of
from proposals.models import Assignment, Reply
from proposals.numbering import letter_series, next_number, opinion_series
from proposals.replies import reply_to_act_on
from workflow.transition import Step

NUMBER = ("letter_word", "letter_year", "letter_serial", "issued_by")


def give_number(reply: Reply, share: Assignment, year: int) -> None:
    """The next of the unit's year, once; the letter must bear it before it is sealed, so 复核 gives it.

    A reply that goes back keeps it.
    """
    if reply.letter_serial is not None:
        return
    unit = in_force(share.unit)
    reply.letter_word, reply.letter_year = word_of(unit), year
    reply.letter_serial, reply.issued_by = next_number(letter_series(unit, year)), unit


def take_number(reply: Reply) -> None:
    reply.letter_word, reply.letter_year, reply.letter_serial, reply.issued_by = "", None, None, None
    reply.save(update_fields=NUMBER)


def opinion_number(step: Step) -> dict:
    """What a signed 会办意见 is numbered with: a series beside that of the replies."""
    unit, year = step.case.unit, step.day.year
    return {
        "opinion_word": opinion_word_of(unit), "opinion_year": year,
        "opinion_serial": next_number(opinion_series(unit, year)),
    }  # fmt: skip


def keep_scan(step: Step) -> None:
    """The latest one counts; an earlier one is removed."""
    reply, file = reply_to_act_on(step.case), step.data["scan"]
    drop_scan(reply)
    reply.scan = attach([file.pk], step.actor, REPLY_SCAN, reply.pk)[0]
    reply.save(update_fields=["scan"])
    step.facts["scan"] = file.name


def drop_scan(reply: Reply) -> None:
    """The text that was sealed is no longer the one that will be sent."""
    if reply.scan_id is None:
        return
    remove_all(REPLY_SCAN, reply.pk)
    reply.scan = None


def settle_copies(reply: Reply, share: Assignment) -> None:
    """What the letter says stays, whoever's office is renamed later."""
    if not reply.copies:
        reply.copies = letters.default_copies(share)
        reply.save(update_fields=["copies"])

"""What one reader sees of a report: its texts, what became of it, units' parts, and the acts. The page and the API ask here.

A unit gets the edited text, never the author's files nor the citizen's name; the author reads the edited text once it is
signed and a unit's answer once it is checked.
"""

from deadlines import book as books
from deadlines.book import Book
from documents import form_files
from documents.difference import changes
from members.personal_numbers import masked_name, masked_phone
from workflow.asking import having_rows
from workflow.engine import Option, available
from workflow.querysets import roles_on

from . import attachments, credits
from .models import Adoption, Forwarding, Instruction, OpinionReport, Transfer
from .roles import INSIDE, OFFICE, UNIT, Role
from .standing import part_sign
from .states import TRANSFER_TONES, State, TransferState

# Refusals that mean "not for this case": no button, instead of one that never works.
POINTLESS = {"no_handler", "not_a_member", "became_proposal", "nothing_to_void", "no_main", "offline", "not_signed"}
AUTHORS = {Role.AUTHOR, Role.COAUTHOR}


def is_worth_showing(option: Option) -> bool:
    return not (option.blocked and option.blocked.code in POINTLESS)


def options(report: OpinionReport, user) -> list[Option]:
    """What works first, what cannot be taken back after it; acts that make no sense here are left out."""
    found = [o for o in available(report, user) if is_worth_showing(o)]
    return sorted(found, key=lambda o: (bool(o.blocked), o.transition.danger))


def sees_citizen(held: frozenset[str]) -> bool:
    """The citizen for whom somebody reports is known to the author and the office alone."""
    return bool(held & {Role.AUTHOR, *OFFICE})


def citizen(report: OpinionReport, held: frozenset[str]) -> tuple[str, str]:
    """Name and contact as this reader gets them without asking: whole for whoever is writing the draft, else masked."""
    if not sees_citizen(held):
        return "", ""
    if Role.AUTHOR in held and report.state in State.EDITABLE:
        return report.citizen_name, report.citizen_contact
    return masked_name(report.citizen_name), masked_phone(report.citizen_contact)


def texts(report: OpinionReport, held: frozenset[str], followers: list[OpinionReport]) -> dict:
    """A unit and other readers get what was edited; author and office both texts with the difference.

    While a text is edited and reviewed its author sees the original; the edited one once it is signed.
    """
    if report.state == State.OFFLINE or (not held - set(UNIT) and report.state not in State.DECIDED):
        return {}  # what is edited or written anew is no unit's, also of one that has answered
    original = [(label, text) for label, text in report.texts.items() if label != "标题" and text]
    edited = [(label, text) for label, text in report.edited_texts.items() if label != "标题" and text]
    inside, settled = bool(held & set(INSIDE)), report.state in State.SETTLED
    wide = inside or bool(held & AUTHORS)
    files = attachments.of_report(report.pk) if held & attachments.READERS else []
    return {
        "original": original if wide or not edited else [], "edited": edited if inside or settled or not wide else [],
        "edited_title": report.edited_title, "files": [form_files.entry(file) for file in files],
        "changes": changes(report.texts, report.edited_texts) if edited and (inside or (settled and wide)) else [],
        "compares": bool(edited) and inside, "signs": report.secrecy_signs if held & {Role.AUTHOR, *OFFICE} else [],
        "followers": followers if inside else [], "opens_followers": bool(held & set(OFFICE)),
    }  # fmt: skip


def credited_with(report: OpinionReport, held: frozenset[str], followers: list[OpinionReport]) -> list[str]:
    """Names. Who else reported on the matter is the house's knowledge until all of them stand in one issue."""
    return credits.authors_of(report, followers if held & set(INSIDE) or report.state == State.ISSUED else [])


def outcomes(report: OpinionReport, held: frozenset[str]) -> dict:
    """Adoptions and 批示 are for authors and the office; a unit learns nothing of them."""
    if held - set(UNIT) == set() or report.state not in State.WITH_OUTCOMES:
        return {}
    kinds = {"forwardings": Forwarding, "adoptions": Adoption, "instructions": Instruction}
    keys = (report.pk, report.combined_into_id)
    rows = {name: kind.objects.valid().counting_for(*keys) for name, kind in kinds.items()}
    there = having_rows(list(rows.values()))
    found = {name: list(rows[name]) if place in there else [] for place, name in enumerate(rows)}
    # Both stand in the county's issue, each by a row of its own.
    found["adoptions"] = [row for row in found["adoptions"] if row.report_id == report.pk or not row.by_issue]
    attachments.with_files(attachments.INSTRUCTION, found["instructions"])
    return {**found, "shows_outcomes": bool(there or report.issue_id)}


def parts_of(report: OpinionReport, user, book: Book | None = None) -> list[Transfer]:
    """The units' parts this reader may see, each with its buttons and light; the author reads an answer once it is checked."""
    rows = Transfer.objects.for_acting().filter(report=report).visible_to(user).with_roles_of(user).order_by("pk")
    book, found = book or books.load(), list(rows)
    attachments.with_files(attachments.TRANSFER, found)
    for part in found:
        part.report = report
        part.tone, part.light = TRANSFER_TONES[part.state], part_sign(part, report.urgency, book)
        part.options = available(part, user)
        with_words(part)
    return found


def with_words(part: Transfer) -> Transfer:
    """Adds `shown_reply`, `shown_note` and `shown_return`; `part` was read through `with_roles_of`."""
    inside = bool(roles_on(part) & {*OFFICE, *UNIT})
    part.shown_reply = part.reply if inside or part.state == TransferState.FED_BACK else ""
    part.shown_files = getattr(part, "files", []) if part.shown_reply else []
    part.shown_note = part.note if inside else ""
    part.shown_return = part.return_reason if inside and part.state == TransferState.SENT_BACK else ""
    return part

"""What the page of an outcome shows to one reader, and that of a recommendation; the API gives the same."""

from collections import defaultdict

from django.db.models import F, Q

from consultations import attachments
from consultations.attachments import READS_INSTRUCTIONS
from consultations.models import Conversion, Instruction, ItemNote, Outcome, OutcomeVersion, Recommendation
from consultations.roles import INSIDE, Role
from consultations.states import tone_of
from documents import form_files
from documents.models import Attachment
from workflow.querysets import roles_on

KEEPS_THE_RECORD = {Role.OFFICE, Role.LEAD}


def items(one: Outcome, user) -> list[Recommendation]:
    """All of them; `is_seen` says of which this reader may read how it stands. Two queries."""
    rows = list(one.items.select_related("unit", "topic").order_by("position"))
    mine = set(Recommendation.objects.visible_to(user).filter(outcome=one).values_list("pk", flat=True))
    for row in rows:
        row.tone, row.is_seen = tone_of(row.state), row.pk in mine
    return rows


def instructions(one: Outcome) -> list[Instruction]:
    """`shown_text`: what the leader wrote, for those who may read it. What was entered wrongly stays to be seen by those
    who keep the record."""
    roles = roles_on(one)
    rows = one.instructions.order_by("on", "pk")
    rows = list(rows if roles & KEEPS_THE_RECORD else rows.valid())
    for row in rows:
        row.shown_text = row.text if roles & READS_INSTRUCTIONS else ""
    return rows


def versions(one: Outcome) -> list[OutcomeVersion]:
    """As they went to the leader, the newest first; inside the house only."""
    return list(one.versions.order_by("-serial")) if roles_on(one) & set(INSIDE) else []


def files(one: Outcome, instructions: list[Instruction]) -> list[dict]:
    """The outcome's own; those of the 批示 are put with them, for who reads what they say. One query."""
    open_to = [row.pk for row in instructions if row.shown_text and row.voided_at is None]
    own = Q(subject=attachments.OUTCOME, subject_id=one.pk)
    rows = Attachment.objects.filter(own | Q(subject=attachments.INSTRUCTION, subject_id__in=open_to))
    places = defaultdict(list)
    for file in rows.order_by("created_at", "pk"):
        places[file.subject, file.subject_id].append(form_files.entry(file))
    for row in instructions:
        row.files = places[attachments.INSTRUCTION, row.pk]
    return places[attachments.OUTCOME, one.pk]


def item_files(row: Recommendation) -> list[dict]:
    return [form_files.entry(file) for file in Attachment.objects.of(attachments.ITEM, row.pk)]


def record(row: Recommendation) -> list[ItemNote]:
    """Answers, progress, delays, urging; the newest first."""
    return list(row.notes.select_related("by__person").order_by(F("at").desc(), "-pk"))


def conversions(row: Recommendation, user) -> list[Conversion]:
    """A draft is its author's own; who leads the topic counts what came of it."""
    found = Conversion.objects.filter(item=row).select_related("person")
    return list(found if roles_on(row) & KEEPS_THE_RECORD else found.filter(person=user.person_id))

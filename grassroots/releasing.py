"""The text to be released: put together from the matter as it stands, masked, ready to be looked at and kept."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, OuterRef, Subquery

from documents.masking.finding import ALWAYS, Find, What
from documents.masking.texts import Masked, Rules, masked
from workflow.models import Event

from .kinds import Progress
from .models import Consensus, Matter, Release, Stay
from .states import State

TITLE_SHOWN = 60
# Whoever has no account is named by the minutes, not in public.
ROOM = "由议事室督促落实"
AGREED_ON = (State.AGREED, State.HANDLING, State.DONE, State.ANSWERED, State.CLOSED, State.MOVED, State.ARCHIVED)
ANSWERED = (State.ANSWERED, State.CLOSED, State.MOVED, State.ARCHIVED)
# A release before one of these lacks words that are there now: what was agreed, done or answered.
TO_TELL = (State.AGREED, State.DONE, State.ANSWERED, State.MOVED)


@dataclass(frozen=True)
class DraftItem:
    text: Masked
    report: Masked
    unit: str
    due_on: str
    progress: str
    pk: int


@dataclass(frozen=True)
class Draft:
    matter: Matter
    title: Masked
    text: Masked
    findings: Masked
    not_agreed: Masked
    answer: Masked
    items: list[DraftItem]

    def parts(self) -> Iterator[Masked]:
        yield from (self.title, self.text, self.findings, self.not_agreed, self.answer)
        for item in self.items:
            yield from (item.text, item.report)

    @property
    def counts(self) -> Counter:
        return sum((part.counts for part in self.parts()), Counter())

    def choosable(self) -> list[Find]:
        """What may be let stand, each wording once: addresses and names."""
        finds = (find for part in self.parts() for find in part.finds if find.what not in (*ALWAYS, What.CHOSEN))
        return list({find.text: find for find in finds}.values())


def names_of(matter: Matter) -> tuple[str, ...]:
    """Names that are never published with it: the citizen's, the bringer's, and of those who took part."""
    people = _once(matter, "_names", lambda: _people(matter))
    return tuple(sorted({*people, matter.contact_name} - {""}))


def _people(matter: Matter) -> list[str]:
    rows = matter.meetings.values_list("participants__person__name", flat=True)
    bringer = matter.brought_by.person if matter.brought_by_id else None
    return [*filter(None, rows), *([bringer.name] if bringer else [])]


def draft_of(matter: Matter, rules: Rules) -> Draft:
    """What was not signed yet is left out."""
    is_agreed = matter.state in AGREED_ON
    items = _once(matter, "_items", lambda: _items(matter)) if is_agreed else []
    meeting = _once(matter, "_signed", lambda: _signed(matter)) if is_agreed else None
    answer = matter.answer if matter.state in ANSWERED else ""
    return Draft(
        matter, masked(matter.public_title or matter.title, rules), masked(matter.public_text or matter.text, rules),
        masked(matter.findings, rules), masked(meeting.not_agreed if meeting else "", rules), masked(answer, rules),
        [_item(item, rules) for item in items],
    )  # fmt: skip


def _items(matter: Matter) -> list:
    """Of signed minutes, without what was given up when the matter was talked over again."""
    rows = matter.items.filter(meeting__signed_at__isnull=False).select_related("unit").prefetch_related("notes")
    return [item for item in rows.order_by("pk") if not item.is_dropped]


def _signed(matter: Matter):
    return matter.meetings.filter(signed_at__isnull=False).order_by("-pk").first()


def _item(item, rules: Rules) -> DraftItem:
    notes = [note for note in item.notes.all() if note.text]
    return DraftItem(
        masked(item.text, rules), masked(notes[-1].text if notes else "", rules),
        item.unit.name if item.unit_id else ROOM, item.due_on.isoformat(), item.progress, item.pk,
    )  # fmt: skip


def _once(matter: Matter, name: str, read):
    if name not in matter.__dict__:
        matter.__dict__[name] = read()
    return matter.__dict__[name]


def release_of(draft: Draft, user, at: datetime) -> Release:
    """The draft as it will be kept; not saved. A masked title may be longer than what was written."""
    return Release(
        matter=draft.matter, title=draft.title.text[:TITLE_SHOWN], text=draft.text.text, findings=draft.findings.text,
        not_agreed=draft.not_agreed.text, answer=draft.answer.text, redactions=dict(draft.counts),
        items=[
            {
                "text": item.text.text, "unit": item.unit, "due_on": item.due_on,
                "progress": Progress(item.progress).label, "report": item.report.text, "item": item.pk,
            }
            for item in draft.items
        ],
        released_by=user, released_at=at,
    )  # fmt: skip


def current():
    """What the public reads now, each with `came`: how the matter came to the room where it is."""
    came = Stay.objects.filter(matter=OuterRef("matter"), until=None).values("how")[:1]
    rows = Release.objects.filter(withdrawn_at__isnull=True).annotate(came=Subquery(came))
    return rows.select_related("matter__venue__organization", "matter__venue__township", "matter__onward")


def outdated():
    """Released matters of which something new is to be told: each with `told_since`, when that began. Of one that was
    refused later and filed the page says so by itself (words.public_note)."""
    rows = Matter.objects.filter(state__in=State.RELEASABLE, refusal="", releases__withdrawn_at__isnull=True)
    news = Event.objects.filter(
        process=Matter.process_name, object_id=OuterRef("pk"), to_state__in=TO_TELL,
        happened_at__gt=OuterRef("releases__released_at"),
    ).exclude(from_state=F("to_state")).order_by("sequence")  # fmt: skip
    return rows.annotate(told_since=Subquery(news.values("happened_at")[:1])).filter(told_since__isnull=False)


def with_progress(release: Release) -> list[dict]:
    """The things agreed as they were released, each with how it stands today: a mark, no words."""
    rows = Consensus.objects.filter(matter=release.matter_id).with_is_reported()
    today = {row.pk: row.progress_word for row in rows}
    return [item | ({"progress": today[item["item"]]} if item.get("item") in today else {}) for item in release.items]

"""Each minute: who has to be told of what, and is not told yet. Any number of these may run at once.

The rows of a run are inserted in the order of their unique key and those already there are passed over; a second run
waits for the first at the first key they share and then finds nothing new. Rows, messages and mails are one
transaction: whoever dies in between has told nobody.
"""

import datetime
import uuid
from collections.abc import Iterable, Iterator
from itertools import groupby

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from deadlines import book as books
from deadlines import working_hours
from deadlines.book import Book, NoRule
from deadlines.rules import as_date
from notices.channels import hand_over
from notices.delivery import subject_line
from notices.models import Message, Reminder

from . import words
from .sources import Audience, DueRow, Window, due_rows
from .stages import Stage, holding

BATCH = 2000
REPORT = ("case_kind", "case_id", "step", "recipient_id", "due_on", "audience")
KEY = ("case_kind", "case_id", "step", "recipient_id", "due_on", "offset")


def remind(now: datetime.datetime | None = None) -> int:
    """Tell everybody who has to be told now; returns how many messages went out. Outside working hours nobody is."""
    now = now or timezone.now()
    book = books.load()
    if not working_hours.is_open(now, book.calendar):
        return 0
    found = find_due(as_date(now), book)
    return _tell(found, as_date(now)) if found else 0


def find_due(today: datetime.date, book: Book) -> list[Reminder]:
    """What has to be told on this day and is not told yet, unsaved, in the order of the key."""
    wanted = {key(one): one for one in sorted(_wanted(today, book), key=_weight)}
    dates = {one.due_on for one in wanted.values()}
    told, reported = _told(dates)
    return [wanted[name] for name in sorted(wanted) if name not in told and _report(wanted[name]) not in reported]


def _wanted(today: datetime.date, book: Book) -> Iterator[Reminder]:
    for row in due_rows(window(today, book)):
        rule = rule_of(row, book)
        for stage in holding(row, rule, book.calendar, today) if rule else ():
            yield from _reminders(row, stage)


def window(today: datetime.date, book: Book, days: int = 0, with_private: bool = True) -> Window:
    """Up to the due dates whose first reminder may be due within `days` from today."""
    longest = max((offset for rule in book.rules for offset in rule.reminder_offsets), default=0)
    until = book.calendar.add_workdays(today + datetime.timedelta(days=days), longest + 1)
    return Window(today, until, book, with_private)


def rule_of(row: DueRow, book: Book):
    """The version in force when the step began; None where staff left a gap: nobody is reminded by no rule."""
    try:
        return book.rule_for(row.step, row.started_on, row.rule_kind)
    except NoRule:
        return None


def _reminders(row: DueRow, stage: Stage) -> Iterator[Reminder]:
    for user_id in set(row.people.get(stage.audience, ())):
        yield Reminder(
            case_kind=row.case_kind, case_id=row.case_id, step=row.step, recipient_id=user_id, due_on=row.due_on,
            offset=stage.offset, audience=stage.audience, number=row.number, url=row.url,
        )  # fmt: skip


def key(reminder: Reminder) -> tuple:
    return tuple(getattr(reminder, name) for name in KEY)


def _weight(reminder: Reminder) -> bool:
    """Who is both reminded and told as a superior is told once, as a superior."""
    return words.kind_of(reminder) == words.ESCALATION


def _told(due_dates: Iterable[datetime.date]) -> tuple[set[tuple], set[tuple]]:
    """The keys of what was told, and what superiors were told of whatever the number of days."""
    rows = list(Reminder.objects.filter(due_on__in=due_dates).only(*KEY, "audience"))
    return {key(row) for row in rows}, {_report(row) for row in rows} - {None}


def _report(reminder: Reminder) -> tuple | None:
    """A superior is told once of a date; another number of days in the rule is no new lateness."""
    if reminder.audience == Audience.HOLDER:
        return None
    return tuple(getattr(reminder, name) for name in REPORT)


@transaction.atomic
def _tell(found: list[Reminder], today: datetime.date) -> int:
    run = uuid.uuid4()
    for one in found:
        one.run = run
    Reminder.objects.bulk_create(found, batch_size=BATCH, ignore_conflicts=True)
    ours = Reminder.objects.filter(run=run)
    messages = Message.objects.bulk_create(_messages(ours, today), batch_size=BATCH)
    if not messages:
        return 0
    sent = Message.objects.filter(pk__in=[message.pk for message in messages])
    for kind, rows in (
        (words.REMINDER, ours.filter(audience=words.Audience.HOLDER)),
        (words.ESCALATION, ours.exclude(audience=words.Audience.HOLDER)),
    ):
        mine = sent.filter(recipient=OuterRef("recipient"), kind=kind)
        rows.update(message=Subquery(mine.values("pk")[:1]))
    hand_over(sent)
    return len(messages)


def _messages(ours, today: datetime.date) -> list[Message]:
    """One for each person and kind, what is due first on top."""
    rows = sorted(ours, key=lambda one: (one.recipient_id, words.kind_of(one), one.due_on, one.pk))
    return [
        _message(user_id, kind, list(lines), today)
        for (user_id, kind), lines in groupby(rows, key=lambda one: (one.recipient_id, words.kind_of(one)))
    ]


def _message(user_id: int, kind: str, lines: list[Reminder], today: datetime.date) -> Message:
    """A single item leads straight to its case; several to the message's own page, which lists them all."""
    return Message(
        recipient_id=user_id, kind=kind, urgent=kind == words.ESCALATION,
        subject=subject_line(words.subject(kind, lines, today)), body=words.body(kind, lines, today),
        url=lines[0].url if len(lines) == 1 else "", facts=words.facts(lines, today),
    )  # fmt: skip

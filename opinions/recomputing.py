"""When the calendar or a rule changes: the targets of reports under way and the dates of units, by today's book."""

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Greatest

from deadlines import book as books
from deadlines.recompute import Change
from workflow.models import Event

from . import clocks
from .acts import Act
from .models import OpinionReport, Transfer
from .states import TransferState

DATES = ("sign_due_on", "due_on")


def recompute_open() -> list[Change]:
    book = books.load()
    return [*_reports(book), *_parts(book)]


def _reports(book) -> list[Change]:
    moved, changes = [], []
    rows = OpinionReport.objects.under_way().filter(due_on__isnull=False).select_for_update().order_by("pk")
    for report in rows.annotate(began=Greatest("submitted_at", "resubmitted_at", Subquery(_resumed()))):
        at = clocks.target(report.urgency, report.began, book)
        if at is None or at == report.target_at:
            continue
        changes.append(Change(f"{report.number} 处理", report.due_on, clocks.due_on(at), report.get_absolute_url()))
        report.target_at, report.due_on = at, clocks.due_on(at)
        moved.append(report)
    OpinionReport.objects.bulk_update(moved, ["target_at", "due_on"], batch_size=500)
    return changes


def _resumed():
    """When a report was last taken up again; the target of what never was counts from its submission."""
    events = Event.objects.filter(process=OpinionReport.process_name, act=Act.RESUME, object_id=OuterRef("pk"))
    return events.order_by("-sequence").values("happened_at")[:1]


def _parts(book) -> list[Change]:
    moved, changes = [], []
    rows = Transfer.objects.filter(state__in=TransferState.WITH_UNIT, due_on__isnull=False).select_related(
        "unit", "report"
    )
    for part in rows.select_for_update(of=("self",)).order_by("report_id", "pk"):
        dates = clocks.unit_dates(part.report.urgency, part.assigned_at, book)
        if part.extended_from:  # set by people, with a reason
            dates["due_on"] = part.due_on
        if None in dates.values() or all(getattr(part, name) == dates[name] for name in DATES):
            continue
        changes.append(Change(f"{part} 答复", part.due_on, dates["due_on"], part.get_absolute_url()))
        part.sign_due_on, part.due_on = dates["sign_due_on"], dates["due_on"]
        moved.append(part)
    Transfer.objects.bulk_update(moved, DATES, batch_size=500)
    return changes

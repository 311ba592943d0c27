"""A unit gets more time once, by a decision, and within six months (design §6 办, §8)."""

from collections.abc import Iterator

from django.db.models import F

from deadlines.rules import as_date, ceiling
from proposals.models import ExtensionRequest
from proposals.states import AssignmentState, ExtensionState

from .naming import owners


def extensions_fit_their_share() -> Iterator[str]:
    waiting = ExtensionRequest.objects.open()
    yield from owners(waiting.exclude(assignment__state__in=AssignmentState.OPEN), "已办完或撤回，延期申请却还在等决定")
    yield from owners(waiting.exclude(assignment__round=1), "再次办理却在申请延期")
    granted = ExtensionRequest.objects.filter(state=ExtensionState.GRANTED)
    lost = granted.filter(assignment__round=1, assignment__decided_due_on__isnull=True)
    yield from owners(lost, "已同意延期，办理期限却没有改")
    yield from owners(granted.filter(granted_on__gt=F("wanted_on")), "同意的期限晚于申请的期限")
    days = granted.values_list("pk", "assignment__first_assigned_at", "granted_on")
    wrong = [pk for pk, first, day in days if day is None or day > ceiling(as_date(first))]
    yield from owners(ExtensionRequest.objects.filter(pk__in=wrong), "延期超过首次交办后六个月")

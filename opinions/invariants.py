"""What must hold of reports at every moment, for tests and `manage.py check_opinions`."""

from collections.abc import Iterator

from django.db.models import Count, F, Max, Q

from workflow.checking import Finding

from .effects.editing import PARTS
from .models import Adoption, Forwarding, Instruction, Issue, OpinionReport, Series, Transfer
from .numbering import issue_series
from .states import State

TEXTS = (*PARTS, *(f"edited_{name}" for name in PARTS), "citizen_name", "citizen_contact")


def findings() -> Iterator[Finding]:
    """Everything that is not as it must be; nothing when all is well."""
    yield from _issued()
    yield from _numbers()
    yield from _adopted()
    yield from _stubs()
    yield from _united()
    yield from _parts()


def _issued() -> Iterator[Finding]:
    """Each issued report stands in exactly one issue, and no issue is empty."""
    for row in OpinionReport.objects.filter(state=State.ISSUED, issue__isnull=True):
        yield Finding(row.number, "已编发，却没有编入任何一期")
    wrong = ~Q(state__in=(State.ISSUED, State.OFFLINE))
    for row in OpinionReport.objects.filter(wrong, issue__isnull=False):
        yield Finding(row.number, f"编入了{row.issue}，状态却是“{row.get_state_display()}”")
    for issue in Issue.objects.annotate(n=Count("reports")).filter(n=0):
        yield Finding(str(issue), "这一期里没有信息")


def _numbers() -> Iterator[Finding]:
    """Numbers run without a gap in each year, from 1 or from what was printed before, and the series stands at the last."""
    series = dict(Series.objects.values_list("name", "last"))
    printed = dict(Series.objects.values_list("name", "printed"))
    for year, count, last in Issue.objects.order_by().values_list("year").annotate(n=Count("pk"), last=Max("number")):
        if count != last - printed.get(issue_series(year), 0):
            yield Finding(f"{year}年", f"共编发 {count} 期，期号却到了第 {last} 期")
        if series.get(issue_series(year)) != last:
            yield Finding(f"{year}年", f"编号序列停在 {series.get(issue_series(year))}，期号到了第 {last} 期")


def _adopted() -> Iterator[Finding]:
    """What the county printed stands in an issue, on or before the day. Above, a report may have been adopted that was
    not printed here, or before it was; but nothing comes of it before it was submitted."""
    early = Q(on__lt=F("report__issue__issued_on")) | Q(report__issue__isnull=True)
    for row in Adoption.objects.valid().filter(early, by_issue=True).select_related("report"):
        yield Finding(row.report.number, "登记了采用，却没有编发，或者采用日期早于编发日期")
    for kind in (Forwarding, Adoption, Instruction):
        rows = kind.objects.valid().filter(on__lt=F("report__submitted_at__date"))
        for row in rows.select_related("report"):
            yield Finding(row.report.number, f"“{row}”的日期早于提交日期")


def _stubs() -> Iterator[Finding]:
    for row in OpinionReport.objects.filter(state=State.OFFLINE):
        if any(getattr(row, name) for name in TEXTS):
            yield Finding(row.number, "已转线下，系统里还有文字")
        if row.moved_offline_at is None:
            yield Finding(row.number, "已转线下，没有记下时间")


def _united() -> Iterator[Finding]:
    """What was united with a text goes with it, and nothing is united twice over."""
    for row in OpinionReport.objects.filter(state=State.COMBINED).select_related("combined_into"):
        main = row.combined_into
        if main is None or main.combined_into_id is not None:
            yield Finding(row.number, "已并入综合稿，却没有综合稿，或者综合稿又并入了别的稿件")
        elif main.state == State.ISSUED:
            yield Finding(row.number, "综合稿已编发，并入的这一条没有一起编发")
    apart = OpinionReport.objects.filter(state=State.ISSUED, combined_into__isnull=False).exclude(
        issue=F("combined_into__issue")
    )
    for row in apart:
        yield Finding(row.number, "与综合稿不在同一期")


def _parts() -> Iterator[Finding]:
    for row in (
        Transfer.objects.filter(state="fed_back")
        .filter(Q(checked_at=None) | Q(replied_at=None))
        .select_related("unit", "report")
    ):
        yield Finding(str(row), "已反馈，却没有答复或核对的时间")

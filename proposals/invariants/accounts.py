"""Counting and numbering: §16B 1 and 2."""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Count, Max, Min, Q
from django.db.models.functions import Coalesce

from members.models import Organization, Session
from proposals.kinds import Origin
from proposals.models import NumberSeries, Proposal, Reply
from proposals.numbering import case_series, letter_series
from proposals.states import ProposalState
from proposals.statistics import FILED_IN, INSIDE, IS_MERGED, OUTSIDE

from .naming import named


def sums_agree() -> Iterator[str]:
    """收到 = 立案 + 并案 + 不予立案 + 撤案 + 待审, and with merged ones counted as filed without 并案."""
    parts = {
        "merged": IS_MERGED, "not_filed": Q(state=ProposalState.NOT_FILED),
        "withdrawn": Q(state=ProposalState.WITHDRAWN), "pending": Q(state__in=ProposalState.PENDING),
    }  # fmt: skip
    counts = {f"filed_{habit}": Count("pk", filter=filed) for habit, filed in FILED_IN.items()}
    counts |= {name: Count("pk", filter=part) for name, part in parts.items()}
    rows = Proposal.objects.received().order_by().values("session__term__number", "session__ordinal")
    for row in rows.annotate(received=Count("pk"), **counts):
        rest = row["not_filed"] + row["withdrawn"] + row["pending"]
        outside = row[f"filed_{OUTSIDE}"] + row["merged"] + rest
        inside = row[f"filed_{INSIDE}"] + rest
        if not row["received"] == outside == inside:
            code = f"{row['session__term__number']}-{row['session__ordinal']}"
            yield f"{code}：收到 {row['received']} 件，各项之和 {outside} 件（并案另计）、{inside} 件（并案计入立案）"


def receipts_follow_states() -> Iterator[str]:
    """Whatever was submitted has a 流水号, and nothing else; withdrawn ones may or may not."""
    private = Q(state__in=ProposalState.PRIVATE)
    withdrawn = Q(state=ProposalState.WITHDRAWN)
    rows = Proposal.objects.order_by()
    yield from named(rows.filter(private, receipt_number__isnull=False), "还没有提交却有流水号")
    yield from named(rows.filter(receipt_number__isnull=True).exclude(private | withdrawn), "已提交却没有流水号")


def filed_have_a_category() -> Iterator[str]:
    filed = Proposal.objects.filter(Q(state__in=ProposalState.FILED_ON), origin=Origin.PORTAL)
    yield from named(filed.filter(business_category__isnull=True), "已立案却没有类别")


def numbers_are_gap_free() -> Iterator[str]:
    """A session numbered by the portal alone runs 1, 2, 3 …; the database keeps numbers unique."""
    numbered = Proposal.objects.filter(serial__isnull=False).order_by()
    imported = Proposal.objects.filter(origin=Origin.LEDGER).values("session_id")
    sessions = numbered.exclude(session_id__in=imported).values("session__term__number", "session__ordinal")
    for row in sessions.annotate(n=Count("pk"), first=Min("serial"), last=Max("serial")):
        if (row["first"], row["last"]) != (1, row["n"]):
            code = f"{row['session__term__number']}-{row['session__ordinal']}"
            yield f"{code}：已编 {row['n']} 件，号码从 {row['first']} 到 {row['last']}，有缺号"


def numbers_stay_in_their_series() -> Iterator[str]:
    """The series remembers every number given, so that none is given again; whoever is handed out has one."""
    last = dict(NumberSeries.objects.values_list("name", "last"))
    highest = Proposal.objects.order_by().values("session_id").annotate(highest=Max("serial"))
    sessions = Session.objects.select_related("term").in_bulk()
    for row in highest.filter(serial__isnull=False):
        session = sessions[row["session_id"]]
        if row["highest"] > last.get(case_series(session), 0):
            yield f"{session}：已编到 {row['highest']} 号，编号序列只记到 {last.get(case_series(session), 0)}"
    handed_on = Proposal.objects.filter(state__in=ProposalState.HANDED_ON, origin=Origin.PORTAL)
    yield from named(handed_on.filter(serial__isnull=True), "已交办却没有案号")


def letters_are_numbered_once() -> Iterator[str]:
    """发文号 per unit and year: each once, and none beyond what the series has given."""
    letters = Reply.objects.filter(letter_serial__isnull=False).order_by()
    letters = letters.annotate(by=Coalesce("issued_by", "assignment__unit")).values("by", "letter_year")
    counts = letters.annotate(
        n=Count("pk"), different=Count("letter_serial", distinct=True), highest=Max("letter_serial")
    )
    last = defaultdict(int, NumberSeries.objects.values_list("name", "last"))
    units = Organization.objects.in_bulk({row["by"] for row in counts})
    for row in counts:
        unit, year = units[row["by"]], row["letter_year"]
        if row["n"] != row["different"] or row["highest"] > last[letter_series(unit, year)]:
            yield f"{unit} {year} 年答复函 {row['n']} 份，文号 {row['different']} 个，最大 {row['highest']}"

"""What is counted: each base a named population, narrowed by what is asked. Every figure is a part of one of these."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from consultations import statistics as consultations
from consultations.models import Opinion as TopicOpinion
from consultations.states import OpinionState
from grassroots import figures as grassroots
from grassroots.models import Venue
from members.models import Member, Person
from members.periods import today
from opinions.kinds import Level
from opinions.models import Adoption, Instruction, OpinionReport
from opinions.states import State as OpinionReportState
from proposals import statistics
from proposals.kinds import AssignmentKind
from proposals.models import Assignment, Cosignature, Proposal
from proposals.states import CosignatureState
from reports.assessment import period as assessment_period
from reports.assessment import population

from . import as_of
from .asked import CATEGORY, GROUP, KIND, MONTH, SECTOR, SUBMITTED, TOWNSHIP, UNIT, UNSORTED, Asked

OF_PROPOSALS = frozenset((CATEGORY, SECTOR, GROUP, UNIT, TOWNSHIP, KIND, SUBMITTED))


@dataclass(frozen=True)
class Base:
    """`rows(asked)` gives the rows, `count` the column by which they are counted; `lists` how listing.py shows them.

    `takes`: the conditions it can be narrowed by. All of them can be asked as of a past day.
    """

    key: str
    noun: str
    lists: str
    rows: Callable[[Asked], object]
    takes: frozenset = OF_PROPOSALS
    count: str = "pk"

    def fits(self, asked: Asked) -> bool:
        return set(asked.conditions) <= self.takes

    def aggregate(self, only: Q, asked: Asked, weight=None):
        only = as_of.then(only) if asked.as_of else only
        condition = only or None
        if weight is not None:
            return Coalesce(Sum(weight, filter=condition), 0)
        return Count(self.count, filter=condition)


def moments(first: date, last: date) -> tuple[datetime, datetime]:
    """From the beginning of the one day to the end of the other."""
    start = timezone.make_aware(datetime.combine(first, time.min))
    return start, as_of.end_of(last) - timedelta(microseconds=1)


# --- Proposals -----------------------------------------------------------------------


def proposals(asked: Asked):
    """收到的提案 of the session, or submitted on these days."""
    rows = Proposal.objects.received().order_by()
    if asked.period.session:
        rows = rows.of_session(asked.period.session)
    else:
        rows = rows.filter(_submitted_in(asked.period.first, asked.period.last))
    rows = rows.filter(_of_proposals(asked))
    return as_of.proposals(rows, asked.as_of) if asked.as_of else rows


def _submitted_in(first: date, last: date) -> Q:
    """By the day of submission; an old ledger that does not tell it goes by the last day of its session, as in the
    assessment, so that every proposal is in exactly one year."""
    told = Q(submitted_at__range=moments(first, last))
    return told | Q(submitted_at__isnull=True, session__closes__range=(first, last))


def _of_proposals(asked: Asked) -> Q:
    found = Q()
    if asked.get(CATEGORY):
        wanted = asked.get(CATEGORY)
        found &= Q(business_category__isnull=True) if wanted == UNSORTED else Q(business_category_id=wanted)
    if asked.get(KIND):
        found &= Q(kind=asked.get(KIND))
    if asked.get(SUBMITTED):
        found &= Q(submitted_at__range=month_days(asked.get(SUBMITTED)))
    for name in (SECTOR, GROUP):
        if asked.get(name):
            found &= _of_body(name, asked.get(name))
    if asked.get(UNIT) or asked.get(TOWNSHIP) or not asked.reader.everything:
        shares = Assignment.objects.answering().current().filter(units_of(asked))
        found &= Q(pk__in=shares.order_by().values("proposal_id"))
    return found


def _of_body(name: str, body: int) -> Q:
    """Its own collective ones, and those whose first proposer sat in it when the proposal was submitted."""
    day = Coalesce(OuterRef("submitted_at__date"), OuterRef("session__closes"))
    then = Q(ends__isnull=True) | Q(ends__gte=day)
    seats = Member.objects.filter(
        Q(from_ledger=True) | then & Q(starts__lte=day),
        person_id=OuterRef("first_proposer_id"), term_id=OuterRef("session__term_id"), **{name: body},
    )  # fmt: skip
    return Q(organization_id=body) | Q(Exists(seats))


def units_of(asked: Asked) -> Q:
    """The shares of the unit, of the township, and of those units that the reader may read about."""
    found = asked.reader.shares
    for name in (UNIT, TOWNSHIP):
        if asked.get(name):
            found &= Q(unit_id=asked.get(name))
    return found


def answers(asked: Asked):
    """已交办的提案, each with its answering units' shares taken together (proposals/statistics.py)."""
    known = None if asked.reader.units.reads_ratings else statistics.may_be_known(today())
    facts = as_of.facts(asked.as_of, known) if asked.as_of else statistics.facts_now(known)
    only = units_of(asked)
    if only:
        facts = statistics.Facts(facts.shares.filter(only), facts.replied, facts.replies, facts.ratings, facts.known)
    handled = as_of.then(statistics.IS_HANDLED) if asked.as_of else statistics.IS_HANDLED
    return statistics.answers(proposals(asked).filter(handled), facts)


def shares(asked: Asked):
    """交办的件次: every unit's share in these proposals, 会办 too, with the assessment's measures."""
    rows = proposals(asked.without(UNIT, TOWNSHIP, MONTH)) if asked.reader.everything else _reached(asked)
    where = Q(proposal__in=rows.values("pk")) & units_of(asked)
    if asked.get(MONTH):
        where &= Q(assigned_at__range=month_days(asked.get(MONTH)))
    if asked.as_of:
        return as_of.shares(where, asked.as_of)
    blind = not asked.reader.units.reads_ratings
    period = assessment_period.Period("", "", asked.period.first.year, where)
    return population.shares(period, today(), blind)


def _reached(asked: Asked):
    """For who reads some units only: the proposals, whatever these units' part in them."""
    return proposals(replace(asked.without(UNIT, TOWNSHIP, MONTH), reader=_AllUnits(asked.reader)))


@dataclass(frozen=True)
class _AllUnits:
    """A reader whose shares are narrowed afterwards."""

    reader: object
    everything: bool = True
    shares: Q = Q()


def month_days(code: str) -> tuple[datetime, datetime]:
    """2026-05 → its beginning and end."""
    year, month = (int(part) for part in code.split("-"))
    after = date(year + month // 12, month % 12 + 1, 1)
    return moments(date(year, month, 1), after - timedelta(days=1))


def suggestions(asked: Asked):
    """已答复的建议: what the latest sent replies say to each suggestion."""
    rows = shares(asked)
    return (
        as_of.suggestions(rows) if asked.as_of else population.answers(rows.filter(kind__in=AssignmentKind.ANSWERING))
    )


# --- Members -------------------------------------------------------------------------


def people(asked: Asked):
    """Whoever is first proposer or co-signer of one of these proposals."""
    return Person.objects.filter(pk__in=statistics.involved(proposals(asked), _cosigned(asked))).order_by()


def _cosigned(asked: Asked):
    return as_of.cosigned(asked.as_of) if asked.as_of else Cosignature.objects.filter(state=CosignatureState.AGREED)


def members(asked: Asked):
    """Members in office, with what they did in the time."""
    rows = Member.objects.in_office(asked.seats_on).order_by()
    for name in (SECTOR, GROUP):
        if asked.get(name):
            rows = rows.filter(**{name: asked.get(name)})
    received = proposals(Asked(asked.period, asked.reader, as_of=asked.as_of))
    own = received.filter(first_proposer=OuterRef("person"))
    signed = _cosigned(asked).filter(person=OuterRef("person"), proposal__in=received.values("pk"))
    reported = _opinions(asked).filter(Q(author=OuterRef("person"), organization__isnull=True))
    shared = OpinionReport.co_authors.through.objects.filter(
        person=OuterRef("person"), opinionreport__in=_opinions(asked).values("pk")
    )
    spoken = TopicOpinion.objects.filter(
        person=OuterRef("person"), state=OpinionState.SUBMITTED,
        submitted_at__range=moments(asked.period.first, min(asked.period.last, asked.as_of or asked.period.last)),
    )  # fmt: skip
    return rows.annotate(
        proposed=Exists(own), cosigned=Exists(signed), reported=Exists(reported), co_reported=Exists(shared),
        spoke=Exists(spoken),
    )  # fmt: skip


# --- Other kinds of cases ----------------------------------------------------------------


def _opinions(asked: Asked):
    rows = OpinionReport.objects.received().order_by()
    rows = rows.filter(submitted_at__range=moments(asked.period.first, asked.period.last))
    if asked.as_of is None:
        return rows
    rows = rows.filter(submitted_at__lt=as_of.end_of(asked.as_of))
    rows = rows.annotate(state_then=as_of.last_state("opinion", asked.as_of))
    return rows.exclude(state_then__isnull=True).exclude(state_then__in=OpinionReportState.PRIVATE)


def opinions(asked: Asked):
    """收到的社情民意, by the day of submission, with what became of each whenever it came (opinions/statistics.py)."""
    rows = _opinions(asked).filter(_of_opinions(asked))
    adopted, instructed = (_known(model, asked) for model in (Adoption, Instruction))
    rows = rows.annotate(**{f"adopted_{level}": Exists(adopted.filter(level=level)) for level in Level.values})
    return rows.annotate(adopted=Exists(adopted), instructed=Exists(instructed))


def _known(model, asked: Asked):
    """What had been entered of the outer report and not been voided."""
    rows = model.objects.counting_for(OuterRef("pk"), OuterRef("combined_into"))
    if asked.as_of is None:
        return rows.valid()
    until = as_of.end_of(asked.as_of)
    return rows.filter(Q(voided_at__isnull=True) | Q(voided_at__gte=until), recorded_at__lt=until)


def _of_opinions(asked: Asked) -> Q:
    found = Q()
    for name in (SECTOR, GROUP):
        if asked.get(name):
            found &= _credited(name, asked.get(name))
    for name in (UNIT, TOWNSHIP):
        if asked.get(name):
            parts = OpinionReport.transfers.rel.related_model.objects.exclude(state="recalled")
            found &= Q(pk__in=parts.filter(unit=asked.get(name)).order_by().values("report_id"))
    return found


def _credited(name: str, body: int) -> Q:
    """Of people whose latest seat is in it, or of the body itself."""
    seats = Member.objects.filter(person=OuterRef("pk"), **{f"{name}__isnull": False}).order_by("-starts", "-pk")
    people = Person.objects.annotate(body_=Subquery(seats.values(name)[:1])).filter(body_=body).order_by().values("pk")
    shared = OpinionReport.co_authors.through.objects.filter(person__in=people).values("opinionreport_id")
    own = Q(organization__isnull=True, author__in=people) | Q(pk__in=shared)
    return Q(organization_id=body) | own


def items(asked: Asked):
    """已报送成果的建议 of the topics of these years, as the reader sees them."""
    first, last = asked.period.first.year, asked.period.until.year
    years = (first, first) if asked.period.session else (first, last)
    rows = consultations.items_of(None if asked.entire else asked.reader.user, *years).order_by()
    for name in (UNIT, TOWNSHIP):
        if asked.get(name):
            rows = rows.filter(unit_id=asked.get(name))
    return as_of.items(rows, asked.as_of) if asked.as_of else rows


def grassroots_rows(name: str) -> Callable[[Asked], object]:
    base = grassroots.BASES[name]

    def rows(asked: Asked):
        town = str(asked.get(TOWNSHIP) or "")
        figure = next(one for one in grassroots.FIGURES if one.base == name and not one.only)
        scope = Venue.objects.all() if asked.entire else grassroots.scope_of(asked.reader.user)
        day = min(asked.period.until, asked.as_of or asked.period.until)
        found = grassroots.population(figure, scope, grassroots.Asked(township=town, day=day)).order_by()
        if asked.as_of:
            found = as_of.grassroots(name, found, asked.as_of)
        if not base.when:
            return found
        days = (asked.period.first, asked.period.last)
        return found.filter(**{f"{base.when}__range": days if base.when.endswith("_on") else moments(*days)})

    return rows


BODIES = frozenset((SECTOR, GROUP))
PLACES = frozenset((UNIT, TOWNSHIP))
BASES = {
    base.key: base for base in (
        Base("proposals", "件", "proposals", proposals),
        Base("answers", "件", "proposals", answers, count="proposal_id"),
        Base("shares", "件次", "shares", shares, OF_PROPOSALS | {MONTH}),
        Base("suggestions", "条", "suggestions", suggestions),
        Base("people", "人", "people", people),
        Base("members", "人", "members", members, BODIES),
        Base("opinions", "条", "opinions", opinions, BODIES | PLACES),
        Base("items", "条", "items", items, PLACES),
        *(
            Base(f"grassroots_{name}", noun, "grassroots", grassroots_rows(name), frozenset((TOWNSHIP,)))
            for name, noun in (("rooms", "个"), ("matters", "件"), ("meetings", "次"), ("items", "条"), ("ratings", "次"))
        ),
    )
}  # fmt: skip
NOT_DONE = Q(proposed=False, cosigned=False, reported=False, co_reported=False, spoke=False)
TAKES_PART = Q(proposed=True) | Q(cosigned=True)
BOTH_DATES = Q(open=0, dated=F("shares"))

"""What must hold of matters at every moment, for tests and `manage.py check_matters`."""

from collections.abc import Callable, Iterator

from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet, Subquery

from workflow.checking import Finding

from .effects.passing import WIPED
from .kinds import Verdict
from .models import Consensus, Matter, Meeting, Onwarding, ProgressNote, Rating, Release, Stay
from .states import State

# What went offline goes on outside the system.
WITH_RUNNING = (State.MINUTES, State.AGREED, State.HANDLING, State.OFFLINE)
# How the rows of a matter that went offline must read.
WIPED_ROWS = {
    Consensus: {"text": WIPED}, Rating: {"text": ""}, Onwarding: {"suggestions": "", "called": ""},
    Meeting: {"talks": WIPED, "not_agreed": "", "place": WIPED, "host_name": WIPED},
}  # fmt: skip


def findings(matters: QuerySet | None = None) -> Iterator[Finding]:
    """Everything that is not as it must be, of all matters or of these; nothing when all is well."""
    rows = Matter.objects.all() if matters is None else matters
    for what, wrong in CHECKS.items():
        for number in wrong(rows).order_by("pk").values_list("receipt", flat=True):
            yield Finding(number, what)


def _elsewhere(rows):
    """A matter is open in exactly one room, the one where it stands."""
    here = Stay.objects.filter(matter=OuterRef("pk"), until=None)
    return rows.exclude(Exists(here.filter(venue=OuterRef("venue"))))


def _without_step(rows):
    return rows.filter(state__in=State.OPEN).filter(Q(step="") | Q(step_from=None))


def _not_ended(rows):
    over = Q(due_on=None, step="", closed_on__isnull=False)
    return rows.exclude(state__in=State.OPEN).exclude(over)


def _declined_without_words(rows):
    return rows.filter(state=State.DECLINED).filter(Q(refusal="") | Q(answer=""))


def _moved_to_nobody(rows):
    return rows.filter(~Exists(Onwarding.objects.filter(matter=OuterRef("pk"))), state=State.MOVED)


def _running(key: str = "pk"):
    return Consensus.objects.running().filter(matter=OuterRef(key)).order_by()


def _still_running(rows):
    return rows.filter(Exists(_running())).exclude(state__in=WITH_RUNNING)


def _wrong_date(rows):
    """Of what is being done, the nearest date is that of the matter; nothing is in hand without something to do."""
    first = _running().values("matter").annotate(first=Min("due_on")).values("first")
    handled = rows.filter(state=State.HANDLING).annotate(first=Subquery(first))
    return handled.exclude(first__isnull=False, first=F("due_on"))


def _closed_on_a_complaint(rows):
    """不满意 opens the next round; whatever is closed was not left at it."""
    last = Rating.objects.filter(matter=OuterRef("pk"), round=OuterRef("round"), verdict=Verdict.DISSATISFIED)
    return rows.filter(Exists(last), state__in=(State.CLOSED, State.ARCHIVED))


def _rated_twice(rows):
    """No round is rated that has not begun."""
    return rows.filter(Exists(Rating.objects.filter(matter=OuterRef("pk"), round__gt=OuterRef("round"))))


def _words_left(rows):
    """What went offline leaves no word and nothing public."""
    words = (
        "place",
        "public_title",
        "public_text",
        "contact_name",
        "contact_phone",
        "answer",
        "findings",
        "surveyed_by",
        "meeting_place",
    )
    left = ~Q(title=WIPED, text=WIPED) | ~Q(**dict.fromkeys(words, ""))
    one = OuterRef("pk")
    for part in (
        Release.objects.filter(matter=one), ProgressNote.objects.filter(item__matter=one).exclude(text=WIPED),
        *(model.objects.filter(matter=one).exclude(**gone) for model, gone in WIPED_ROWS.items()),
    ):  # fmt: skip
        left |= Q(Exists(part))
    return rows.filter(left, state=State.OFFLINE)


def _unsigned_handed_out(rows):
    """What units do stands in minutes that were signed."""
    early = Consensus.objects.filter(matter=OuterRef("pk"), meeting__signed_at=None)
    return rows.filter(Exists(early), state__in=State.WITH_UNITS)


CHECKS: dict[str, Callable] = {
    "不在它现在的议事室里，或者同时在别的议事室里": _elsewhere,
    "没有办结，却没有写明当前环节": _without_step,
    "已经结束，却还有环节或期限，或者没有办结日期": _not_ended,
    "不予受理，却没有原因或答复": _declined_without_words,
    "已转办，却没有接办的委员": _moved_to_nobody,
    "还有正在办理的共识要点，状态却不是在办": _still_running,
    "落实中，期限却不是最近一项共识要点的期限": _wrong_date,
    "评价不满意，却已经办结": _closed_on_a_complaint,
    "有还没有开始的轮次的评价": _rated_twice,
    "已转线下，系统里还有文字": _words_left,
    "纪要没有签发，共识要点却已交办": _unsigned_handed_out,
}

"""The dispatch office's desk: what it has to decide and check, and what of its units is late or nearly so."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.urls import reverse

from deadlines import book as books
from deadlines.book import Book
from deadlines.lights import Light
from members.periods import today
from members.posts import posts_of

from .acts import AssignmentAct, ExtensionAct
from .clocks import decide_return_by
from .due_signs import DueSign, due_sign
from .extensions import age_in_days, past_ceiling
from .lateness import waits_for_check
from .models import Assignment, ExtensionRequest
from .roles import Role
from .sections.shares import sign_of
from .states import AssignmentState

DECIDERS = (Role.DISPATCH, Role.HEAD)
SHOWN = (Light.RED, Light.ORANGE, Light.YELLOW)
WAITING = (AssignmentState.RETURN_REQUESTED, AssignmentState.AWAITING_CHECK, AssignmentState.AWAITING_SIGN)
HALF = 60  # days: the half of what a step without days of its own may take


@dataclass(frozen=True)
class Line:
    """A share with its light; `does` and `href` lead to the act, `note` says what it is about."""

    share: Assignment
    sign: DueSign | None
    does: str
    href: str
    note: str = ""

    @property
    def age(self) -> int:
        return age_in_days(self.share)


@dataclass(frozen=True)
class Desk:
    returns: list[Line] = field(default_factory=list)
    extensions: list[Line] = field(default_factory=list)
    checks: list[Line] = field(default_factory=list)
    late: list[Line] = field(default_factory=list)

    def of_unit(self, unit: int) -> "Desk":
        parts = (self.returns, self.extensions, self.checks, self.late)
        return Desk(*([line for line in part if line.share.unit_id == unit] for part in parts))

    def units(self) -> list[tuple[int, str]]:
        """Those that stand on the desk, in the order of official lists."""
        lines = (line for part in (self.returns, self.extensions, self.checks, self.late) for line in part)
        found = {line.share.unit_id: line.share.unit for line in lines}
        ranked = sorted(found.values(), key=lambda unit: (unit.order, unit.pinyin, unit.pk))
        return [(unit.pk, str(unit)) for unit in ranked]

    def count(self, light: str) -> int:
        return sum(line.sign.colour == light for line in self.late)


def may_dispatch(user) -> bool:
    posts = posts_of(user)
    return posts.in_proposal_committee("head") or bool(posts.dispatch_systems())


def desk(user) -> Desk:
    """Two queries, however much there is."""
    book, is_head = books.load(), posts_of(user).in_proposal_committee("head")
    rows = list(_open_shares(user, book))
    asked = _asked(user)
    return Desk(
        returns=[_return(row, book) for row in rows if row.state == AssignmentState.RETURN_REQUESTED],
        extensions=[_extension(one, book) for one in asked],
        checks=[
            _check(row, book) for row in rows if row.state == AssignmentState.AWAITING_CHECK and not row.is_checked
        ],
        late=sorted(_late(rows, book, is_head), key=lambda line: (line.sign.on, line.share.pk)),
    )


def _reach(model, user) -> Q:
    clauses = model.role_clauses(user)
    return clauses[Role.DISPATCH] | clauses[Role.HEAD]


def _open_shares(user, book: Book):
    """Those that wait for an act of the office, and those whose date may show a light."""
    horizon = max([HALF, *(rule.yellow_before for rule in book.rules if rule.yellow_before)])
    near = Q(due_on__lte=today() + timedelta(days=horizon)) | Q(state__in=WAITING)
    rows = Assignment.objects.open().filter(_reach(Assignment, user)).filter(near).for_list().with_check()
    rows = rows.annotate(waits_for_check=ExpressionWrapper(waits_for_check(), BooleanField()))
    return rows.select_related("return_suggestion").defer("proposal__situation", "proposal__search")


def _asked(user) -> list[ExtensionRequest]:
    rows = ExtensionRequest.objects.open().filter(_reach(ExtensionRequest, user)).for_acting()
    return list(rows.order_by("assignment__due_on", "pk").defer("proposal__situation", "proposal__search"))


def _return(row: Assignment, book: Book) -> Line:
    note = f"建议改由{row.return_suggestion}。{row.return_reason}" if row.return_suggestion else row.return_reason
    timing, asked = row.proposal.timing, row.return_asked_at
    sign = due_sign(decide_return_by(row, timing, book), "decide_return", asked, timing, book=book)
    return Line(row, sign, "决定退办", row.get_absolute_url(), note)


def _extension(one: ExtensionRequest, book: Book) -> Line:
    row = one.assignment
    row.proposal = one.proposal
    note = f"申请延至 {_day(one.wanted_on)}。{one.reason}"
    return Line(row, sign_of(row, book), "决定延期", _act(one, ExtensionAct.GRANT), note)


def _check(row: Assignment, book: Book) -> Line:
    return Line(row, sign_of(row, book), "复核答复", _act(row, AssignmentAct.CHECK))


def _late(rows: Iterable[Assignment], book: Book, is_head: bool) -> Iterable[Line]:
    for row in rows:
        sign = sign_of(row, book)
        if sign and sign.colour in SHOWN:
            yield Line(row, sign, *_way(row, is_head), _state(row))


def _way(row: Assignment, is_head: bool) -> tuple[str, str]:
    """To the act that is open to this reader, else to the case."""
    overdue = row.due_on and row.due_on < today() and row.round == 1 and not row.is_assist
    if is_head and overdue and past_ceiling(row, today()):
        return "重新定期限", _act(row, AssignmentAct.SET_DUE)
    return "查看", row.get_absolute_url()


def _state(row: Assignment) -> str:
    """Where it stands, in the words of the list."""
    if row.state == AssignmentState.AWAITING_CHECK and row.is_checked:
        return "已复核，待发出"
    if row.waits_for_check:
        return "待复核，单位已按期审签"
    return row.get_state_display()


def _act(case, act: str) -> str:
    return reverse(f"proposals:{case.process_name}_act", args=[case.pk, act])


def _day(on: date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"

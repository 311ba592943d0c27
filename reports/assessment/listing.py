"""The rows behind a number: exactly as many as the number says, with the dates a clerk looks at."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from proposals.kinds import ResultClass, Satisfaction
from proposals.models import Contact, Proposal, Reply

from . import population
from .measures import ADOPTED, ANSWERING, BY_KEY, COUNTED, MET, MISSED, PARTS, UNRECORDED
from .table import ASSISTED, HANDLED

ALL = "all"
TITLES = {HANDLED: "承办的件（独办、主办、分办）", ASSISTED: "会办的件"}
GRADES = dict(Satisfaction.choices)
HIDDEN = "（您没有查看这件提案的权限）"


@dataclass
class Row:
    """A share as lists show it; `url` is "" where the reader may not open the case."""

    number: str
    title: str
    url: str
    unit: str
    kind: str
    state: str
    assigned_on: date
    signed_on: date | None
    contact_on: date | None
    due_on: date | None
    replied_on: date | None
    letter: str
    result: str
    rating: str
    unrecorded: bool
    late: bool
    notes: list[str] = field(default_factory=list)


def exists(key: str, part: str) -> bool:
    return part in PARTS if key in BY_KEY else key in TITLES and part == ALL


def title(key: str, part: str) -> str:
    """按期办复率：达到的件"""
    return f"{BY_KEY[key].name}：{PARTS[part]}{BY_KEY[key].noun}" if key in BY_KEY else TITLES[key]


def behind(rows, key: str, part: str):
    """The rows of population.shares, or the answers to suggestions, of this part of this measure."""
    if key == HANDLED:
        return rows.filter(ANSWERING)
    if key == ASSISTED:
        return rows.exclude(ANSWERING)
    if key == ADOPTED.key and part != UNRECORDED:
        return _answers(rows, part)
    wanted = (MET, MISSED) if part == COUNTED else (part,)
    return rows.filter(**{f"part_{key}__in": wanted})


def _answers(rows, part: str):
    found = population.answers(rows).select_related("suggestion", "reply")
    found = found.order_by("reply__assignment__assigned_at", "reply__assignment_id", "suggestion__position")
    if part == COUNTED:
        return found
    if part in (MET, MISSED):
        return found.filter(verdict="adopted") if part == MET else found.exclude(verdict="adopted")
    return found.none()


def with_dates(rows, user):
    """The shares with all that a row shows this user, in the order of assignment."""
    first = Contact.objects.filter(assignment=OuterRef("pk")).order_by("on").values("on")[:1]
    mine = Proposal.objects.visible_to(user).filter(pk=OuterRef("proposal_id"))
    rows = rows.annotate(contact_on=Subquery(first), is_open=Exists(mine))
    return rows.select_related("unit", "proposal__session__term").order_by("assigned_at", "pk")


def rows_of(shares) -> list[Row]:
    """Rows of these shares (from `with_dates`), with their letters in one query more."""
    shares = list(shares)
    letters = Reply.objects.select_related("assignment__unit").in_bulk([s.last_reply for s in shares if s.last_reply])
    return [_row(share, letters.get(share.last_reply)) for share in shares]


def rows_of_answers(answers, everything, user) -> list[Row]:
    """One row for each answer, with the suggestion and the verdict. `everything`: the shares they belong to."""
    answers = list(answers)
    shares = list(with_dates(everything.filter(pk__in={answer.reply.assignment_id for answer in answers}), user))
    by_share = dict(zip((share.pk for share in shares), rows_of(shares), strict=True))
    return [_with_answer(by_share[answer.reply.assignment_id], answer) for answer in answers]


def _with_answer(row: Row, answer) -> Row:
    words = answer.suggestion.text if row.url else ""
    note = f"建议{answer.suggestion.position}：{answer.get_verdict_display()}{f'（{words}）' if words else ''}"
    return Row(**{**vars(row), "notes": [note]})


def _row(share, reply: Reply | None) -> Row:
    case, is_open = share.proposal, share.is_open
    return Row(
        number=case.short_number, title=str(case) if is_open else HIDDEN,
        url=share.get_absolute_url() if is_open else "", unit=str(share.unit), kind=share.get_kind_display(),
        state=share.get_state_display(), assigned_on=timezone.localdate(share.assigned_at), signed_on=share.signed_on,
        contact_on=share.contact_on, due_on=share.due_on, replied_on=share.replied_on,
        letter=reply.letter_number if reply else "", result=_result(share), rating=_rating(share),
        unrecorded=case.origin == "ledger", late=share.part_on_time == MISSED,
    )  # fmt: skip


def _result(share) -> str:
    return f"{ResultClass(share.last_class).value} 类" if share.last_class else ""


def _rating(share) -> str:
    if not share.is_shown:
        return ""
    return f"态度{GRADES.get(share.attitude, '未登记')}，结果{GRADES.get(share.outcome, '未登记')}"

"""承办工作台: a unit's shares in five tabs, each with the next thing to do and its date (design §1, §10)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, Count, DateField, F, Prefetch, Q, When
from django.utils.formats import date_format
from django.utils.timezone import localdate

from deadlines.book import Book
from members.periods import today
from workflow.querysets import NEVER, roles_on
from workflow.todo import TodoItem

from .due_signs import DueSign, due_sign
from .kinds import SupplementStage
from .models import Assignment
from .replies import current_reply
from .roles import Role
from .sections.shares import sign_of
from .states import TONES
from .states import AssignmentState as A
from .todo.units import next_item
from .waiting import with_waiting

TO_SIGN, IN_HAND, WAITING, TO_SIGN_OFF, SENT = "to_sign", "in_hand", "waiting", "to_sign_off", "sent"
LABELS = {TO_SIGN: "待签收", IN_HAND: "办理中", WAITING: "等待他人", TO_SIGN_OFF: "待审签", SENT: "已发出"}
_WRITTEN_ON = Q(state=A.REPLIED) & ~Q(supplement_stage="")
# Every share of a unit stands in exactly one of them; of rows that `of_units` gave.
TABS = {
    TO_SIGN: Q(state=A.AWAITING_SIGN),
    IN_HAND: Q(state=A.HANDLING, is_waiting=False)
    | Q(state=A.AWAITING_CHECK, is_checked=True)
    | Q(state=A.REPLIED, supplement_stage=SupplementStage.RETURNED),
    WAITING: Q(state=A.RETURN_REQUESTED)
    | Q(state=A.AWAITING_CHECK, is_checked=False)
    | Q(state=A.HANDLING, is_waiting=True),
    TO_SIGN_OFF: Q(state=A.AWAITING_SIGN_OFF) | Q(state=A.REPLIED, supplement_stage=SupplementStage.TO_SIGN),
    SENT: Q(state__in=A.OVER) & ~_WRITTEN_ON,
}


@dataclass(frozen=True)
class Line:
    """One share: what comes next (`todo` of this reader, or `waiting` for whom), its date, and that of the first contact."""

    share: Assignment
    todo: TodoItem | None
    waiting: str
    sign: DueSign | None
    contact: DueSign | None

    @property
    def tone(self) -> str:
        return TONES[self.share.state]


def of_units(user):
    """The shares of the units for which the user works, with what the tabs ask; None where there is no such unit."""
    clauses = Assignment.role_clauses(user)
    if clauses[Role.OPERATOR] == NEVER and clauses[Role.UNIT_LEADER] == NEVER:
        return None
    rows = Assignment.objects.with_roles_of(user).filter(clauses[Role.OPERATOR] | clauses[Role.UNIT_LEADER])
    return with_waiting(rows).with_check()


def counts(rows) -> dict[str, int]:
    """How many stand in each tab; one query."""
    return rows.order_by().aggregate(**{tab: Count("pk", filter=q) for tab, q in TABS.items()})


def tab_of(asked: str, found: dict[str, int], signs: bool = False) -> str:
    """The tab that was asked for, else the first with something in it; who only signs (`signs`) begins with that."""
    if asked in TABS:
        return asked
    order = (TO_SIGN_OFF, *TABS) if signs else tuple(TABS)
    return next((tab for tab in order if found[tab]), order[0])


def in_tab(rows, tab: str):
    """The rows of a tab: what is due first stands first; of those sent the latest."""
    on = Case(When(state=A.AWAITING_SIGN, then="sign_due_on"), default="due_on", output_field=DateField())
    order = (
        [F("replied_at").desc(nulls_last=True), F("opinion_at").desc(nulls_last=True), "-pk"]
        if tab == SENT else [on.asc(nulls_last=True), "pk"]
    )  # fmt: skip
    assistants = Prefetch("assistants", Assignment.objects.open().select_related("unit"), to_attr="open_assistants")
    return rows.for_list().filter(TABS[tab]).prefetch_related("replies", assistants).order_by(*order)


def lines(rows: Iterable[Assignment], book: Book) -> list[Line]:
    """Rows of `in_tab`; asks the database nothing more."""
    return [_line(row, book) for row in rows]


def _line(row: Assignment, book: Book) -> Line:
    is_others = row.state == A.HANDLING and row.is_waiting
    todo = None if is_others else next_item(row, roles_on(row), book)
    return Line(row, todo, "" if todo else _waiting(row), _sign(row, book), _contact_sign(row, book))


def _sign(row: Assignment, book: Book) -> DueSign | None:
    """Without a light where the unit signed off in time and the dispatch office has not checked yet."""
    sign = sign_of(row, book)
    if sign is None or not _waits_for_check(row):
        return sign
    return DueSign(sign.on, days=sign.days)


def _waits_for_check(row: Assignment) -> bool:
    """As lateness.waits_for_check, of a row that was read with its replies."""
    if row.state != A.AWAITING_CHECK or row.is_checked:
        return False
    reply = current_reply(row)
    return bool(reply and reply.signed_at and row.due_on and localdate(reply.signed_at) <= row.due_on)


def _contact_sign(row: Assignment, book: Book) -> DueSign | None:
    """首次联系: only while it is still to come."""
    if row.state != A.HANDLING or row.round > 1 or row.is_contacted:
        return None
    return due_sign(row.contact_due_on, "first_contact", row.assigned_at, row.proposal.timing, book=book)


def _waiting(row: Assignment) -> str:
    """Whom the share waits for, where this reader has nothing to do with it now."""
    known = {
        A.AWAITING_SIGN: "等经办人签收", A.RETURN_REQUESTED: "等交办机构决定是否同意退办",
        A.AWAITING_SIGN_OFF: "等本单位领导审签", A.OPINION_GIVEN: "会办意见已送主办单位",
        A.OPINION_MISSED: "逾期未报会办意见，主办单位已经答复",
        A.AWAITING_CHECK: "等经办人发出" if row.is_checked else _at_the_office(row),
    }  # fmt: skip
    if row.state in known:
        return known[row.state]
    return _after_sending(row) if row.state == A.REPLIED else _in_hand(row)


def _at_the_office(row: Assignment) -> str:
    late = _waits_for_check(row) and row.due_on < today()
    return "等交办机构复核（本单位已按期审签，不计逾期）" if late else "等交办机构复核"


def _in_hand(row: Assignment) -> str:
    if row.awaits_comment:
        by = current_reply(row).comment_due_on
        return f"等提案人对答复稿提意见（至{by.month}月{by.day}日）"
    if row.awaits_opinions:
        names = "、".join(str(one.unit) for one in row.open_assistants if one.due_on and one.due_on >= today())
        return f"等会办意见：{names}"
    return "经办人办理中"


def _after_sending(row: Assignment) -> str:
    if row.supplement_stage:
        return "补充答复等本单位领导审签" if row.supplement_stage == SupplementStage.TO_SIGN else "经办人修改补充答复"
    until = f"（{date_format(row.rating_due_on)}前）" if row.rating_due_on and row.rating_due_on >= today() else ""
    return f"已答复，由提案人评价{until}"

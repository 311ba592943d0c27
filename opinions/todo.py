"""我的待办 of reports: what waits for this person, as author, editor, reviewer, signer or unit."""

from collections.abc import Iterator
from functools import reduce
from operator import or_

from django.db.models import F, Prefetch, Q
from django.urls import reverse

from deadlines.book import Book, NoRule
from deadlines.lights import light
from members.periods import today
from members.posts import posts_of
from workflow.asking import Asked, answers
from workflow.querysets import roles_on
from workflow.todo import TodoItem

from . import clocks
from .acts import Act, TransferAct
from .guards import reported_by
from .models import OpinionReport, Transfer
from .rights import takes_part
from .roles import OFFICE, UNIT, Role
from .states import State, TransferState

NEVER = Q(pk__in=[])
# state, by whom, what is to be done, the act
DEEDS = (
    (State.RETURNED, (Role.AUTHOR,), "修改后重新提交社情民意", ""),
    (State.SUBMITTED, (Role.EDITOR,), "编辑社情民意", Act.TAKE_UP),
    (State.EDITING, (Role.EDITOR,), "改好编辑稿，送审核", Act.EDIT),
    (State.REVIEWING, (Role.REVIEWER,), "审核社情民意", Act.REVIEW),
    (State.REVIEWED, (Role.SIGNER,), "签发社情民意", Act.SIGN),
    (State.SIGNED, OFFICE, "编发社情民意", Act.ISSUE),
)
BY_OTHERS = (Act.TAKE_UP, Act.EDIT, Act.REVIEW, Act.SIGN)  # guards.is_not_own
PARTS = (
    (TransferState.AWAITING_SIGN, UNIT, "签收转办的社情民意", TransferAct.SIGN_FOR),
    (TransferState.HANDLING, UNIT, "报送社情民意办理情况", TransferAct.REPLY),
    (TransferState.REPLIED, OFFICE, "核对办理情况并反馈", TransferAct.CHECK),
    (TransferState.SENT_BACK, OFFICE, "处理单位退回的社情民意", TransferAct.RECALL),
)
URGING = {TransferState.AWAITING_SIGN: "催办：单位逾期没有签收", TransferState.HANDLING: "催办：单位逾期没有答复"}


def todo_for(user, book: Book) -> list[TodoItem]:
    return list(answers(asked(user, book)))


def asked(user, book: Book) -> Iterator[Asked]:
    """One query; a second one for the parts of units where there are reports that have any.

    None for those whose posts have nothing to do with reports; who holds no post may be a former member.
    """
    posts = posts_of(user)
    if posts.held and not takes_part(posts):
        return
    clauses = OpinionReport.role_clauses(user)
    own, part_clauses = _left(clauses, _wanted(DEEDS, clauses, _own(posts))), Transfer.role_clauses(user)
    theirs = _late(part_clauses, _wanted(PARTS, part_clauses))
    if own == theirs == NEVER:
        return
    rows = OpinionReport.objects.for_list().with_roles_of(user)
    if theirs != NEVER:
        parts = Transfer.objects.filter(theirs, report__moved_offline_at=None)
        own |= Q(pk__in=parts.order_by().values("report_id"))
        rows = rows.prefetch_related(Prefetch("transfers", parts.select_related("unit").order_by("pk"), "my_parts"))
    rows = rows.filter(own).order_by("pk")
    yield Asked(rows, lambda rows: [item for row in rows for item in (*_report(row, book), *_parts(row, book))])


def _wanted(deeds, clauses: dict[str, Q], own: Q = NEVER) -> Q:
    """The rows in which one of the deeds is this user's; what they reported themselves others edit, review and sign."""
    found = NEVER
    for state, roles, _what, act in deeds:
        for role in roles:
            if clauses.get(role, NEVER) != NEVER:
                found |= clauses[role] & Q(state=state) & ~(own if act in BY_OTHERS else NEVER)
    return found


def _own(posts) -> Q:
    """What they reported, also within a text that unites several (guards.is_not_own)."""
    if not posts.person_id:
        return NEVER
    mine = reported_by(posts.person_id)
    within = OpinionReport._base_manager.filter(mine, combined_into__isnull=False).order_by()
    return mine | Q(pk__in=within.values("combined_into"))


def _left(clauses: dict[str, Q], found: Q) -> Q:
    """With 转办 of which every unit's part was taken back: nobody has it until the office says what next."""
    given = Transfer._base_manager.exclude(state=TransferState.RECALLED).values("report_id")
    mine = [clauses[role] for role in OFFICE if clauses.get(role, NEVER) != NEVER]
    return found | reduce(or_, mine) & Q(state=State.TRANSFERRED) & ~Q(pk__in=given) if mine else found


def _late(clauses: dict[str, Q], found: Q) -> Q:
    """With the parts of units that are late and were not urged since: the office urges once, then the reminders go on."""
    mine = [clauses[role] for role in OFFICE if clauses.get(role, NEVER) != NEVER]
    if not mine:
        return found
    late = NEVER
    for state, due in ((TransferState.AWAITING_SIGN, "sign_due_on"), (TransferState.HANDLING, "due_on")):
        not_urged = Q(urged_on__isnull=True) | Q(urged_on__lte=F(due))
        late |= Q(state=state, **{f"{due}__lt": today()}) & not_urged
    return found | reduce(or_, mine) & late


def _report(row: OpinionReport, book: Book) -> Iterator[TodoItem]:
    held = roles_on(row)
    if row.state == State.TRANSFERRED and not getattr(row, "my_parts", ()):
        yield TodoItem(
            process=row.process_name, object_id=row.pk, number=row.number, title=row.shown_title, what="转办已收回，另行处理",
            url=reverse("opinions:act", args=[row.pk, Act.HAND_OVER]), case_url=row.get_absolute_url(), act=str(Act.HAND_OVER),
            waiting=row.reporter_name, since=row.waits_since, due_on=None, colour="", word="",
        )  # fmt: skip
    for state, roles, what, act in DEEDS:
        if row.state != state or not held & set(roles):
            continue
        name, args = ("opinions:act", [row.pk, act]) if act else ("opinions:edit", [row.pk])
        colour, word = _sign(clocks.HANDLE, row.waits_since, row.due_on, row.urgency, book)
        yield TodoItem(
            process=row.process_name, object_id=row.pk, number=row.number, title=row.shown_title, what=what,
            url=reverse(name, args=args), case_url=row.get_absolute_url(), act=str(act),
            waiting=row.reporter_name if act else "", since=row.waits_since, due_on=row.due_on, colour=colour, word=word,
        )  # fmt: skip


def _parts(row: OpinionReport, book: Book) -> Iterator[TodoItem]:
    words, held = {state: (what, act) for state, _roles, what, act in PARTS}, roles_on(row)
    for part in getattr(row, "my_parts", ()):
        what, act = words[part.state]
        with_unit = part.state in TransferState.WITH_UNIT
        urges = with_unit and not held & set(UNIT)
        if urges:
            what, act = URGING[part.state], TransferAct.URGE
        step, due_on = (
            (clocks.SIGN, part.sign_due_on)
            if part.state == TransferState.AWAITING_SIGN
            else (clocks.REPLY, part.due_on)
        )
        due_on = due_on if with_unit else None
        colour, word = _sign(step, part.assigned_at, due_on, row.urgency, book)
        yield TodoItem(
            process=part.process_name, object_id=part.pk, number=row.number, title=row.shown_title, what=what,
            url=reverse("opinions:transfer_act", args=[part.pk, act]), case_url=part.get_absolute_url(), act=str(act),
            waiting=str(part.unit) if urges or not with_unit else "", since=part.replied_at or part.assigned_at, due_on=due_on,
            colour=colour, word=word,
        )  # fmt: skip


def _sign(step: str, start, due_on, kind: str, book: Book) -> tuple[str, str]:
    """Colour and word of the light; nothing without a date or a rule."""
    if due_on is None:
        return "", ""
    try:
        found = light(step, start, due_on, kind=kind, book=book)
    except NoRule:
        return "", ""
    return found.value, str(found.label)

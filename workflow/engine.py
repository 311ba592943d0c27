"""`perform`: the one way in which a case changes its state (design §4)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache

from django.db import transaction
from django.utils import timezone

from . import chain, listeners
from .actors import SYSTEM, is_system
from .built_once import BuiltOnce
from .door import current_door
from .errors import Invalid, NotAllowed, NotFound, Refused, TooLate
from .models import Case, Event
from .querysets import read_case, roles_among, roles_on
from .transition import Process, Step, Transition, process_of


def perform(
    act: str,
    case: Case,
    actor,
    data: dict | None = None,
    seen_version: int | None = None,
    at: datetime | None = None,
) -> Event:
    """Do `act` on `case` and return the event that was written.

    The row is locked first and read again in a new statement, so the decision is made on
    what is true now. `seen_version` is the version of the page the actor looked at.
    `at` (a past time) is for SYSTEM only: import and demonstration data.

    Raises NotFound, NotAllowed, TooLate, Invalid or another Refused; nothing is changed then.
    """
    _only_system_dates_back(actor, at)
    process = process_of(case)
    with transaction.atomic():
        fresh = _locked(process, case, actor, _roles_of(process.rows_of(act)))
        row = _row_for(process, act, fresh, actor, seen_version)
        step = Step(fresh, actor, at or timezone.now())
        event = _run(process, row, step, data)
    _copy_back(case, step.case)
    return event


def open_case(act: str, label: str, case: Case, actor, at: datetime | None = None, on_behalf_of: str = "") -> Event:
    """Save a new root case in its first state with its first event."""
    _only_system_dates_back(actor, at)
    process = process_of(case)
    with transaction.atomic():
        case.save(force_insert=True)
        step = Step(case, actor, at or timezone.now(), on_behalf_of=on_behalf_of)
        event = chain.append(_event(process, step, act, label, "", case.state), case)
        case.save(update_fields=chain.HEAD)
    return event


def open_by_row(act: str, case: Case, actor, data: dict) -> Event:
    """Save a new root case in the state to which the row of the table leads that starts from none: one act, one event.

    `data` is what the door has validated; the effect takes it. Raises NotAllowed for whoever would not hold
    one of the row's roles on the case once it is there; nothing is saved then.
    """
    process = process_of(case)
    row = next(row for row in process.rows_of(act) if not row.sources)
    with transaction.atomic():
        case.state = row.target
        case.save(force_insert=True)
        fresh = _as_opener(process, row, case, actor)
        step = Step(fresh, actor, timezone.now(), data=dict(data))
        row.effect(step)
        event = _event(process, step, row.act, row.label, "", row.target_for(step))
        event.capacity = _capacity(process, row, step)
        event.data = step.facts
        _record(step, event)
        listeners.tell(event, row, step.case)
    _copy_back(case, step.case)
    return event


def _as_opener(process: Process, row: Transition, case: Case, actor) -> Case:
    try:
        fresh = _locked(process, case, actor, row.roles)
    except NotFound:
        fresh = None
    if fresh is None or not roles_among(fresh, row.roles):
        raise NotAllowed(f"您不能“{row.label}”。", "如确需办理，请联系提案委工作人员。")
    return fresh


@dataclass(frozen=True)
class Option:
    """An act the actor may take now; `blocked` says why it does not work yet."""

    transition: Transition
    blocked: Refused | None = None

    @property
    def act(self) -> str:
        return str(self.transition.act)


def available(case: Case, actor, guards: bool = True) -> list[Option]:
    """The acts open to the actor on a case that was read through `with_roles_of(actor)`.

    Without `guards` nothing is asked of the database, as a list of cases wants it.
    """
    roles = roles_on(case)
    step = Step(case, actor, timezone.now())
    rows = [r for r in process_of(case).from_state(case.state) if roles & set(r.roles)]
    return [Option(row, row.refusal(step) if guards else None) for row in rows]


def option(act: str, case: Case, actor) -> Option:
    """The act as this actor may do it now, on a case read through `with_roles_of(actor)`.

    Raises the refusal that `perform` would give for the state or the role; a guard's refusal
    is in `blocked`.
    """
    row = _row_for(process_of(case), act, case, actor, seen_version=None)
    return Option(row, row.refusal(Step(case, actor, timezone.now())))


def _only_system_dates_back(actor, at) -> None:
    if at is not None and not is_system(actor):
        raise ValueError("Only SYSTEM may give a time of its own.")
    if at is not None and at > timezone.now():
        raise ValueError("An act cannot have happened in the future.")


def _roles_of(rows: list[Transition]) -> set[str]:
    return {role for row in rows for role in row.roles}


def _locked(process: Process, case: Case, actor, roles: Collection[str]) -> Case:
    """The case, with these of the actor's roles, as it is after its root and itself are locked, in that order."""
    model = process.model
    if case.pk is None:
        raise NotFound
    _root_and_self(model).row(case.pk)
    if is_system(actor):
        fresh = _for_system(model, timezone.localdate()).row(case.pk)
    else:
        fresh = read_case(model, case.pk, actor, roles)
    if fresh is None:
        raise NotFound
    return fresh


@cache
def _root_and_self(model) -> BuiltOnce:
    """Locks the root first and then the case, in one statement: PostgreSQL keeps the order of the list.

    Whoever changes a child takes its root first, so two acts can never wait for each other.
    """

    def rows(pk: int):
        own, parent = model._base_manager.filter(pk=pk).order_by(), model.parent_field
        if not parent:
            return own.select_for_update().values("pk")
        return own.select_related(parent).select_for_update(of=(parent, "self")).only("id", f"{parent}__id")

    return BuiltOnce(rows)


@lru_cache(maxsize=50)
def _for_system(model, day: date) -> BuiltOnce:
    return BuiltOnce(lambda pk: model.objects.for_acting().filter(pk=pk), of_a_day=True)


def _row_for(process: Process, act: str, case: Case, actor, seen_version) -> Transition:
    rows = process.rows_of(act)
    if not rows:
        raise NotAllowed("没有这项操作。", "请刷新页面后重试。", code="unknown_act")
    held = {SYSTEM.role} if is_system(actor) else roles_among(case, _roles_of(rows))
    here = [row for row in rows if case.state in row.sources]
    if not here:
        _refuse_by_state(process, rows, case, held)
    allowed = [row for row in here if held & set(row.roles)]
    if not allowed:
        raise NotAllowed(f"您不能对这件事项“{rows[0].label}”。", "如确需办理，请联系提案委工作人员。")
    if seen_version is not None and seen_version != case.version:
        raise TooLate(
            "这件事项刚刚被其他人更新过。", "请查看最新情况后再操作，您填写的内容没有提交。", code="stale_page"
        )
    return allowed[0]


def _refuse_by_state(process: Process, rows, case: Case, held: set[str]) -> None:
    """Who could never do it hears 'not allowed'; who could have, hears 'too late'."""
    if not any(held & set(row.roles) for row in rows):
        raise NotAllowed(f"您不能“{rows[0].label}”。", "如确需办理，请联系提案委工作人员。")
    label = process.states(case.state).label
    raise TooLate(f"目前状态是“{label}”，不能“{rows[0].label}”。", "请刷新页面查看最新情况。")


def _run(process: Process, row: Transition, step: Step, data: dict | None) -> Event:
    if row.guard is not None:
        row.guard(step)
    shown = _validate(row, step, data)
    before = step.case.state
    if row.effect is not None:
        row.effect(step)
    event = _event(process, step, row.act, row.label, before, row.target_for(step))
    event.capacity = _capacity(process, row, step)
    event.data = {**({"shown": shown} if shown else {}), **step.facts}
    _record(step, event)
    listeners.tell(event, row, step.case)
    if row.follow_up is not None:
        row.follow_up(step)
    return event


def _validate(row: Transition, step: Step, data: dict | None) -> list:
    """Fill step.data from the row's form (SYSTEM gives ready values); return what the timeline shows."""
    if row.form is None or is_system(step.actor):
        step.data = dict(data or {}) if is_system(step.actor) else {}
        return []
    form = row.form(data or {}, case=step.case, actor=step.actor)
    if not form.is_valid():
        raise Invalid(form)
    step.data = form.cleaned_data
    return form.shown()


def _record(step: Step, event: Event) -> None:
    """Append the event and write the case: its state, and whatever the effect set, in one statement."""
    case, root = step.case, step.case.root
    chain.append(event, root)
    case.state = event.to_state
    case.version += 1
    fields = {"state", "version", *step.written}
    if root is case:
        fields |= set(chain.HEAD)
    else:
        root.save(update_fields=chain.HEAD)
    case.save(update_fields=fields)


def _event(process: Process, step: Step, act: str, label: str, before: str, after: str) -> Event:
    door = current_door()
    system = is_system(step.actor)
    return Event(
        process=process.name,
        object_id=step.case.pk,
        case_process=type(step.case).root_model().process_name,
        case_id=step.case.root_id,
        act=str(act),
        label=label,
        from_state=before,
        to_state=after,
        actor=None if system else step.actor,
        actor_name=str(step.actor),
        on_behalf_of=step.on_behalf_of,
        reason=str(step.data.get("reason") or ""),
        happened_at=step.at,
        recorded_at=timezone.now(),
        origin=step.facts.pop("origin", "portal"),
        door=door.name,
        ip=door.ip,
    )


def _capacity(process: Process, row: Transition, step: Step) -> str:
    if is_system(step.actor):
        return ""
    held = roles_among(step.case, row.roles)
    return "、".join(str(process.roles(role).label) for role in row.roles if role in held)


def _copy_back(case: Case, fresh: Case) -> None:
    """Let the caller's instance, and its root if it holds it, tell the truth without another query."""
    case.state, case.version = fresh.state, fresh.version
    root = case.loaded_root
    if root is not None:
        for name in ("state", "version", *chain.HEAD):
            setattr(root, name, getattr(fresh.root, name))

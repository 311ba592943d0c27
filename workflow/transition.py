"""The shape of one row of a process table, and the table itself."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.utils import timezone

from .errors import Refused


@dataclass
class Step:
    """One act being done: what guards, effects and follow-ups are given.

    An effect changes the case by `write`. It may put programs' facts into `facts` (kept in the
    event, JSON) and name in `on_behalf_of` the person for whom the actor acts; `made` carries what
    the effect made on to the target function and the follow-up.
    """

    case: Any
    actor: Any
    at: datetime
    data: dict = field(default_factory=dict)
    facts: dict = field(default_factory=dict)
    on_behalf_of: str = ""
    made: Any = None
    written: set[str] = field(default_factory=set)

    @property
    def day(self) -> date:
        """The day of the act in Asia/Shanghai."""
        return timezone.localdate(self.at)

    def write(self, **values) -> None:
        """Set fields of the case; the engine saves them in one statement with its state."""
        for name, value in values.items():
            setattr(self.case, name, value)
        self.written |= values.keys()


@dataclass(frozen=True)
class Transition:
    """One row: who may do what from which states, what it needs, what it changes, who is told.

    target: a state, a function of the step (asked after the effect), or None to stay.
    guard: raises Refused with its own sentence. It looks at the case only, so it can
    also tell beforehand why a button does not work yet.
    follow_up: runs after the event is written, in the same transaction; this is where
    a child's act moves its parent.
    notify: the audiences that are told, resolved by the app's notices.
    wipes: takes the text of the case out of the system; earlier events are shown without words.
    seen_by: roles that see this event in the timeline; empty means all who see the case.
    """

    act: str
    label: str
    sources: tuple[str, ...]
    roles: tuple[str, ...]
    target: str | Callable[[Step], str] | None = None
    form: Any = None
    guard: Callable[[Step], None] | None = None
    effect: Callable[[Step], None] | None = None
    follow_up: Callable[[Step], None] | None = None
    notify: tuple[str, ...] = ()
    seen_by: tuple[str, ...] = ()
    danger: bool = False
    wipes: bool = False

    def target_for(self, step: Step) -> str:
        if self.target is None:
            return step.case.state
        if callable(self.target):
            return self.target(step)
        return self.target

    def refusal(self, step: Step) -> Refused | None:
        """The guard's refusal for this case, or None when the way is free."""
        if self.guard is None:
            return None
        try:
            self.guard(step)
        except Refused as refused:
            return refused
        return None


class Process:
    """A named table of transitions over one model. Several rows may share an act when their sources differ."""

    def __init__(self, name: str, title: str, model: str, states, roles, transitions):
        self.name = name
        self.title = title
        self.model_label = model
        self.states = states
        self.roles = roles
        self.transitions: tuple[Transition, ...] = tuple(transitions)

    @property
    def model(self):
        return apps.get_model(self.model_label)

    @property
    def acts(self) -> dict[str, str]:
        """Every act of the table with its label, in the table's order."""
        return {str(row.act): row.label for row in self.transitions}

    def rows_of(self, act: str) -> list[Transition]:
        return [row for row in self.transitions if row.act == act]

    def from_state(self, state: str) -> list[Transition]:
        return [row for row in self.transitions if state in row.sources]


_processes: dict[str, Process] = {}


def register(process: Process) -> Process:
    """Make the process known to the engine, the generated docs and the generic doors."""
    _processes[process.name] = process
    return process


def all_processes() -> list[Process]:
    return list(_processes.values())


def process_named(name: str) -> Process:
    return _processes[name]


def title_of(name: str) -> str:
    """How people call the cases of a process; the name itself of one that is not known."""
    process = _processes.get(name)
    return process.title if process else name


def process_of(case) -> Process:
    return _processes[case.process_name]

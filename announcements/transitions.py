"""THE TABLE of an announcement. Reading and signing for it are facts of each recipient, not acts on it."""

from workflow.forms import ReasonForm
from workflow.transition import Process, Transition, register

from . import effects, guards
from .acts import Act
from .roles import Role
from .states import State

WRITERS = (Role.WRITER,)

# fmt: off
ANNOUNCEMENT = register(Process(
    "announcement", "通知公告", "announcements.Announcement", State, Role, [
        Transition(Act.BEGIN, "起草", (), (Role.SYSTEM,), State.DRAFT, seen_by=WRITERS),
        Transition(Act.PUBLISH, "发布", (State.DRAFT,), WRITERS, State.PUBLISHED, guard=guards.is_complete,
                   effect=effects.publish, notify=("told",)),
        Transition(Act.REMIND, "提醒未读", (State.PUBLISHED,), WRITERS, guard=guards.may_remind, effect=effects.remind,
                   notify=("owing",), seen_by=WRITERS),
        Transition(Act.ADD, "补发给新加入的人", (State.PUBLISHED,), WRITERS, guard=guards.is_not_over,
                   effect=effects.add, notify=("told",), seen_by=WRITERS),
        Transition(Act.WITHDRAW, "撤回", (State.PUBLISHED,), WRITERS, State.WITHDRAWN, form=ReasonForm,
                   effect=effects.withdraw, notify=("everyone",), danger=True),
        Transition(Act.DROP, "作废草稿", (State.DRAFT,), WRITERS, State.DROPPED, danger=True, seen_by=WRITERS),
    ],
))
# fmt: on

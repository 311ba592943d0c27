"""A commitment as its readers see it: where it stands, its light, its record, its buttons."""

from dataclasses import dataclass

from django.urls import reverse

from members.periods import today
from proposals.commitment_states import CommitmentState
from proposals.due_signs import DueSign
from proposals.models import Commitment, CommitmentNote
from proposals.states import TONES
from workflow.engine import available

from .acts import Button

SOON = 30  # a promise turns yellow in its last month, orange in its last ten days
PRESSING = 10


@dataclass(frozen=True)
class Line:
    row: Commitment
    sign: DueSign | None

    @property
    def tone(self) -> str:
        return TONES[self.row.state]


def sign_of(row: Commitment) -> DueSign | None:
    """None once it is done or voided. What was reported as done counts until the day on which it was done."""
    if row.state not in CommitmentState.LIVE or row.due_on is None:
        return None
    days = (row.due_on - (row.done_on or today())).days
    colour, word = _light(days)
    return DueSign(row.due_on, colour, word, days)


def _light(days: int) -> tuple[str, str]:
    if days < 0:
        return "red", "逾期"
    if days <= PRESSING:
        return "orange", "紧迫"
    return ("yellow", "临近") if days <= SOON else ("green", "正常")


def lines(rows) -> list[Line]:
    return [Line(row, sign_of(row)) for row in rows]


def record(row: Commitment) -> list[CommitmentNote]:
    """What was done about it, the newest first."""
    return list(row.notes.select_related("by__person").order_by("-at", "-pk"))


def buttons(row: Commitment, user) -> list[Button]:
    """The acts of this reader; a blocked one says why."""
    return [_button(row, option) for option in available(row, user)]


def _button(row: Commitment, option) -> Button:
    label, blocked = option.transition.label, option.blocked
    if blocked:
        return Button(label, why=blocked.sentence, next_step=blocked.next_step, act=option.act)
    url = reverse("proposals:commitment_act", args=[row.pk, option.act])
    return Button(label, url, option.transition.danger, act=option.act)

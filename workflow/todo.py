"""What waits for a person: one shape for every kind of case, for home pages and the API alike."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class TodoItem:
    """One thing to do. The words are ready to be shown.

    what: the deed ("签收交办件"); url: straight to doing it; case_url: the case itself.
    act: its name in the process table, "" when the work is writing.
    waiting: who waits for it. since: when it began to wait.
    colour, word: its light, "" when it has no due date.
    part: which of several rows of one case with the same act, "" when there is only one.
    """

    process: str
    object_id: int
    number: str
    title: str
    what: str
    url: str
    case_url: str
    act: str = ""
    waiting: str = ""
    since: datetime | None = None
    due_on: date | None = None
    colour: str = ""
    word: str = ""
    part: str = ""

    @property
    def key(self) -> str:
        """The same as long as the step of the case is the same."""
        return "-".join(filter(None, (self.process, str(self.object_id), self.act or "work", self.part)))

"""The plan of a year, its topics, and what comes of them."""

from .idea import Idea
from .item import Conversion, ItemNote, Recommendation
from .kind import TopicKind
from .opinion import Opinion
from .outcome import Instruction, Outcome, OutcomeVersion
from .plan import Plan, PlanStep
from .topic import Participant, Topic
from .work import Meeting, Speech, Survey

__all__ = [
    "Conversion",
    "Idea",
    "Instruction",
    "ItemNote",
    "Meeting",
    "Opinion",
    "Outcome",
    "OutcomeVersion",
    "Participant",
    "Plan",
    "PlanStep",
    "Recommendation",
    "Speech",
    "Survey",
    "Topic",
    "TopicKind",
]

"""提案 and everything that belongs to one."""

from .assignment import Assignment
from .category import Category, RejectionReason
from .contact import Contact
from .cosignature import Cosignature
from .group import GroupCategory, GroupReviewer, ReviewGroup
from .meeting import TripartiteMeeting
from .proposal import Proposal, Suggestion
from .rating import Rating
from .reply import Commitment, Reply, SuggestionAnswer
from .review import Review
from .series import NumberSeries
from .snapshot import TextSnapshot

__all__ = [
    "Assignment",
    "Category",
    "Commitment",
    "Contact",
    "Cosignature",
    "GroupCategory",
    "GroupReviewer",
    "NumberSeries",
    "Proposal",
    "Rating",
    "RejectionReason",
    "Reply",
    "Review",
    "ReviewGroup",
    "Suggestion",
    "SuggestionAnswer",
    "TextSnapshot",
    "TripartiteMeeting",
]

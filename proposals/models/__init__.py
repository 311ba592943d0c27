"""提案 and everything that belongs to one."""

from .assignment import Assignment
from .category import Category, RejectionReason
from .contact import Contact
from .cosignature import Cosignature
from .meeting import TripartiteMeeting
from .paper_export import PaperExport
from .proposal import Proposal, Suggestion
from .rating import Rating
from .reply import Commitment, Reply, SuggestionAnswer
from .review import Review
from .secrecy_mark import MarkKind, SecrecyMark
from .series import NumberSeries
from .snapshot import TextSnapshot

__all__ = [
    "Assignment",
    "Category",
    "Commitment",
    "Contact",
    "Cosignature",
    "MarkKind",
    "NumberSeries",
    "PaperExport",
    "Proposal",
    "Rating",
    "RejectionReason",
    "Reply",
    "Review",
    "SecrecyMark",
    "Suggestion",
    "SuggestionAnswer",
    "TextSnapshot",
    "TripartiteMeeting",
]

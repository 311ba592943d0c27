"""提案 and everything that belongs to one."""

from .assignment import Assignment
from .category import Category, RejectionReason
from .change_request import ChangeRequest, CosignerView
from .contact import Contact
from .cosignature import Cosignature
from .group import GroupCategory, GroupReviewer, ReviewGroup
from .lead import DeclineReason, Lead, LeadCollection, LeadSource, LeadUse
from .meeting import TripartiteMeeting
from .paper_export import PaperExport
from .proposal import Proposal, Suggestion
from .publication import Publication
from .rating import QualityRating, Rating
from .reply import Commitment, Reply, SuggestionAnswer
from .review import Review
from .secrecy_mark import MarkKind, SecrecyMark
from .series import NumberSeries
from .snapshot import TextSnapshot
from .unit_browser import UnitBrowser

__all__ = [
    "Assignment",
    "Category",
    "ChangeRequest",
    "Commitment",
    "Contact",
    "Cosignature",
    "CosignerView",
    "DeclineReason",
    "GroupCategory",
    "GroupReviewer",
    "Lead",
    "LeadCollection",
    "LeadSource",
    "LeadUse",
    "MarkKind",
    "NumberSeries",
    "PaperExport",
    "Proposal",
    "Publication",
    "QualityRating",
    "Rating",
    "RejectionReason",
    "Reply",
    "Review",
    "ReviewGroup",
    "SecrecyMark",
    "Suggestion",
    "SuggestionAnswer",
    "TextSnapshot",
    "TripartiteMeeting",
    "UnitBrowser",
]

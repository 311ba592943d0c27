"""提案 and everything that belongs to one."""

from .assignment import Assignment
from .category import Category, RejectionReason
from .change_request import ChangeRequest, CosignerView
from .commitment import Commitment, CommitmentNote
from .contact import Contact
from .cosignature import Cosignature
from .extension import ExtensionRequest
from .group import GroupCategory, GroupReviewer, ReviewGroup
from .lead import DeclineReason, Lead, LeadCollection, LeadSource, LeadUse
from .meeting import TripartiteMeeting
from .paper_export import PaperExport
from .proposal import Proposal, Suggestion
from .rating import Rating
from .reply import Reply, SuggestionAnswer
from .review import Review
from .secrecy_mark import MarkKind, SecrecyMark
from .series import NumberSeries
from .snapshot import TextSnapshot
from .supplement import SupplementaryReply
from .upgrade import Upgrade
from .urge import NoticeCode, Urge, UrgeNotice

__all__ = [
    "Assignment",
    "Category",
    "ChangeRequest",
    "Commitment",
    "CommitmentNote",
    "Contact",
    "Cosignature",
    "CosignerView",
    "DeclineReason",
    "ExtensionRequest",
    "GroupCategory",
    "GroupReviewer",
    "Lead",
    "LeadCollection",
    "LeadSource",
    "LeadUse",
    "MarkKind",
    "NoticeCode",
    "NumberSeries",
    "PaperExport",
    "Proposal",
    "Rating",
    "RejectionReason",
    "Reply",
    "Review",
    "ReviewGroup",
    "SecrecyMark",
    "Suggestion",
    "SupplementaryReply",
    "SuggestionAnswer",
    "TextSnapshot",
    "TripartiteMeeting",
    "Upgrade",
    "Urge",
    "UrgeNotice",
]

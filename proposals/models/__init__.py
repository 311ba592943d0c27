"""提案 and everything that belongs to one."""

from .archive_job import ArchiveJob, ArchiveStatus
from .assignment import Assignment
from .awards import AwardJudge, AwardNomination, AwardScore, AwardSelection, AwardStage
from .category import Category, RejectionReason
from .change_request import ChangeRequest, CosignerView
from .commitment import Commitment, CommitmentNote
from .contact import Contact
from .cosignature import Cosignature
from .extension import ExtensionRequest
from .group import GroupCategory, GroupReviewer, ReviewGroup
from .key_proposal import KeyConsultation, KeyProposal
from .lead import DeclineReason, Lead, LeadCollection, LeadSource, LeadUse
from .meeting import TripartiteMeeting
from .paper_export import PaperExport
from .proposal import Proposal, Suggestion
from .publication import Publication
from .rating import QualityRating, Rating
from .reply import Reply, SuggestionAnswer
from .review import Review
from .secrecy_mark import MarkKind, SecrecyMark
from .series import NumberSeries
from .snapshot import TextSnapshot
from .supervision import Demand, Supervision
from .supplement import SupplementaryReply
from .unit_browser import UnitBrowser
from .upgrade import Upgrade
from .urge import NoticeCode, Urge, UrgeNotice

__all__ = [
    "ArchiveJob",
    "ArchiveStatus",
    "Assignment",
    "AwardJudge",
    "AwardNomination",
    "AwardScore",
    "AwardSelection",
    "AwardStage",
    "Category",
    "ChangeRequest",
    "Commitment",
    "CommitmentNote",
    "Contact",
    "Cosignature",
    "CosignerView",
    "DeclineReason",
    "ExtensionRequest",
    "Demand",
    "GroupCategory",
    "GroupReviewer",
    "KeyConsultation",
    "KeyProposal",
    "Lead",
    "LeadCollection",
    "LeadSource",
    "LeadUse",
    "MarkKind",
    "NoticeCode",
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
    "SupplementaryReply",
    "SuggestionAnswer",
    "Supervision",
    "TextSnapshot",
    "TripartiteMeeting",
    "Upgrade",
    "Urge",
    "UrgeNotice",
    "UnitBrowser",
]

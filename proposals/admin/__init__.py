"""提案 in the admin: everything to search and filter; every change of a case is an act."""

from .assignment import AssignmentAdmin
from .change_request import ChangeRequestAdmin
from .exports import PaperExportAdmin
from .groups import ReviewGroupAdmin
from .lead import LeadAdmin, LeadCollectionAdmin
from .proposal import ProposalAdmin
from .records import (
    ArchiveJobAdmin,
    AwardNominationAdmin,
    ContactAdmin,
    CosignatureAdmin,
    RatingAdmin,
    ReplyAdmin,
    ReviewAdmin,
    TripartiteMeetingAdmin,
)
from .tables import CategoryAdmin, RejectionReasonAdmin

__all__ = [
    "ArchiveJobAdmin",
    "AwardNominationAdmin",
    "ContactAdmin",
    "CosignatureAdmin",
    "RatingAdmin",
    "ReplyAdmin",
    "ReviewAdmin",
    "TripartiteMeetingAdmin",
    "AssignmentAdmin",
    "CategoryAdmin",
    "ChangeRequestAdmin",
    "LeadAdmin",
    "LeadCollectionAdmin",
    "PaperExportAdmin",
    "ProposalAdmin",
    "RejectionReasonAdmin",
    "ReviewGroupAdmin",
]

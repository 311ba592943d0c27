"""提案 in the admin: everything to search and filter; every change of a case is an act."""

from .assignment import AssignmentAdmin
from .change_request import ChangeRequestAdmin
from .exports import PaperExportAdmin
from .groups import ReviewGroupAdmin
from .lead import LeadAdmin, LeadCollectionAdmin
from .proposal import ProposalAdmin
from .publication import PublicationAdmin
from .rating import QualityRatingAdmin, RatingAdmin
from .tables import CategoryAdmin, RejectionReasonAdmin

__all__ = [
    "AssignmentAdmin",
    "CategoryAdmin",
    "ChangeRequestAdmin",
    "LeadAdmin",
    "LeadCollectionAdmin",
    "PaperExportAdmin",
    "ProposalAdmin",
    "PublicationAdmin",
    "QualityRatingAdmin",
    "RatingAdmin",
    "RejectionReasonAdmin",
    "ReviewGroupAdmin",
]

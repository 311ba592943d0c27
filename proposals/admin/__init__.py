"""提案 in the admin: everything to search and filter; every change of a case is an act."""

from .assignment import AssignmentAdmin
from .change_request import ChangeRequestAdmin
from .exports import PaperExportAdmin
from .groups import ReviewGroupAdmin
from .lead import LeadAdmin, LeadCollectionAdmin
from .proposal import ProposalAdmin
from .supervision import DemandAdmin, KeyProposalAdmin, SupervisionAdmin
from .tables import CategoryAdmin, RejectionReasonAdmin

__all__ = [
    "AssignmentAdmin",
    "CategoryAdmin",
    "ChangeRequestAdmin",
    "DemandAdmin",
    "KeyProposalAdmin",
    "LeadAdmin",
    "LeadCollectionAdmin",
    "PaperExportAdmin",
    "ProposalAdmin",
    "RejectionReasonAdmin",
    "ReviewGroupAdmin",
    "SupervisionAdmin",
]
